"""The page for frames: the widget and nothing else, which only pages of sites may put into a frame."""

import re

from starlette.requests import Request
from starlette.responses import HTMLResponse, Response

from index.errors import BadInputError
from ui.answering import Answering
from ui.pages.assets import page_headers, template
from ui.problems import ProblemError, no_such_article
from ui.sites.file import SitesFile

_POLICY = "script-src 'self'; style-src 'self'; connect-src 'self'"
_THEMES = ("auto", "dark", "light")
_LANGUAGE = re.compile(r"[A-Za-z]{2,3}(-[A-Za-z0-9]{2,8}){0,3}")


class EmbedPage:
    """Gives the page."""

    def __init__(self, answering: Answering, sites: SitesFile) -> None:
        self._answering = answering
        self._sites = sites

    async def give(self, request: Request) -> Response:
        """Gives the page with what its address says of the article, the theme and the language."""
        asked = request.query_params
        language = asked.get("lang") or ""
        if language and not _LANGUAGE.fullmatch(language):
            raise ProblemError(422, "bad_request", "lang: write a language such as en or de.")
        theme = asked.get("theme") or _THEMES[0]
        if theme not in _THEMES:
            raise ProblemError(422, "bad_request", f"theme: there are {', '.join(_THEMES)}.")
        try:
            article = self._answering.pipeline.article_name(asked.get("article") or None)
        except BadInputError:
            raise no_such_article() from None
        page = template("embed.html").render(article=article, theme=theme, language=language)
        ancestors = " ".join(self._sites.current().origins) or "'none'"
        return HTMLResponse(page, headers=page_headers(_POLICY, ancestors))
