"""What stands before every request: a limit on its size, the routes that are served, and response headers."""

from collections.abc import Iterable, Mapping
from typing import Any

from starlette.types import ASGIApp, Message, Receive, Scope, Send

from ui.api.errors import problem_response
from ui.api.requests import API
from ui.problems import ProblemError

MAX_BODY = 64 * 1024
"""Bytes; a question has at most a few thousand characters."""

MAX_HEADERS = 16 * 1024
"""Bytes; browsers and proxies send a few thousand."""

PAGE = "/gradio_api/"
"""The chat page's own door, where all articles can be asked about."""

_PAGE_ROUTES = ("run/predict", "queue/join", "queue/data", "cancel", "reset", "heartbeat/")
"""What the chat page itself calls. The rest of Gradio (upload, file, proxy, deep links…) is not needed."""

_API_HEADERS = {
    "content-security-policy": "default-src 'none'; frame-ancestors 'none'",
    "x-frame-options": "DENY",
}
# Gradio's page has inline scripts and compiles its HTML parts, hence the two 'unsafe' words. What people,
# articles and models wrote is escaped before it gets there, and nothing can be sent to another host.
_PAGE_HEADERS = {
    "content-security-policy": "default-src 'self'; script-src 'self' 'unsafe-inline' 'unsafe-eval'; "
    "style-src 'self' 'unsafe-inline'; img-src 'self' data:; font-src 'self' data:; connect-src 'self'; "
    "object-src 'none'; base-uri 'self'; form-action 'self'; frame-ancestors 'self'",
    "x-frame-options": "SAMEORIGIN",
}
_HEADERS = {
    "x-content-type-options": "nosniff",
    "referrer-policy": "same-origin",
    "cross-origin-opener-policy": "same-origin",
    "cross-origin-resource-policy": "same-origin",
    "permissions-policy": "camera=(), geolocation=(), microphone=()",
}


class SecurityHeaders:
    """Adds the security headers to every response; those that a page sets itself stay as they are."""

    def __init__(self, app: ASGIApp) -> None:
        self._app = app

    async def __call__(self, scope: Scope, receive: Receive, send: Send) -> None:
        """Passes the request on."""

        async def send_with_headers(message: Message) -> None:
            if message["type"] == "http.response.start":
                headers = list(message.get("headers", []))
                present = {name.lower() for name, _ in headers}
                policy = _API_HEADERS if scope["path"].startswith(API) else _PAGE_HEADERS
                added = _HEADERS if b"content-security-policy" in present else {**_HEADERS, **policy}
                missing = [(name, value) for name, value in _encoded(added.items()) if name not in present]
                message["headers"] = headers + missing
            await send(message)

        await self._app(scope, receive, send_with_headers if scope["type"] == "http" else send)


class PageRoutes:
    """Serves of Gradio's routes only those that the page calls."""

    def __init__(self, app: ASGIApp) -> None:
        self._app = app

    async def __call__(self, scope: Scope, receive: Receive, send: Send) -> None:
        """Passes the request on, or answers 404."""
        path = scope.get("path", "")
        foreign = path.startswith(PAGE) and not path.removeprefix(PAGE).startswith(_PAGE_ROUTES)
        if foreign or path.startswith("/monitoring") or b"deep_link" in scope.get("query_string", b""):
            problem = ProblemError(404, "not_found", "There is nothing here.")
            await problem_response(scope, problem)(scope, receive, send)
        else:
            await self._app(scope, receive, send)


class HeaderLimit:
    """Refuses requests with more in their headers than any browser sends."""

    def __init__(self, app: ASGIApp) -> None:
        self._app = app

    async def __call__(self, scope: Scope, receive: Receive, send: Send) -> None:
        """Passes the request on, or answers 431."""
        if sum(len(name) + len(value) for name, value in scope.get("headers", ())) > MAX_HEADERS:
            problem = ProblemError(
                431, "headers_too_large", f"There are over {MAX_HEADERS // 1024} KB of headers."
            )
            await problem_response(scope, problem)(scope, receive, send)
        else:
            await self._app(scope, receive, send)


class _TooLargeError(Exception):
    """More bytes arrived than a request may have."""


class BodyLimit:
    """Refuses bodies over the limit, whether they announce their length or not, before they are parsed."""

    def __init__(
        self, app: ASGIApp, limit: int = MAX_BODY, larger: Mapping[tuple[str, str], int] | None = None
    ) -> None:
        """Keeps the limits.

        Args:
            app: The application.
            limit: Bytes of a body.
            larger: What goes for a method and for paths that begin so, in the stead of `limit`.
        """
        self._app = app
        self._limit = limit
        self._larger = larger or {}

    async def __call__(self, scope: Scope, receive: Receive, send: Send) -> None:
        """Passes the request on, counting."""
        if scope["type"] != "http":
            await self._app(scope, receive, send)
            return
        limit = self._limit_of(scope)
        counted = _Counted(receive, send, limit)
        announced = dict(scope["headers"]).get(b"content-length", b"0")
        counted.exceeded = not announced.isdigit() or int(announced) > limit
        try:
            if not counted.exceeded:
                await self._app(scope, counted.receive, counted.send)
        except _TooLargeError:
            pass
        if counted.exceeded and not counted.started:
            problem = ProblemError(413, "too_large", f"The request is larger than {limit // 1024} KB.")
            await problem_response(scope, problem)(scope, receive, send)

    def _limit_of(self, scope: Scope) -> int:
        wanted = (
            limit
            for (method, path), limit in self._larger.items()
            if scope["method"] == method and scope["path"].startswith(path)
        )
        return next(wanted, self._limit)


class _Counted:
    """The channels of one request, with its bytes counted."""

    def __init__(self, receive: Receive, send: Send, limit: int) -> None:
        self._receive = receive
        self._send = send
        self._left = limit
        self.exceeded = False
        self.started = False

    async def receive(self) -> Message:
        """The next message; raises when the body has become too large."""
        message = await self._receive()
        self._left -= len(message.get("body", b""))
        if self._left < 0:
            self.exceeded = True
            raise _TooLargeError
        return message

    async def send(self, message: Message) -> None:
        """Sends on; whatever the application makes of the broken-off body is held back."""
        if self.exceeded and not self.started:
            return
        self.started = True
        await self._send(message)


def _encoded(headers: Iterable[tuple[str, Any]]) -> list[tuple[bytes, bytes]]:
    return [(name.encode("latin-1"), str(value).encode("latin-1")) for name, value in headers]
