"""What a page may do: by where it is from, what it asks for, and the token that it brings."""

from collections.abc import Callable, Iterator
from dataclasses import dataclass, field
from datetime import UTC, datetime, timedelta
from typing import Any

from starlette.testclient import TestClient

from .making import key, signed, unsigned

SERVER = "https://qa.corp.example"
LISTED = "https://wiki.corp.example:8443"
ORIGINS = {
    "a site's": LISTED,
    "no site's": "https://evil.example",
    "`null`": "null",
    "the site's name with an ending": "https://wiki.corp.example.evil.example:8443",
    "its name with a beginning": "https://x.wiki.corp.example:8443",
    "http for https": "http://wiki.corp.example:8443",
    "another port": "https://wiki.corp.example",
    "in capitals": "https://WIKI.corp.example:8443",
    "with a slash": "https://wiki.corp.example:8443/",
    "two of them": f"{LISTED}, https://evil.example",
}


@dataclass(frozen=True)
class Route:
    """Something to ask for; `is_open` says whether pages of sites get it."""

    method: str
    path: str
    is_open: bool
    json: dict[str, Any] | None = None
    good: int = 200

    @property
    def shown(self) -> str:
        return f"`{self.method} {self.path}`"


_CHAT = {"model": "footnote", "messages": [{"role": "user", "content": "Hello"}]}
_RATED = {"rating": "up", "question": "Hello", "answer": "Hello", "refused": False}
ROUTES = [
    Route("POST", "/api/ask", True, {"question": "Hello"}),
    Route("GET", "/api/articles", True),
    Route("GET", "/api/articles/ford-renault.txt", True),
    Route("POST", "/api/feedback", True, _RATED, 204),
    Route("PUT", "/api/articles/new.txt", False),
    Route("DELETE", "/api/articles/ford-renault.txt", False),
    Route("POST", "/v1/chat/completions", False, _CHAT),
    Route("GET", "/v1/models", False),
    Route("POST", "/mcp", False, {}),
    Route("GET", "/metrics", False),
    Route("GET", "/openapi.json", False),
    Route("GET", "/", False),
    Route("GET", "/config", False),
    Route("POST", "/gradio_api/queue/join", False, {}),
    Route("GET", "/embed", False),
    Route("GET", "/articles/ford-renault.txt", False),
    Route("GET", "/pages/embed.js", False),
]


@dataclass(frozen=True)
class Token:
    """A token, and what becomes of it where one is wanted."""

    name: str
    headers: Callable[[], dict[str, str]]
    code: str = ""
    optional: str = field(default="?")

    @property
    def where_optional(self) -> str:
        """What becomes of it at a site that wants none."""
        return self.code if self.optional == "?" else self.optional


def _ago(minutes: float) -> datetime:
    return datetime.now(UTC) - timedelta(minutes=minutes)


_BEFORE: dict[str, str] = {}
"""The headers of the good token made last."""


def _good() -> dict[str, str]:
    _BEFORE.update(signed(sub="ann"))
    return dict(_BEFORE)


TOKENS = [
    Token("no token", dict, "token_missing", ""),
    Token("good", _good),
    Token("the same again", lambda: _BEFORE),
    Token("signed with the key before the last rotation", lambda: signed(by=key(2))),
    Token("signed with a key before that", lambda: signed(by=key(3)), "token_invalid"),
    Token("expired", lambda: signed(iat=_ago(10), exp=_ago(5)), "token_expired"),
    Token("good for an hour", lambda: signed(exp=_ago(-60)), "token_invalid"),
    Token("without a time of expiry", lambda: signed(exp=None), "token_invalid"),
    Token("`alg: none`", unsigned, "token_invalid"),
    Token("another site's", lambda: signed(audience="portal"), "token_invalid"),
    Token("signed with a wrong key", lambda: signed(by=key(9), kid=key(1).id), "token_invalid"),
    Token("another kind of `Authorization`", lambda: {"authorization": "Basic YTpi"}, "token_invalid"),
]


@dataclass(frozen=True)
class Outcome:
    """The parts of a response that decide what a page gets."""

    status: int
    code: str
    readable_by: str | None

    def __str__(self) -> str:
        return f"{self.status} `{self.code}`" if self.code else str(self.status)


def outcome(
    client: TestClient, route: Route, origin: str, headers: dict[str, str], preflight: bool = False
) -> Outcome:
    """Asks."""
    sent = {"origin": origin, **headers}
    if preflight:
        asked = {"access-control-request-method": route.method}
        given = client.options(route.path, headers={**sent, **asked})
    else:
        given = client.request(route.method, route.path, headers=sent, json=route.json)
    is_error = given.status_code >= 400 and given.headers.get("content-type") == "application/json"
    code = given.json()["error"]["code"] if is_error else ""
    assert "access-control-allow-credentials" not in given.headers
    return Outcome(given.status_code, code, given.headers.get("access-control-allow-origin"))


def tables(client: TestClient, strict: TestClient) -> Iterator[str]:
    """The matrix as it is, for the handbook: lines of two tables."""
    yield "| origin of the page | " + " | ".join(route.shown for route in ROUTES[:4]) + " | everything else |"
    yield "|---" * 6 + "|"
    for name, origin in ORIGINS.items():
        cells = [str(outcome(client, route, origin, {})) for route in ROUTES[:4]]
        others = {str(outcome(client, route, origin, {})) for route in ROUTES[4:]}
        yield f"| {name} | {' | '.join(cells)} | {' or '.join(sorted(others))} |"
    yield ""
    yield "| token | where the site requires one | where it does not |"
    yield "|---|---|---|"
    for token in TOKENS:
        cells = [str(outcome(one, ROUTES[0], LISTED, token.headers())) for one in (strict, client)]
        yield f"| {token.name} | {' | '.join(cells)} |"
