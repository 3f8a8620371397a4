"""Questions and answers: whole, or as events on the way."""

import json
from collections.abc import AsyncIterator
from contextlib import aclosing, suppress
from itertools import count
from math import inf
from typing import Any, assert_never

from fastapi import APIRouter, Request
from fastapi.responses import JSONResponse, Response
from sse_starlette import EventSourceResponse, ServerSentEvent
from sse_starlette.sse import SendTimeoutError
from starlette.types import Receive, Scope, Send

from index.errors import FootnoteError
from rag.answer import Answer, Event, Stage, Text
from ui.answering import Following
from ui.api.answers import ask, whole_answer
from ui.api.errors import described, events_described, plain_error
from ui.api.schemas import AnswerBody, AskRequest, EventBody
from ui.api.services import Here
from ui.problems import as_problem
from ui.walk import Queued

router = APIRouter(tags=["questions"])

_ROUTE = "/api/ask"
_HEARTBEAT = 10
_SLOWEST = 30
"""Seconds in which a reader must take an event, or it is left behind."""

_EVENTS = (
    'event: stage\nid: 1\ndata: {"name": "searching"}\n\n'
    'event: token\nid: 2\ndata: {"text": "Ilse Brackmoor will lead the work. [1]", "citations": []}\n\n'
    'event: answer\nid: 3\ndata: {"question": "Who will lead the work?"}\n\n'
)
_STREAM = events_described(
    "The answer; or, with `stream`, events: `stage`, `token`, then one `answer` or `error`.",
    EventBody,
    _EVENTS,
)


@router.post(
    _ROUTE,
    response_model=AnswerBody,
    responses={200: _STREAM, **described(400, 401, 403, 404, 413, 422, 429, 500, 503)},
)
async def answer_question(asked: AskRequest, request: Request, here: Here) -> Response:
    """Answers a question, with a footnote on every sentence, or says that the article does not say."""
    history = tuple(message.turn() for message in asked.history)
    following = ask(here.answering, request, _ROUTE, asked.question, asked.article, history)
    if asked.stream:
        return event_stream(_events(following))
    return JSONResponse((await whole_answer(following, request)).to_json())


def event_stream(events: AsyncIterator[ServerSentEvent]) -> EventSourceResponse:
    """A response that sends events, and a comment now and then to keep the connection."""
    return _Events(
        events,
        ping=_HEARTBEAT,
        send_timeout=_SLOWEST,
        ping_message_factory=lambda: ServerSentEvent(comment="still here"),
        # Stopping is for the line to arrange: a running answer may end, and what waits is told why it won't.
        shutdown_grace_period=inf,
    )


class _Events(EventSourceResponse):
    """A response that ends quietly when its reader takes nothing; the server then closes the connection."""

    async def __call__(self, scope: Scope, receive: Receive, send: Send) -> None:
        with suppress(SendTimeoutError):
            await super().__call__(scope, receive, send)


async def _events(following: Following) -> AsyncIterator[ServerSentEvent]:
    numbers = count(1)
    try:
        async with aclosing(following):
            async for told in following:
                name, data = _event(told)
                yield _sent(name, data, next(numbers))
    except FootnoteError as error:
        yield _sent("error", plain_error(as_problem(error)), next(numbers))


def _event(told: Queued | Event) -> tuple[str, dict[str, Any]]:
    match told:
        case Queued():
            return "stage", {"name": "queued", "position": told.position}
        case Stage():
            return "stage", {"name": told.name}
        case Text():
            return "token", {"text": told.text, "citations": [one.to_json() for one in told.citations]}
        case Answer():
            return "answer", told.to_json()
        case _:
            assert_never(told)


def _sent(name: str, data: dict[str, Any], number: int) -> ServerSentEvent:
    return ServerSentEvent(json.dumps(data), event=name, id=str(number))
