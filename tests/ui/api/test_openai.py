"""The API in OpenAI's shape, used by OpenAI's own client."""

from collections.abc import Iterator
from typing import Any

import openai
import pytest
from fakes import HashingEmbedder
from httpx2 import Response
from openai import OpenAI
from starlette.testclient import TestClient

from index.store import Index
from rag.pipeline import Pipeline
from ui.api.openai_schemas import Completion

from .making import gated

LEAD = "Who will lead the work?"
SAID = "Ilse Brackmoor will lead the work. [1]"


def user(text: str | list[dict[str, object]]) -> Any:  # noqa: ANN401 - the client wants types of its own
    return {"role": "user", "content": text}


@pytest.fixture
def openai_client(address: str) -> Iterator[OpenAI]:
    with OpenAI(base_url=f"{address}/v1", api_key="none", max_retries=0, timeout=30) as client:
        yield client


@pytest.mark.enable_socket
def test_the_client_gets_an_answer_with_its_footnotes(openai_client: OpenAI, pipeline: Pipeline) -> None:
    given = openai_client.chat.completions.create(model="footnote", messages=[user(LEAD)])
    message = given.choices[0].message
    assert message.content == SAID
    assert given.choices[0].finish_reason == "stop"
    footnote: dict[str, Any] = (message.model_extra or {})["footnote"]
    assert footnote["citations"] == pipeline.ask(LEAD).to_json()["citations"]


@pytest.mark.enable_socket
@pytest.mark.parametrize(
    ("question", "said"),
    [(LEAD, SAID), ("What is the capital of Peru?", "The article does not say."), ("Hello", None)],
)
def test_the_client_gets_the_same_in_pieces(openai_client: OpenAI, question: str, said: str | None) -> None:
    whole = openai_client.chat.completions.create(model="footnote", messages=[user(question)])
    chunks = list(
        openai_client.chat.completions.create(model="footnote", messages=[user(question)], stream=True)
    )
    text = "".join(chunk.choices[0].delta.content or "" for chunk in chunks)
    assert text == whole.choices[0].message.content
    assert said in {text, None}
    assert chunks[0].choices[0].delta.role == "assistant"
    assert [chunk.choices[0].finish_reason for chunk in chunks] == [None] * (len(chunks) - 1) + ["stop"]
    footnote: dict[str, Any] = (chunks[-1].choices[0].delta.model_extra or {})["footnote"]
    assert footnote["answer"] == text
    assert len({chunk.id for chunk in chunks}) == 1


@pytest.mark.enable_socket
def test_the_client_lists_the_model(openai_client: OpenAI) -> None:
    assert [model.id for model in openai_client.models.list()] == ["footnote"]
    assert openai_client.models.retrieve("footnote").owned_by == "footnote"


@pytest.mark.enable_socket
def test_the_clients_errors_are_the_ones_it_knows(openai_client: OpenAI) -> None:
    with pytest.raises(openai.NotFoundError) as unknown:
        openai_client.chat.completions.create(model="gpt-9", messages=[user(LEAD)])
    assert unknown.value.code == "model_not_found"
    with pytest.raises(openai.BadRequestError) as several:
        openai_client.chat.completions.create(model="footnote", messages=[user(LEAD)], n=2)
    assert several.value.type == "invalid_request_error"


def post(client: TestClient, **asked: object) -> Response:
    return client.post("/v1/chat/completions", json={"model": "footnote", **asked})


def test_earlier_messages_are_the_history_and_others_are_passed_over(client: TestClient) -> None:
    messages = [
        {"role": "system", "content": "Answer in French."},
        user("What will the work cost?"),
        {"role": "assistant", "content": "6.4 million pounds. [1]"},
        {"role": "tool", "content": "nothing", "tool_call_id": "x"},
        user([{"type": "text", "text": "Who will "}, {"type": "text", "text": "lead it?"}]),
    ]
    given = post(client, messages=messages, temperature=0.3, max_tokens=9, user="me", tools=[], seed=1).json()
    footnote = given["choices"][0]["message"]["footnote"]
    assert footnote["question"] == "Who will lead it?"
    assert "work" in footnote["asked"]
    assert Completion.model_validate(given).model == "footnote"


def test_an_article_can_be_named(client: TestClient) -> None:
    given = post(client, messages=[user("Who owns it?")], article="bakery").json()
    passages = given["choices"][0]["message"]["footnote"]["passages"]
    assert {passage["article"] for passage in passages} == {"bakery.md"}


@pytest.mark.parametrize(
    ("asked", "status", "code"),
    [
        ({"messages": []}, 400, "bad_request"),
        ({"messages": [{"role": "system", "content": "x"}]}, 400, "empty_question"),
        ({"messages": [user("")]}, 400, "empty_question"),
        ({"messages": [user("x" * 2001)]}, 400, "too_long"),
        ({"messages": [user([{"type": "image_url", "image_url": {"url": "x"}}])]}, 400, "bad_request"),
        ({"messages": [user(LEAD)], "logprobs": True}, 400, "bad_request"),
        ({"messages": [user(LEAD)], "response_format": {"type": "json_object"}}, 400, "bad_request"),
        ({"messages": [user(LEAD)], "article": "nowhere"}, 404, "no_such_article"),
        ({"messages": [user(LEAD)], "model": "gpt-9"}, 404, "model_not_found"),
    ],
)
def test_what_can_not_be_done_is_refused_in_openais_shape(
    client: TestClient, asked: dict[str, Any], status: int, code: str
) -> None:
    given = post(client, **asked)
    error = given.json()["error"]
    assert (given.status_code, error["code"]) == (status, code)
    assert set(error) == {"code", "message", "type", "param"}
    assert error["type"] == "invalid_request_error"
    assert "gpt-9" not in given.text


def test_an_error_on_the_way_is_told_in_the_stream(pier: Index, embedder: HashingEmbedder) -> None:
    app, _ = gated(pier, embedder, deadline=0.05)
    given = post(TestClient(app), messages=[user(LEAD)], stream=True)
    *_, error, done = (line for line in given.text.splitlines() if line)
    assert '"code": "deadline"' in error
    assert '"type": "server_error"' in error
    assert done == "data: [DONE]"
