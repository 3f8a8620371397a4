"""The web server: the chat page, the articles, and whether it is alive and ready."""

import os
import signal
import socket
from contextlib import suppress
from typing import Any

import uvicorn
from fastapi import FastAPI, Request
from fastapi.responses import JSONResponse
from starlette.exceptions import HTTPException
from starlette.middleware.cors import CORSMiddleware
from starlette.routing import Mount

from index.errors import BadInputError
from rag.pipeline import Pipeline
from ui.server_guards import BodyLimit, PageRoutes, SecurityHeaders, error_response

_GRACE = 10
"""Seconds that running answers get when the server is told to stop."""

_METHODS = ["DELETE", "GET", "HEAD", "PATCH", "POST", "PUT"]
_CODES = {404: "not_found", 405: "method_not_allowed"}


def create_app(pipeline: Pipeline) -> FastAPI:
    """The whole application over one pipeline."""
    app = FastAPI(title="Footnote", docs_url=None, redoc_url=None, openapi_url=None)
    app.state.pipeline = pipeline
    app.add_exception_handler(HTTPException, _http_error)
    app.add_exception_handler(Exception, _defect)
    app.add_api_route("/livez", _livez)
    app.add_api_route("/readyz", _readyz)
    app.add_api_route("/api/articles", _articles)
    app.add_api_route("/api/articles/{name:path}", _article)
    app.add_api_route("/api/{rest:path}", _nothing, methods=_METHODS)
    # Having a CORSMiddleware of our own, with nobody on its list, is what turns Gradio's permissive one off.
    app.add_middleware(CORSMiddleware, allow_origins=[])
    app.add_middleware(BodyLimit)
    app.add_middleware(PageRoutes)
    app.add_middleware(SecurityHeaders)
    _mount_page(app, pipeline)
    return app


def run(pipeline: Pipeline, host: str, port: int) -> None:
    """Serves until it is told to stop.

    Raises:
        BadInputError: The address or port can't be used.
    """
    listening = _listen(host, port)
    app = create_app(pipeline)
    config = uvicorn.Config(
        app, log_level="warning", access_log=False, server_header=False, timeout_graceful_shutdown=_GRACE
    )
    server = _Server(config, app)
    # uvicorn raises a signal again once it has shut down; a wanted stop is no failure.
    signal.signal(signal.SIGTERM, lambda number, frame: None)
    with suppress(KeyboardInterrupt):
        server.run(sockets=[listening])
    if not server.started:
        raise RuntimeError("the server did not start; its log says why")


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


class _Server(uvicorn.Server):
    """A server that lets go of idle pages at once when it stops, and waits only for running answers."""

    def __init__(self, config: uvicorn.Config, app: FastAPI) -> None:
        super().__init__(config)
        self._pages = [route.app for route in app.routes if isinstance(route, Mount)]

    async def shutdown(self, sockets: list[socket.socket] | None = None) -> None:
        """Shuts down."""
        for page in self._pages:
            page.stop_event.set()  # type: ignore[attr-defined]
        await super().shutdown(sockets)


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


async def _livez() -> dict[str, str]:
    return {"status": "alive"}


async def _readyz(request: Request) -> dict[str, object]:
    index = request.app.state.pipeline.index
    return {"status": "ready", "index": index.generation, "articles": len(index.articles)}


async def _articles(request: Request) -> dict[str, list[str]]:
    return {"articles": list(request.app.state.pipeline.index.articles)}


async def _article(request: Request, name: str) -> JSONResponse:
    article = request.app.state.pipeline.index.articles.get(name)
    if article is None:
        return error_response(404, "no_such_article", "There is no such article; /api/articles lists them.")
    return JSONResponse({"name": article.name, "text": article.text})


async def _nothing() -> JSONResponse:
    return error_response(404, "not_found", "There is nothing here.")


async def _http_error(request: Request, error: Any) -> JSONResponse:  # noqa: ANN401 - as Starlette declares it
    status = error.status_code
    return error_response(status, _CODES.get(status, "bad_request"), str(error.detail)[:200])


async def _defect(request: Request, error: Exception) -> JSONResponse:
    return error_response(500, "defect", "A defect in Footnote; the server's log says more.")
