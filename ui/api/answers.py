"""What all doors for questions share: asking, and noticing that whoever asked has left."""

import asyncio
from contextlib import aclosing, suppress

from fastapi import Request

from index.errors import FootnoteError
from rag.answer import Answer
from rag.conversation import Turn
from ui.answering import Answering, Following
from ui.api.errors import checked
from ui.api.requests import logged_as_question, request_number
from ui.problems import ProblemError, defect, no_such_article
from ui.sites.reach import article_meant, in_reach
from ui.walk import Question


def ask(
    answering: Answering,
    request: Request,
    route: str,
    question: str,
    article: str | None,
    history: tuple[Turn, ...] = (),
) -> Following:
    """Joins the line.

    Raises:
        ProblemError: The question can't be asked, the line is full, or the server is about to stop.
    """
    article = checked(answering, question, article_meant(request.scope, article))
    if article is not None and not in_reach(request.scope, article):
        raise no_such_article()
    logged_as_question(request)
    return answering.follow(Question(question, article, history, route, request_number(request)))


async def whole_answer(following: Following, request: Request) -> Answer:
    """The answer at the end; the model stops when whoever asked leaves before.

    Raises:
        ProblemError: There is none.
    """
    answering = asyncio.ensure_future(_last(following))
    leaving = asyncio.ensure_future(_left(request))
    try:
        await asyncio.wait({answering, leaving}, return_when=asyncio.FIRST_COMPLETED)
        if answering.done():
            return answering.result()
        raise ProblemError(499, "cancelled", "Whoever asked has left.")
    finally:
        for task in (answering, leaving):
            task.cancel()
        with suppress(asyncio.CancelledError, FootnoteError):
            await answering


async def _last(following: Following) -> Answer:
    async with aclosing(following):
        async for told in following:
            if isinstance(told, Answer):
                return told
    raise defect()


async def _left(request: Request) -> None:
    """Ends when the other side has closed the connection."""
    while (await request.receive())["type"] != "http.disconnect":
        pass
