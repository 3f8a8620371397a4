"""The API in OpenAI's shape, for programs that speak it: answers the last question, with its footnotes."""

import json
import time
from collections.abc import AsyncIterator
from contextlib import aclosing
from typing import Any

from fastapi import APIRouter, Request
from fastapi.responses import JSONResponse, Response
from sse_starlette import ServerSentEvent

from index.errors import FootnoteError
from rag.answer import Answer, Text
from ui.answering import Following
from ui.api.answers import ask, whole_answer
from ui.api.ask import event_stream
from ui.api.errors import described, events_described, openai_error
from ui.api.openai_schemas import (
    MODEL,
    ChatRequest,
    ChunkEvent,
    Completion,
    ModelBody,
    ModelsBody,
    OpenAIErrorBody,
)
from ui.api.requests import request_number
from ui.api.services import Here
from ui.problems import ProblemError, as_problem

router = APIRouter(tags=["openai"])

_ROUTE = "/v1/chat/completions"
_CHUNK = '{"id": "chatcmpl-1", "object": "chat.completion.chunk", "choices": []}'
_STREAM = events_described(
    "The answer; or, with `stream`, chunks of it.", ChunkEvent, f"data: {_CHUNK}\n\ndata: [DONE]\n\n"
)


@router.post(
    _ROUTE,
    response_model=Completion,
    responses={200: _STREAM, **described(400, 404, 413, 429, 500, 503, shape=OpenAIErrorBody)},
)
async def complete_chat(asked: ChatRequest, request: Request, here: Here) -> Response:
    """Answers the last question of a conversation; the footnotes are in the message's field `footnote`.

    Options about how a model writes (`temperature`, `max_tokens`, `tools`…) change nothing.
    """
    _check_model(asked.model)
    question, history = asked.question()
    following = ask(here.answering, request, _ROUTE, question, asked.article, history)
    head = {"id": f"chatcmpl-{request_number(request)}", "created": int(time.time()), "model": MODEL}
    if asked.stream:
        return event_stream(_chunks(following, head))
    answer = await whole_answer(following, request)
    message = {"role": "assistant", "content": answer.text, "refusal": None, "footnote": answer.to_json()}
    choice = {"index": 0, "message": message, "finish_reason": "stop", "logprobs": None}
    return JSONResponse({**head, "object": "chat.completion", "choices": [choice]})


@router.get("/v1/models")
async def list_models(here: Here) -> ModelsBody:
    """Lists the one model: Footnote as a whole."""
    return ModelsBody(data=[_model(here)])


@router.get("/v1/models/{name:path}", responses=described(404, shape=OpenAIErrorBody))
async def give_model(name: str, here: Here) -> ModelBody:
    """Describes the model."""
    _check_model(name)
    return _model(here)


def _model(here: Here) -> ModelBody:
    return ModelBody(created=int(here.answering.index.manifest.created.timestamp()))


def _check_model(name: str) -> None:
    if name != MODEL:
        raise ProblemError(404, "model_not_found", f"There is no such model; there is {MODEL!r}.")


async def _chunks(following: Following, head: dict[str, Any]) -> AsyncIterator[ServerSentEvent]:
    """The answer in chunks; the last one has the footnotes."""

    def chunk(delta: dict[str, Any], finished: str | None = None) -> ServerSentEvent:
        choice = {"index": 0, "delta": delta, "finish_reason": finished, "logprobs": None}
        return _sent({**head, "object": "chat.completion.chunk", "choices": [choice]})

    written = 0
    try:
        async with aclosing(following):
            yield chunk({"role": "assistant", "content": ""})
            async for told in following:
                if isinstance(told, Text):
                    written += len(told.text)
                    yield chunk({"content": told.text})
                elif isinstance(told, Answer):
                    if rest := told.text[written:]:
                        yield chunk({"content": rest})
                    yield chunk({"footnote": told.to_json()}, "stop")
    except FootnoteError as error:
        yield _sent({"error": openai_error(as_problem(error))})
    yield ServerSentEvent("[DONE]")


def _sent(data: dict[str, Any]) -> ServerSentEvent:
    return ServerSentEvent(json.dumps(data))
