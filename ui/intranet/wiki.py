"""The wiki: its pages, its style sheets, and its server's side of the tokens."""

from collections.abc import Callable
from functools import partial
from importlib.resources import files
from typing import Final

from jinja2 import Environment, PackageLoader, StrictUndefined
from starlette.applications import Starlette
from starlette.requests import Request
from starlette.responses import HTMLResponse, PlainTextResponse, Response
from starlette.routing import Route

_STATIC = files("ui.intranet").joinpath("static")
_SHEETS: Final = ("wiki.css", "unkind.css")
_MODES = ("bubble", "panel", "inline")


def create_wiki(footnote: str, token: Callable[[], str] | None = None) -> Starlette:
    """The wiki as an application.

    Args:
        footnote: Where Footnote is served, such as ``https://qa.intranet.example``.
        token: Gives a token that Footnote takes; a real intranet would look who is signed in.
    """
    pages = _Pages(footnote)
    routes = [
        Route("/", partial(pages.give, name="article.html")),
        Route("/desk", partial(pages.give, name="desk.html")),
        *(Route(f"/{name}", partial(_sheet, name=name)) for name in _SHEETS),
    ]
    if token is not None:
        routes.append(Route("/footnote-token", partial(_token, token=token)))
    pages.token_url = "/footnote-token" if token else None
    return Starlette(routes=routes)


class _Pages:
    """The pages, with the one line each that embeds the chat."""

    def __init__(self, footnote: str) -> None:
        self._footnote = footnote.rstrip("/")
        self.token_url: str | None = None
        self._templates = Environment(
            loader=PackageLoader("ui.intranet"),
            autoescape=True,
            undefined=StrictUndefined,
            trim_blocks=True,
            lstrip_blocks=True,
        )

    async def give(self, request: Request, name: str) -> Response:
        """Gives a page; ``?mode=`` chooses how the chat stands on it."""
        mode = request.query_params.get("mode")
        page = self._templates.get_template(name).render(
            footnote=self._footnote,
            token_url=self.token_url,
            mode=mode if mode in _MODES else None,
            modes=_MODES,
        )
        return HTMLResponse(page, headers={"content-security-policy": self._policy()})

    def _policy(self) -> str:
        """Nothing inline, nothing evaluated, and no other host than Footnote's."""
        return (
            f"default-src 'none'; style-src 'self'; script-src {self._footnote}; connect-src 'self' "
            f"{self._footnote}; base-uri 'none'; form-action 'none'; frame-ancestors 'none'; "
            "require-trusted-types-for 'script'; trusted-types 'none'"
        )


async def _sheet(request: Request, name: str) -> Response:
    return Response(_STATIC.joinpath(name).read_bytes(), media_type="text/css")


async def _token(request: Request, token: Callable[[], str]) -> Response:
    return PlainTextResponse(token(), headers={"cache-control": "no-store"})
