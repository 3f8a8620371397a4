"""The web server: the chat page and the API, over one pipeline."""

import os
import signal
import socket
import sys
from collections.abc import AsyncIterator, Callable
from contextlib import asynccontextmanager, suppress
from importlib.metadata import version
from pathlib import Path

from fastapi import FastAPI
from starlette.middleware.cors import CORSMiddleware
from starlette.routing import Mount

from index.errors import BadInputError
from rag.pipeline import Pipeline
from ui.answering import Answering
from ui.api import install_api
from ui.api.mcp import McpDoor
from ui.api.requests import Requests
from ui.api.services import Services
from ui.api.uploads import UPLOADS
from ui.chat_answerer import Answerer
from ui.feedback import Feedback
from ui.idle_questions import IdleQuestions
from ui.logs import QuestionLog, configure_logs
from ui.metrics import Metrics
from ui.pages import install_pages
from ui.quick_gradio import without_stubs
from ui.server_guards import BodyLimit, HeaderLimit, PageRoutes, SecurityHeaders
from ui.session import collecting_nothing
from ui.settings import Settings
from ui.sites.file import SitesFile, sites_path
from ui.sites.guard import SiteGuard
from ui.sites.hosts import HostCheck
from ui.stopping import OrderlyServer
from ui.uploads import Uploads

_LAST_CALL = 2.0
"""Seconds in which a call of the model that nobody waits for should end."""

_DESCRIPTION = (
    "Answers questions about articles; every sentence carries a footnote to the exact words it rests on. "
    "`/mcp` speaks the Model Context Protocol besides."
)


def create_app(pipeline: Pipeline, settings: Settings | None = None, store: Path | None = None) -> FastAPI:
    """The whole application over one pipeline.

    Args:
        pipeline: What answers.
        settings: The default ones when None.
        store: Where the pipeline's index is kept; without it nothing can be uploaded.
    """
    settings = settings or Settings()
    metrics = Metrics()
    observers = (metrics.note, QuestionLog(settings.log.questions).note)
    answering = Answering(pipeline, settings.queue.waiting, settings.queue.deadline, observers)
    metrics.watch(answering)
    mcp = McpDoor(answering)

    @asynccontextmanager
    async def lifespan(app: FastAPI) -> AsyncIterator[None]:
        async with mcp.open():
            yield

    app = FastAPI(
        title="Footnote",
        description=_DESCRIPTION,
        version=version("footnote"),
        docs_url=None,
        redoc_url=None,
        lifespan=lifespan,
    )
    questions = IdleQuestions(answering)
    uploads = None
    if store is not None and settings.upload.allow:
        uploads = Uploads(store, answering, settings.upload, questions.look)
    app.state.services = Services(answering, metrics, Feedback(settings.feedback.keep), questions, uploads)
    install_api(app, mcp)
    sites = SitesFile(sites_path(settings.sites.file))
    install_pages(app, answering, sites)
    # Having a CORSMiddleware of our own, with nobody on its list, is what turns Gradio's permissive one off.
    app.add_middleware(CORSMiddleware, allow_origins=[])
    app.add_middleware(BodyLimit, larger={("PUT", UPLOADS): settings.upload.max_megabytes * 1_000_000})
    app.add_middleware(SiteGuard, sites=sites, settings=settings.sites, limits=settings.limits)
    app.add_middleware(HostCheck, settings=settings.server)
    app.add_middleware(PageRoutes)
    app.add_middleware(HeaderLimit)
    app.add_middleware(SecurityHeaders)
    app.add_middleware(Requests)
    _mount_page(app, answering, uploads is not None, settings.feedback.keep)
    return app


def run(pipeline: Pipeline, settings: Settings, store: Path, ready: Callable[[], None]) -> None:
    """Serves until it is told to stop.

    Args:
        pipeline: What answers.
        settings: All of them.
        store: Where the pipeline's index is kept.
        ready: Called once connections are taken.

    Raises:
        BadInputError: The address or port can't be used.
    """
    configure_logs(settings.log)
    listening = _listen(settings.server.host, settings.server.port)
    with collecting_nothing():
        app = create_app(pipeline, settings, store)
    services: Services = app.state.services
    answering = services.answering
    answering.start(warm=True)
    services.questions.start()
    pages = [route.app for route in app.routes if isinstance(route, Mount)]
    server = OrderlyServer(app, answering, pages, settings.server, ready)
    # uvicorn raises a signal again once it has shut down; a wanted stop is no failure.
    signal.signal(signal.SIGTERM, lambda number, frame: None)
    with suppress(KeyboardInterrupt):
        server.run(sockets=[listening])
    services.questions.stop()
    if not server.started:
        raise RuntimeError("the server did not start; its log says why")
    if not answering.ended(0) or not services.questions.ended(_LAST_CALL):
        # The model computes and can't be stopped just now; to leave in the ordinary way might crash in there.
        sys.stderr.flush()
        os._exit(0)


def check_port(host: str, port: int) -> None:
    """Says early, before models are loaded, that the address or port can't be used.

    Raises:
        BadInputError: It can't.
    """
    _listen(host, port).close()


def _listen(host: str, port: int) -> socket.socket:
    try:
        family, kind, protocol, _, address = socket.getaddrinfo(
            host, port, type=socket.SOCK_STREAM, flags=socket.AI_PASSIVE
        )[0]
    except (OSError, UnicodeError) as error:
        raise BadInputError(
            f"--host {host!r} is no address of this machine; write 127.0.0.1 (this machine alone) or 0.0.0.0."
        ) from error
    listening = socket.socket(family, kind, protocol)
    try:
        listening.setsockopt(socket.SOL_SOCKET, socket.SO_REUSEADDR, 1)
        listening.bind(address)
    except OSError as error:
        listening.close()
        raise BadInputError(
            f"Can't listen on {host} port {port} ({error.strerror}); choose another with --host or --port."
        ) from error
    return listening


def _mount_page(app: FastAPI, answerer: Answerer, adding: bool, rating: bool) -> None:
    os.environ["GRADIO_ANALYTICS_ENABLED"] = "False"
    with without_stubs():
        import gradio as gr

        from ui.chat import build_page
        from ui.chat_look import favicon, head, theme

    gr.mount_gradio_app(
        app,
        build_page(answerer, adding, rating),
        path="/",
        app_kwargs={"openapi_url": None},
        theme=theme(),
        head=head(),
        favicon_path=favicon(),
        footer_links=[],
        run_history=False,
        max_file_size="1kb",
        allowed_paths=[],
        show_error=False,
        ssr_mode=False,
        mcp_server=False,
        pwa=False,
    )
