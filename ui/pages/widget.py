"""The widget's script: the newest under its plain name, and under the name with its hash always the same."""

import hashlib
from base64 import b64encode
from dataclasses import dataclass
from functools import lru_cache

from starlette.exceptions import HTTPException
from starlette.requests import Request
from starlette.responses import Response

from ui.pages.assets import STATIC

_YEAR = 365 * 24 * 60 * 60
_FOR_EVERYBODY = {
    "access-control-allow-origin": "*",
    "cross-origin-resource-policy": "cross-origin",
    "content-security-policy": "default-src 'none'; frame-ancestors 'none'",
    "x-frame-options": "DENY",
}


@dataclass(frozen=True, slots=True)
class Widget:
    """The script, with the hash by which pages can insist on exactly this one."""

    script: bytes
    integrity: str
    version: str


def widget() -> Widget:
    """The widget as it was built.

    Raises:
        FileNotFoundError: It was not.
    """
    path = STATIC / "widget.js"
    found = path.stat()
    return _read(found.st_mtime_ns, found.st_size)


@lru_cache(maxsize=1)
def _read(changed: int, size: int) -> Widget:
    script = (STATIC / "widget.js").read_bytes()
    digest = hashlib.sha384(script).digest()
    return Widget(script, f"sha384-{b64encode(digest).decode()}", digest.hex()[:16])


async def give_widget(request: Request) -> Response:
    """Gives the newest script; browsers ask each time whether theirs still is."""
    return _response(request, _widget(), "no-cache")


async def give_pinned_widget(request: Request) -> Response:
    """Gives the script with this hash, to keep."""
    found = _widget()
    if request.path_params["version"] != found.version:
        raise HTTPException(404, "There is another version of the widget; `footnote sites snippet` names it.")
    return _response(request, found, f"public, max-age={_YEAR}, immutable")


def _widget() -> Widget:
    try:
        return widget()
    except FileNotFoundError:
        raise HTTPException(404, "The widget has not been built; `make widget` builds it.") from None


def _response(request: Request, found: Widget, caching: str) -> Response:
    tag = f'"{found.version}"'
    headers = {**_FOR_EVERYBODY, "cache-control": caching, "etag": tag}
    known = [one.strip().removeprefix("W/") for one in request.headers.get("if-none-match", "").split(",")]
    if tag in known:
        return Response(None, 304, headers)
    return Response(found.script, 200, headers, "text/javascript")
