"""Lets the pipeline answer on a thread of its own while the page is kept up to date."""

import asyncio
import logging
from collections.abc import AsyncIterator, Iterator

from index.errors import FootnoteError
from rag.answer import Event
from rag.conversation import Turn
from rag.pipeline import CancelledError, Pipeline
from ui.chat_conversation import Exchange

DEFECT = "Something went wrong while answering. Ask again; the server's log says more."
_TICK = 1.0

_log = logging.getLogger(__name__)


async def follow(
    pipeline: Pipeline, exchange: Exchange, article: str | None, history: tuple[Turn, ...]
) -> AsyncIterator[None]:
    """Answers the exchange; yields when there is something new to show, and every second.

    The yield every second is what lets a page that has gone be noticed while the model reads: closing this
    iterator stops the model.
    """
    events = pipeline.stream(exchange.question, article, history, exchange.cancelled)
    try:
        async for event in _beside_the_loop(events):
            if event is not None:
                exchange.take(event)
            yield
    except CancelledError:
        pass
    except FootnoteError as error:
        exchange.fail(str(error))
    except Exception:
        _log.exception("No answer because of a defect.")
        exchange.fail(DEFECT)
    finally:
        exchange.stop()


async def _beside_the_loop(events: Iterator[Event]) -> AsyncIterator[Event | None]:
    """Pulls the events on a thread; yields None when a second went by without one."""
    while True:
        pulled = asyncio.ensure_future(asyncio.to_thread(next, events, None))
        pulled.add_done_callback(_seen)
        while not pulled.done():
            await asyncio.wait({pulled}, timeout=_TICK)
            if not pulled.done():
                yield None
        event = pulled.result()
        if event is None:
            return
        yield event


def _seen(pulled: "asyncio.Future[Event | None]") -> None:
    """Takes note of an error that nobody waits for any more."""
    if not pulled.cancelled():
        pulled.exception()
