"""Decides for every request whose page it comes from, and what that page may do."""

import ipaddress
import logging
import re
from collections.abc import Sequence
from contextlib import ExitStack

from starlette.responses import Response
from starlette.types import ASGIApp, Message, Receive, Scope, Send

from ui.api.errors import problem_response
from ui.problems import ProblemError
from ui.server_guards import PAGE
from ui.settings import LimitSettings, SitesSettings
from ui.sites.budgets import Budget, Budgets
from ui.sites.file import SitesFile
from ui.sites.reach import sent_by
from ui.sites.refusals import foreign_origin, not_for_sites
from ui.sites.site import Site
from ui.sites.tokens import site_named, user_of

_log = logging.getLogger("footnote")
_PUBLIC = re.compile(r"/widget(\.[0-9a-f]+)?\.js")
"""The widget's script holds nothing that is not public; it says itself who may load it."""

_OPEN = {"/api/ask": ("POST",), "/api/feedback": ("POST",), "/api/articles": ("GET", "HEAD")}
"""What pages of sites may use, with all that is below the articles."""

_COUNTED = ("/api/", "/v1/", "/mcp", f"{PAGE}queue/join", f"{PAGE}run/")
_FREE = ("/embed", "/pages/", "/articles/", "/livez", "/readyz", "/version", "/metrics", "/openapi.json")
"""What needs no token even where everything else does: there are no answers in it."""

_PREFLIGHT = {
    "access-control-allow-headers": "authorization, content-type",
    "access-control-max-age": "600",
}
_EXPOSED = (b"access-control-expose-headers", b"retry-after, www-authenticate, x-request-id")
_CHALLENGE = {"www-authenticate": 'Bearer error="invalid_token"'}
_NOBODY = "null"
_IPV6_NETWORK = 64
"""Bits; who has one IPv6 address has all with these first bits."""


class SiteGuard:
    """Lets pages of sites use what is open to them, within limits, and pages of anybody else nothing."""

    def __init__(
        self, app: ASGIApp, sites: SitesFile, settings: SitesSettings, limits: LimitSettings
    ) -> None:
        self._app = app
        self._sites = sites
        self._strict = settings.require_token
        self._limits = limits
        self._budgets = Budgets()

    async def __call__(self, scope: Scope, receive: Receive, send: Send) -> None:
        """Passes the request on, or refuses it before it costs anything."""
        if scope["type"] != "http" or _PUBLIC.fullmatch(scope["path"]):
            await self._app(scope, receive, send)
            return
        origin = _foreign_origin(scope)
        if origin is None:
            await self._own(scope, receive, _varying(scope, send))
            return
        site = self._sites.current().of_origin(origin)
        methods = _open_methods(scope["path"])
        preflight = _header(scope, b"access-control-request-method") if scope["method"] == "OPTIONS" else None
        if site is None or (preflight or scope["method"]) not in methods:
            _log.info("foreign origin", extra={"origin": origin[:200], "route": scope["path"][:200]})
            await problem_response(scope, foreign_origin())(scope, receive, send)
        elif preflight:
            allowed = {**_PREFLIGHT, "access-control-allow-methods": ", ".join(methods)}
            await Response(None, 204, allowed)(scope, receive, _allowing(origin, send))
        else:
            await self._of_site(site, scope, receive, _allowing(origin, send))

    async def _own(self, scope: Scope, receive: Receive, send: Send) -> None:
        """A request of our own pages, or of a program."""
        if self._strict and not scope["path"].startswith(_FREE):
            await self._of_site(None, scope, receive, send)
        else:
            counted = scope["path"].startswith(_COUNTED)
            await self._within(
                self._budget(("address", _address(scope))) if counted else (), scope, receive, send
            )

    async def _of_site(self, site: Site | None, scope: Scope, receive: Receive, send: Send) -> None:
        """A request of a site's page; or, if the site is not known, of whoever has a token of one."""
        brought = _header(scope, b"authorization")
        try:
            site = site or site_named(self._sites.current(), brought)
            if self._strict:
                site = site.model_copy(update={"require_token": True})
            user = user_of(site, brought)
        except ProblemError as problem:
            await problem_response(scope, problem, _CHALLENGE)(scope, receive, send)
            return
        if site.articles and scope["path"].startswith(PAGE):
            await problem_response(scope, not_for_sites())(scope, receive, send)
            return
        sent_by(scope, site)
        of_site = Budget(("site", site.name), site.requests_per_minute, site.streams)
        party = ("address", _address(scope)) if user is None else ("user", site.name, user)
        await self._within([*self._budget(party), of_site], scope, receive, send)

    async def _within(self, budgets: Sequence[Budget], scope: Scope, receive: Receive, send: Send) -> None:
        with ExitStack() as spent:
            try:
                spent.enter_context(self._budgets.spend(budgets))
            except ProblemError as problem:
                await problem_response(scope, problem)(scope, receive, send)
                return
            await self._app(scope, receive, send)

    def _budget(self, party: tuple[str, ...]) -> Sequence[Budget]:
        """The budget of whoever asks; this machine itself has none."""
        limits = self._limits
        return [Budget(party, limits.requests_per_minute, limits.streams)] if party[-1] else ()


def _foreign_origin(scope: Scope) -> str | None:
    """The origin of the page that a request comes from, unless it is our own or no page's."""
    given = [value.decode("latin-1") for name, value in scope["headers"] if name == b"origin"]
    if not given:
        return None
    if len(given) > 1 or given[0] == _NOBODY:
        return _NOBODY
    # Browsers say themselves whether a request stays within an origin; a proxy may have changed the scheme.
    same = _header(scope, b"sec-fetch-site") == "same-origin"
    own = f"{scope['scheme']}://{_header(scope, b'host')}"
    return None if same or given[0] == own else given[0]


def _open_methods(path: str) -> tuple[str, ...]:
    return _OPEN["/api/articles"] if path.startswith("/api/articles/") else _OPEN.get(path, ())


def _address(scope: Scope) -> str:
    """Whose address it is; nothing for this machine, and where there is no network between."""
    try:
        address = ipaddress.ip_address((scope.get("client") or ("",))[0].partition("%")[0])
    except ValueError:
        return ""
    if isinstance(address, ipaddress.IPv6Address):
        address = address.ipv4_mapped or address
    if address.is_loopback:
        return ""
    if isinstance(address, ipaddress.IPv6Address):
        return str(ipaddress.ip_network((address, _IPV6_NETWORK), strict=False))
    return str(address)


def _header(scope: Scope, wanted: bytes) -> str | None:
    return next((value.decode("latin-1") for name, value in scope["headers"] if name == wanted), None)


def _allowing(origin: str, send: Send) -> Send:
    """Sends with the headers by which a browser lets a page of this origin read the response."""
    allowed = [(b"access-control-allow-origin", origin.encode("latin-1")), (b"vary", b"Origin"), _EXPOSED]
    return _adding(allowed, send)


def _varying(scope: Scope, send: Send) -> Send:
    """Sends with the word for caches that the answer depends on whose page asked."""
    return _adding([(b"vary", b"Origin")], send) if scope["path"].startswith("/api/") else send


def _adding(headers: Sequence[tuple[bytes, bytes]], send: Send) -> Send:
    async def adding(message: Message) -> None:
        if message["type"] == "http.response.start":
            message["headers"] = [*message.get("headers", []), *headers]
        await send(message)

    return adding
