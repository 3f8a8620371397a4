"""What happens around every request: it gets a number, and a line in the log when it is over."""

import secrets
import time

from fastapi import Request
from starlette.types import ASGIApp, Message, Receive, Scope, Send

from ui.logs import log_request

API = ("/api/", "/v1/", "/mcp", "/livez", "/readyz", "/version", "/metrics", "/openapi.json")
"""How the paths of the API begin; the rest is the chat page's."""

_OFTEN = ("/livez", "/readyz", "/metrics")
_NUMBER = "footnote_request"
_LOGGED = "footnote_logged"


def request_number(request: Request) -> str:
    """The number of a request; it is in the response's header and in the log."""
    return str(request.scope.get(_NUMBER, ""))


def logged_as_question(request: Request) -> None:
    """Says that this request's line will be the one of its question."""
    request.scope[_LOGGED] = True


class Requests:
    """Numbers the requests to the API and logs them."""

    def __init__(self, app: ASGIApp) -> None:
        self._app = app

    async def __call__(self, scope: Scope, receive: Receive, send: Send) -> None:
        """Passes the request on."""
        if scope["type"] != "http" or not scope["path"].startswith(API):
            await self._app(scope, receive, send)
            return
        began = time.perf_counter()
        number = scope[_NUMBER] = secrets.token_hex(8)
        seen = {"status": 0, "bytes": 0}

        async def send_numbered(message: Message) -> None:
            if message["type"] == "http.response.start":
                seen["status"] = message["status"]
                message["headers"] = [*message.get("headers", []), (b"x-request-id", number.encode())]
            seen["bytes"] += len(message.get("body", b""))
            await send(message)

        try:
            await self._app(scope, receive, send_numbered)
        finally:
            if _LOGGED not in scope:
                log_request(
                    scope["path"].startswith(_OFTEN),
                    id=number,
                    method=scope["method"],
                    route=scope["path"][:200],
                    status=seen["status"],
                    bytes=seen["bytes"],
                    total=round(time.perf_counter() - began, 4),
                )
