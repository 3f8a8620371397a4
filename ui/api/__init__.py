"""The HTTP API: questions, articles, two protocols of other programs, and what operators look at."""

from collections import defaultdict

from fastapi import FastAPI, Request
from fastapi.responses import Response
from fastapi.routing import APIRoute
from starlette.exceptions import HTTPException
from starlette.routing import Route

from ui.api import articles, ask, feedback, health, openai, uploads
from ui.api.errors import install_errors
from ui.api.mcp import PATH as MCP_PATH
from ui.api.mcp import McpDoor

_ROUTERS = (
    ask.router,
    feedback.router,
    articles.router,
    uploads.router,
    openai.router,
    health.router,
)
_METHODS = frozenset({"DELETE", "GET", "HEAD", "OPTIONS", "PATCH", "POST", "PUT", "TRACE"})
_CLOSED = ("/api/{rest:path}", "/v1/{rest:path}")


def install_api(app: FastAPI, mcp: McpDoor) -> None:
    """Adds the API to an application; what else is mounted there comes after it."""
    install_errors(app)
    for router in _ROUTERS:
        app.include_router(router)
    app.router.routes.append(Route(MCP_PATH, mcp, methods=["POST"]))
    for path, methods in _served().items():
        app.router.routes.append(_refusing(path, methods))
    for path in _CLOSED:
        app.router.routes.append(Route(path, _nothing, methods=sorted(_METHODS)))


def _served() -> dict[str, set[str]]:
    """Every path with its methods."""
    served: dict[str, set[str]] = defaultdict(set)
    for router in _ROUTERS:
        for route in router.routes:
            if isinstance(route, APIRoute):
                served[route.path] |= route.methods or set()
    return {**served, "/openapi.json": {"GET", "HEAD"}, MCP_PATH: {"POST"}}


def _refusing(path: str, methods: set[str]) -> Route:
    """A route for the other methods of a path, which the chat page would answer in a shape of its own."""

    async def refuse(request: Request) -> Response:
        raise HTTPException(405, "Another method is wanted here.", {"allow": ", ".join(sorted(methods))})

    return Route(path, refuse, methods=sorted(_METHODS - methods))


async def _nothing(request: Request) -> Response:
    raise HTTPException(404, "There is nothing here.")
