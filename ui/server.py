"""The web server: the chat page and the API, over one pipeline."""

import os
import signal
import socket
import sys
from collections.abc import AsyncIterator
from contextlib import asynccontextmanager, suppress
from importlib.metadata import version
from typing import cast

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
from ui.logs import QuestionLog, configure_logs
from ui.metrics import Metrics
from ui.server_guards import BodyLimit, PageRoutes, SecurityHeaders
from ui.settings import Settings
from ui.stopping import OrderlyServer

_DESCRIPTION = (
    "Answers questions about articles; every sentence carries a footnote to the exact words it rests on. "
    "`/mcp` speaks the Model Context Protocol besides."
)


def create_app(pipeline: Pipeline, settings: Settings | None = None) -> FastAPI:
    """The whole application over one pipeline; the default settings when none are given."""
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
    app.state.services = Services(answering, metrics)
    install_api(app, mcp)
    # Having a CORSMiddleware of our own, with nobody on its list, is what turns Gradio's permissive one off.
    app.add_middleware(CORSMiddleware, allow_origins=[])
    app.add_middleware(BodyLimit)
    app.add_middleware(PageRoutes)
    app.add_middleware(SecurityHeaders)
    app.add_middleware(Requests)
    # The page uses of a pipeline what an Answering has too: its questions wait in the same line.
    _mount_page(app, cast(Pipeline, answering))
    return app


def run(pipeline: Pipeline, settings: Settings) -> None:
    """Serves until it is told to stop.

    Raises:
        BadInputError: The address or port can't be used.
    """
    configure_logs(settings.log)
    listening = _listen(settings.server.host, settings.server.port)
    app = create_app(pipeline, settings)
    answering: Answering = app.state.services.answering
    answering.start(warm=True)
    pages = [route.app for route in app.routes if isinstance(route, Mount)]
    server = OrderlyServer(app, answering, pages, settings.server.grace)
    # uvicorn raises a signal again once it has shut down; a wanted stop is no failure.
    signal.signal(signal.SIGTERM, lambda number, frame: None)
    with suppress(KeyboardInterrupt):
        server.run(sockets=[listening])
    if not server.started:
        raise RuntimeError("the server did not start; its log says why")
    if not answering.ended(0):
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


def _mount_page(app: FastAPI, pipeline: Pipeline) -> None:
    os.environ["GRADIO_ANALYTICS_ENABLED"] = "False"
    import gradio as gr

    from ui.chat import build_page, favicon, head, theme

    gr.mount_gradio_app(
        app,
        build_page(pipeline),
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
