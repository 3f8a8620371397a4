"""Has a question answered while the page is kept up to date."""

import asyncio
import logging
import time
from collections.abc import AsyncGenerator
from contextlib import aclosing

from index.errors import BadInputError, FootnoteError
from rag.answer import Event
from rag.conversation import Turn
from ui.answering import Following
from ui.chat_answerer import Answerer
from ui.chat_conversation import Exchange
from ui.problems import ProblemError, as_problem
from ui.walk import Question, Queued

DEFECT = "Something went wrong while answering. Ask again; the server's log says more."
_TICK = 1.0
"""Seconds after which there is something new to show, if only the time."""

_LOOK = 0.2
"""Seconds between two looks at whether the question was stopped."""

_log = logging.getLogger(__name__)


async def follow(
    answerer: Answerer, exchange: Exchange, history: tuple[Turn, ...]
) -> AsyncGenerator[None, None]:
    """Has the exchange answered; yields when there is something new to show, and every second.

    The yield every second is what lets a page that has gone be noticed while the model reads: closing this
    iterator stops the model.
    """
    try:
        question = Question(exchange.question, exchange.article, history)
        async with aclosing(answerer.follow(question)) as following:
            async with aclosing(_until_stopped(following, exchange)) as events:
                async for event in events:
                    if event is not None:
                        exchange.take(event)
                    yield
    except ProblemError as error:
        exchange.fail(DEFECT if error.code == "defect" else str(error))
    except BadInputError as error:
        exchange.fail(str(error))
    except FootnoteError as error:
        exchange.fail(str(as_problem(error)))
    except Exception:
        _log.exception("No answer because of a defect.")
        exchange.fail(DEFECT)
    finally:
        exchange.stop()


async def _until_stopped(
    following: Following, exchange: Exchange
) -> AsyncGenerator[Queued | Event | None, None]:
    """What is told while the exchange is open; None when a second went by without anything."""
    told: asyncio.Future[Queued | Event] | None = None
    shown = time.monotonic()
    try:
        while exchange.is_open:
            told = told or asyncio.ensure_future(anext(following))
            await asyncio.wait({told}, timeout=_LOOK)
            event = None
            if told.done():
                try:
                    event = told.result()
                except StopAsyncIteration:
                    return
                told = None
            if event is not None or time.monotonic() - shown >= _TICK:
                shown = time.monotonic()
                yield event
    finally:
        if told is not None:
            told.cancel()
