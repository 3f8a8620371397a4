"""The articles that questions can be asked about."""

from fastapi import APIRouter

from ui.api.errors import described
from ui.api.schemas import ArticleBody, ArticlesBody
from ui.api.services import Here
from ui.problems import no_such_article

router = APIRouter(tags=["articles"])


@router.get("/api/articles")
async def list_articles(here: Here) -> ArticlesBody:
    """Names all articles."""
    return ArticlesBody(articles=list(here.answering.index.articles))


@router.get("/api/articles/{name:path}", responses=described(404, 422))
async def give_article(name: str, here: Here) -> ArticleBody:
    """Gives one article whole; citations count in exactly this text."""
    article = here.answering.index.articles.get(name)
    if article is None:
        raise no_such_article()
    return ArticleBody(name=article.name, text=article.text)
