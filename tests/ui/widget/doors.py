"""What stands before the server in these tests: it notes what comes in, and can break or refuse answers."""

import json
from dataclasses import dataclass, field
from typing import Any

from starlette.types import ASGIApp, Message, Receive, Scope, Send

ASK = "/api/ask"


@dataclass(frozen=True)
class Came:
    """A request as it came."""

    method: str
    path: str
    headers: dict[str, str]
    body: dict[str, Any]


@dataclass(frozen=True)
class Refusal:
    """What is answered in the server's stead; without a code, as by a proxy before it."""

    status: int
    code: str
    retry_after: int | None = None

    def headers(self, origin: str) -> list[tuple[bytes, bytes]]:
        headers = {
            "content-type": "application/json",
            "access-control-allow-origin": origin,
            "access-control-expose-headers": "retry-after",
        }
        if self.retry_after is not None:
            headers["retry-after"] = str(self.retry_after)
        return [(name.encode(), value.encode()) for name, value in headers.items()]

    def body(self) -> bytes:
        if not self.code:
            return b"<html>"
        return json.dumps({"error": {"code": self.code, "message": "The server's own words."}}).encode()


class BrokenConnectionError(Exception):
    """The connection breaks here."""


@dataclass
class Doors:
    """The doors of one server; `cuts` streams break after their first sentence.

    The widget's sources are there besides, for tests that look at a part of it.
    """

    app: ASGIApp
    sources: ASGIApp
    cuts: int = 0
    refusals: list[Refusal] = field(default_factory=list)
    came: list[Came] = field(default_factory=list)

    def open(self) -> None:
        """Lets everything through again, and forgets what came."""
        self.cuts = 0
        self.refusals.clear()
        self.came.clear()

    def asked(self) -> list[Came]:
        """The questions that came."""
        return [came for came in self.came if came.path == ASK and came.method == "POST"]

    async def __call__(self, scope: Scope, receive: Receive, send: Send) -> None:
        if scope["type"] != "http" or scope["method"] == "OPTIONS":
            await self.app(scope, receive, send)
            return
        if scope["path"].startswith("/src/"):
            await self.sources(scope, receive, send)
            return
        body = await _whole(receive)
        headers = {name.decode(): value.decode() for name, value in scope["headers"]}
        self.came.append(Came(scope["method"], scope["path"], headers, json.loads(body or b"{}")))
        if scope["path"] == ASK and self.refusals:
            refusal = self.refusals.pop(0)
            start = {"type": "http.response.start", "status": refusal.status}
            await send({**start, "headers": refusal.headers(headers["origin"])})
            await send({"type": "http.response.body", "body": refusal.body()})
            return
        await self.app(scope, _after(body, receive), self._breaking(send))

    def _breaking(self, send: Send) -> Send:
        async def send_on(message: Message) -> None:
            await send(message)
            if self.cuts and b"event: token" in message.get("body", b""):
                self.cuts -= 1
                raise BrokenConnectionError

        return send_on


async def _whole(receive: Receive) -> bytes:
    body = b""
    while True:
        message = await receive()
        body += message.get("body", b"")
        if not message.get("more_body"):
            return body


def _after(body: bytes, receive: Receive) -> Receive:
    """What comes when the body has been read already."""
    bodies = [body]

    async def receive_on() -> Message:
        if bodies:
            return {"type": "http.request", "body": bodies.pop(), "more_body": False}
        return await receive()

    return receive_on
