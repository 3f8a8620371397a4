"""The articles that questions can be asked about."""

import asyncio

from fastapi import APIRouter, Request

from rag.suggestions import kept_questions
from ui.api.errors import described
from ui.api.schemas import ArticleBody, ArticlesBody
from ui.api.services import Here
from ui.problems import no_such_article
from ui.sites.reach import in_reach

router = APIRouter(tags=["articles"])


@router.get("/api/articles", responses=described(401, 403, 429))
async def list_articles(request: Request, here: Here) -> ArticlesBody:
    """Names all articles."""
    names = here.answering.index.articles
    return ArticlesBody(articles=[name for name in names if in_reach(request.scope, name)])


@router.get("/api/articles/{name:path}", responses=described(401, 403, 404, 422, 429))
async def give_article(name: str, request: Request, here: Here) -> ArticleBody:
    """Gives one article whole; citations count in exactly this text."""
    article = here.answering.index.articles.get(name)
    if article is None or not in_reach(request.scope, name):
        raise no_such_article()
    questions = await asyncio.to_thread(kept_questions, article)
    return ArticleBody(name=article.name, text=article.text, questions=questions)
