"""The styles and scripts of these pages, each named here: no path that is asked for leads to a file."""

from importlib.resources import files
from pathlib import Path
from typing import TYPE_CHECKING

from starlette.exceptions import HTTPException
from starlette.requests import Request
from starlette.responses import Response

if TYPE_CHECKING:
    from jinja2 import Template

STATIC = Path(str(files("ui").joinpath("static")))

_KINDS = {
    "article.css": "text/css",
    "article.js": "text/javascript",
    "embed.css": "text/css",
    "embed.js": "text/javascript",
    "favicon.svg": "image/svg+xml",
}


_OLDER = {"'none'": "DENY", "'self'": "SAMEORIGIN"}
"""What older browsers know in the stead of `frame-ancestors`."""


async def give_asset(request: Request) -> Response:
    """Gives one of the files."""
    name = request.path_params["name"]
    if name not in _KINDS:
        raise HTTPException(404, "There is nothing here.")
    return Response((STATIC / name).read_bytes(), 200, {"cache-control": "no-cache"}, _KINDS[name])


def page_headers(policy: str, ancestors: str) -> dict[str, str]:
    """The headers of a page without anything inline, which only these sites may frame."""
    strict = (
        f"default-src 'none'; {policy}; img-src 'self' data:; base-uri 'none'; form-action 'none'; "
        "require-trusted-types-for 'script'; trusted-types 'none'; "
    )
    headers = {"content-security-policy": f"{strict}frame-ancestors {ancestors}", "cache-control": "no-cache"}
    if ancestors in _OLDER:  # which can't name sites
        headers["x-frame-options"] = _OLDER[ancestors]
    return headers


def template(name: str) -> "Template":
    """A page of ``templates/`` to fill in; what is filled in is escaped."""
    from jinja2 import Environment, PackageLoader, StrictUndefined

    environment = Environment(
        loader=PackageLoader("ui.pages"),
        autoescape=True,
        undefined=StrictUndefined,
        trim_blocks=True,
        lstrip_blocks=True,
    )
    return environment.get_template(name)
