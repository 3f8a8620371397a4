import asyncio
import json
import threading
from collections.abc import Iterator, MutableMapping
from typing import Any

import httpx
import pytest
from fakes import HashingEmbedder
from fastapi import FastAPI
from scripted import ScriptedGenerator
from small_world import PIER, REPLIES
from starlette.testclient import TestClient

from index.store import Index
from rag.generator import Decoding, Prompt
from rag.pipeline import Pipeline
from ui.api.schemas import AnswerBody

from ..gated import until
from .events import Sent, events_in
from .making import application, gated

COST = "What will the work cost?"
Message = dict[str, Any]


def streamed(client: TestClient, **asked: object) -> list[Sent]:
    with client.stream("POST", "/api/ask", json={**asked, "stream": True}) as given:
        assert given.status_code == 200
        assert given.headers["content-type"].startswith("text/event-stream")
        assert given.headers["x-accel-buffering"] == "no"
        return list(events_in(given.iter_lines()))


def without_times(answer: dict[str, Any]) -> dict[str, Any]:
    return {name: value for name, value in answer.items() if name != "timings"}


@pytest.mark.parametrize(
    ("question", "kind"),
    [
        (COST, "answer"),
        ("Who voted against the board of Tollwick?", "refusal"),
        ("What is the capital of Peru?", "refusal"),
        ("Hello", "small_talk"),
    ],
)
def test_an_answer_is_the_object_of_the_pipeline_whole_or_streamed(
    client: TestClient, pipeline: Pipeline, question: str, kind: str
) -> None:
    whole = client.post("/api/ask", json={"question": question}).json()
    assert whole["kind"] == kind
    assert without_times(whole) == without_times(json.loads(json.dumps(pipeline.ask(question).to_json())))
    assert whole.keys() == AnswerBody.model_fields.keys()
    *steps, last = streamed(client, question=question)
    assert last.name == "answer"
    assert without_times(last.data) == without_times(whole)
    assert {step.name for step in steps} <= {"stage", "token"}
    if kind != "refusal":
        assert "".join(step.data["text"] for step in steps if step.name == "token") == whole["answer"]


def test_citations_are_the_exact_words(client: TestClient) -> None:
    answer = client.post("/api/ask", json={"question": COST}).json()
    (citation,) = answer["citations"]
    assert PIER[citation["start"] : citation["end"]] == citation["quote"]
    article = client.get(f"/api/articles/{citation['article']}").json()
    assert article["text"][citation["start"] : citation["end"]] == citation["quote"]


def test_events_are_numbered_and_tokens_carry_their_citations(pier: Index, embedder: HashingEmbedder) -> None:
    client = TestClient(application(pier, embedder, ScriptedGenerator(REPLIES)))
    events = streamed(client, question=COST)
    assert [event.number for event in events] == [str(number + 1) for number in range(len(events))]
    assert [event.data["name"] for event in events if event.name == "stage"][:2] == ["searching", "reading"]
    (token,) = (event for event in events if event.name == "token")
    assert token.data["citations"] == events[-1].data["citations"]


def test_the_article_and_what_was_said_before_count(client: TestClient) -> None:
    elsewhere = client.post("/api/ask", json={"question": COST, "article": "bakery"}).json()
    assert {passage["article"] for passage in elsewhere["passages"]} == {"bakery.md"}
    said = [{"role": "user", "content": COST}, {"role": "assistant", "content": "6.4 million pounds. [1]"}]
    followed = client.post("/api/ask", json={"question": "Who will lead it?", "history": said}).json()
    assert followed["question"] == "Who will lead it?"
    assert "work" in followed["asked"]


@pytest.mark.parametrize("stream", [False, True])
def test_an_answer_that_takes_too_long_is_an_error(
    pier: Index, embedder: HashingEmbedder, stream: bool
) -> None:
    app, _ = gated(pier, embedder, deadline=0.05)
    client = TestClient(app)
    if stream:
        last = streamed(client, question=COST)[-1]
        assert (last.name, last.data["code"]) == ("error", "deadline")
    else:
        given = client.post("/api/ask", json={"question": COST})
        assert given.status_code == 503
        assert given.json()["error"]["code"] == "deadline"
        assert int(given.headers["retry-after"]) > 0


def test_a_defect_is_an_error_without_its_details(pier: Index, embedder: HashingEmbedder) -> None:
    class Broken(ScriptedGenerator):
        def stream(self, prompt: Prompt, decoding: Decoding) -> Iterator[str]:
            raise RuntimeError("secret")

    client = TestClient(application(pier, embedder, Broken(REPLIES)), raise_server_exceptions=False)
    given = client.post("/api/ask", json={"question": COST})
    assert given.status_code == 500
    assert given.json()["error"]["code"] == "defect"
    last = streamed(client, question=COST)[-1]
    assert (last.name, last.data["code"]) == ("error", "defect")
    assert "secret" not in given.text + str(last.data)


class Leaving:
    """A client that sends a question to the application itself, and then may leave."""

    method, path = "POST", "/api/ask"

    def __init__(self, app: FastAPI, **asked: object) -> None:
        self._app = app
        self._body = json.dumps(asked).encode()
        self.sent: list[Message] = []
        self._left = asyncio.Event()
        self._asked = False

    def leave(self) -> None:
        self._left.set()

    async def run(self) -> None:
        headers = [(b"content-type", b"application/json"), (b"host", b"127.0.0.1")]
        scope = {
            "type": "http",
            "asgi": {"version": "3.0"},
            "http_version": "1.1",
            "method": self.method,
            "scheme": "http",
            "path": self.path,
            "raw_path": self.path.encode(),
            "query_string": b"",
            "headers": headers,
            "client": ("127.0.0.1", 1),
            "server": ("127.0.0.1", 80),
        }
        await self._app(scope, self._receive, self._send)

    async def _receive(self) -> Message:
        if not self._asked:
            self._asked = True
            return {"type": "http.request", "body": self._body, "more_body": False}
        await self._left.wait()
        return {"type": "http.disconnect"}

    async def _send(self, message: MutableMapping[str, Any]) -> None:
        self.sent.append(dict(message))


@pytest.mark.parametrize("stream", [False, True])
def test_the_model_stops_when_the_client_leaves(pier: Index, embedder: HashingEmbedder, stream: bool) -> None:
    app, generator = gated(pier, embedder)

    async def leave() -> None:
        client = Leaving(app, question=COST, stream=stream)
        asking = asyncio.ensure_future(client.run())
        await asyncio.to_thread(generator.entered.acquire)
        client.leave()
        await asking
        await asyncio.to_thread(until, lambda: generator.running == 0)

    asyncio.run(leave())
    answering = app.state.services.answering
    until(lambda: not answering.running)
    assert 'outcome="cancelled"' in TestClient(app).get("/metrics").text


def test_who_waits_is_told_the_place_and_the_rest_is_refused(pier: Index, embedder: HashingEmbedder) -> None:
    app, generator = gated(pier, embedder, waiting=1)

    async def ask(body: dict[str, object]) -> httpx.Response:
        transport = httpx.ASGITransport(app)
        async with httpx.AsyncClient(transport=transport, base_url="http://footnote") as client:
            return await client.post("/api/ask", json=body, timeout=30)

    async def all_at_once() -> list[httpx.Response]:
        first = asyncio.ensure_future(ask({"question": COST}))
        await asyncio.to_thread(generator.entered.acquire)
        second = asyncio.ensure_future(ask({"question": COST, "stream": True}))
        await asyncio.to_thread(until, lambda: app.state.services.answering.waiting == 1)
        ready = await asyncio.to_thread(TestClient(app).get, "/readyz")
        assert ready.status_code == 503
        assert ready.json()["error"]["code"] == "busy"
        third = await ask({"question": COST})
        generator.gate.set()
        return [await first, await second, third]

    first, second, third = asyncio.run(all_at_once())
    assert first.json()["kind"] == "answer"
    events = list(events_in(second.text.splitlines()))
    assert (events[0].name, events[0].data) == ("stage", {"name": "queued", "position": 1})
    assert events[-1].name == "answer"
    assert third.status_code == 429
    assert third.json()["error"]["code"] == "busy"
    assert int(third.headers["retry-after"]) >= 1


def test_a_stream_is_kept_alive_while_nothing_happens(
    pier: Index, embedder: HashingEmbedder, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr("ui.api.ask._HEARTBEAT", 0.02)
    app, generator = gated(pier, embedder)
    opening = threading.Timer(0.3, generator.gate.set)
    opening.start()
    with TestClient(app).stream("POST", "/api/ask", json={"question": COST, "stream": True}) as given:
        lines = list(given.iter_lines())
    assert ": still here" in lines
    assert list(events_in(lines))[-1].name == "answer"
