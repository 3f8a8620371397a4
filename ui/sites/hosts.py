"""Answers only under the server's own names, so that no web site can rename itself into this server."""

import ipaddress
import re
from collections.abc import Collection

from starlette.types import ASGIApp, Receive, Scope, Send

from ui.api.errors import problem_response
from ui.settings import ServerSettings
from ui.sites.refusals import unknown_host

_HEADER = re.compile(r"(?P<name>\[[0-9a-f:.]+\]|[a-z0-9_.-]+)(?::\d{1,5})?")
_PROBES = ("/livez", "/readyz")
"""Proxies and orchestrators ask these under whatever name they have; there is nothing in them to protect."""


class HostCheck:
    """Refuses requests whose `Host` is another name than the server's.

    Without a list, numeric addresses and names without a dot pass besides the address to listen on: a site
    of the internet can point its own name at this machine, but its pages then carry that name.
    """

    def __init__(self, app: ASGIApp, settings: ServerSettings) -> None:
        self._app = app
        self._listed = frozenset((settings.hosts or "").lower().replace(",", " ").split())
        self._here = settings.host.lower()

    async def __call__(self, scope: Scope, receive: Receive, send: Send) -> None:
        """Passes the request on, or answers 421."""
        if scope["type"] != "http" or scope["path"] in _PROBES or self._known(_host(scope["headers"])):
            await self._app(scope, receive, send)
        else:
            await problem_response(scope, unknown_host())(scope, receive, send)

    def _known(self, host: str | None) -> bool:
        if host is None:
            return False
        if self._listed:
            return "*" in self._listed or host in self._listed
        return host == self._here or "." not in host.removesuffix(".localhost") or _is_number(host)


def _host(headers: Collection[tuple[bytes, bytes]]) -> str | None:
    """The one name that a request is meant for."""
    given = [value.decode("latin-1").lower() for name, value in headers if name == b"host"]
    match = _HEADER.fullmatch(given[0]) if len(given) == 1 else None
    return match["name"].strip("[]") if match else None


def _is_number(host: str) -> bool:
    try:
        ipaddress.ip_address(host)
    except ValueError:
        return False
    return True
