"""Articles as pages to read, to which footnotes lead: ``/articles/NAME#START-END``."""

from collections.abc import Iterator
from dataclasses import dataclass

from starlette.requests import Request
from starlette.responses import HTMLResponse, Response
from starlette.types import Scope

from index.article import Article, Paragraph
from ui.answering import Answering
from ui.pages.assets import page_headers, template

_POLICY = "script-src 'self'; style-src 'self'"
_ANCESTORS = "'self'"
_DRAWN = "#= \t"


@dataclass(frozen=True, slots=True)
class Block:
    """A paragraph or heading: its span, its text, and the page that begins with it, if one does."""

    start: int
    end: int
    text: str
    heading: bool
    page: int | None


def blocks(article: Article) -> Iterator[Block]:
    """What an article is made of, in order; all its text but white space and drawn lines is there."""
    page, before = None, 0
    for paragraph in article.paragraphs:
        text = article.text[paragraph.start : paragraph.end]
        place = article.place(paragraph.start)
        begins = place.page if place.page != page else None
        yield Block(paragraph.start, paragraph.end, text, _is_heading(article, paragraph, before), begins)
        page, before = place.page, paragraph.end


class ArticlePages:
    """Gives the pages."""

    def __init__(self, answering: Answering) -> None:
        self._answering = answering

    async def give(self, request: Request) -> Response:
        """Gives an article, or a page that says that there is none."""
        article = self._answering.index.articles.get(request.path_params["name"])
        page = template("article.html").render(
            article=article, blocks=list(blocks(article)) if article else [], root=_root(request.scope)
        )
        return HTMLResponse(page, 200 if article else 404, page_headers(_POLICY, _ANCESTORS))


def _is_heading(article: Article, paragraph: Paragraph, before: int) -> bool:
    """Whether a section begins with this paragraph, and has its words for a name, which may be cut short."""
    place = article.place(paragraph.start)
    if place.section is None or not before <= place.start <= paragraph.start:
        return False
    words = article.text[paragraph.start : paragraph.end].strip(_DRAWN)
    cut = place.section.removesuffix("…")
    return words == place.section or (cut != place.section and words.startswith(cut))


def _root(scope: Scope) -> str:
    """The way from the page's address to that of the server, which may not be the top of its host."""
    path: bytes = scope.get("raw_path") or scope["path"].encode()
    return "../" * (path.partition(b"?")[0].count(b"/") - 1)
