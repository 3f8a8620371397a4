"""Uploading over HTTP: what is told, what is refused, and that answers never mix two indexes."""

import asyncio
from collections.abc import Iterator
from pathlib import Path
from typing import Any

import pytest
from fakes import HashingEmbedder
from fastapi import FastAPI
from scripted import ScriptedGenerator
from small_world import REPLIES
from starlette.testclient import TestClient

from index import generations
from ui.api.uploads import UploadEventBody

from .events import Sent, events_in
from .making import uploading
from .test_ask import Leaving

INN = b"The inn on Skerry Isle has nine rooms. Breakfast is served from seven."
ROOMS = "How many rooms does the inn on Skerry Isle have?"


@pytest.fixture
def app(tmp_path: Path, embedder: HashingEmbedder) -> FastAPI:
    replies = {"rooms": "The inn on Skerry Isle has nine rooms.", **REPLIES}
    return uploading(tmp_path, embedder, ScriptedGenerator(replies), max_megabytes=1)[0]


@pytest.fixture
def client(app: FastAPI) -> TestClient:
    return TestClient(app, raise_server_exceptions=False)


def put(client: TestClient, name: str, data: bytes) -> list[Sent]:
    with client.stream("PUT", f"/api/articles/{name}", content=data) as given:
        assert given.status_code == 200
        assert given.headers["content-type"].startswith("text/event-stream")
        return list(events_in(given.iter_lines()))


def names(client: TestClient) -> list[str]:
    found: list[str] = client.get("/api/articles").json()["articles"]
    return found


def code(given: Any) -> tuple[int, str]:  # noqa: ANN401 - of the test client's own type
    assert len(given.content) <= 1024
    return given.status_code, given.json()["error"]["code"]


def test_an_article_is_asked_about_as_soon_as_it_is_done(client: TestClient) -> None:
    before = client.post("/api/ask", json={"question": ROOMS}).json()
    assert before["refused"]
    *steps, done = put(client, "inn.txt", INN)
    assert (done.name, done.data) == ("done", {"name": "inn.txt", "sentences": 2, "hidden": 0})
    assert {step.name for step in steps} == {"progress"}
    assert all(0 <= step.data["done"] <= step.data["total"] for step in steps)
    assert [event.number for event in [*steps, done]] == [str(at + 1) for at in range(len(steps) + 1)]
    for event in [*steps, done]:
        UploadEventBody.model_validate({"event": event.name, "data": str(event.data), "id": event.number})
    assert client.get("/api/articles/inn.txt").json() == {
        "name": "inn.txt",
        "text": INN.decode(),
        "questions": [],
    }
    after = client.post("/api/ask", json={"question": ROOMS}).json()
    assert after["citations"][0]["article"] == "inn.txt"


def test_a_deleted_article_is_gone_and_others_stay(client: TestClient) -> None:
    put(client, "inn.txt", INN)
    assert client.delete("/api/articles/inn.txt").status_code == 204
    assert names(client) == ["bakery.md", "pier.txt"]
    assert client.post("/api/ask", json={"question": ROOMS}).json()["refused"]
    assert code(client.delete("/api/articles/inn.txt")) == (404, "no_such_article")
    assert code(client.delete("/api/articles/pier.txt")) == (409, "not_uploaded")
    assert code(client.delete("/api/articles/nothing.txt")) == (404, "no_such_article")


@pytest.mark.parametrize(
    ("path", "problem"),
    [
        ("inn.exe", (422, "bad_name")),
        ("..%2finn.txt", (422, "bad_name")),
        ("a%00.txt", (422, "bad_name")),
        ("%1b[1m.txt", (422, "bad_name")),
        ("x/y.txt", (422, "bad_name")),
        ("Pier.txt", (409, "name_taken")),
    ],
)
def test_a_name_that_can_not_be_is_refused_before_the_file_is_read(
    client: TestClient, path: str, problem: tuple[int, str]
) -> None:
    assert code(client.put(f"/api/articles/{path}", content=INN)) == problem
    assert names(client) == ["bakery.md", "pier.txt"]


def test_a_file_that_can_not_be_read_ends_with_an_error(client: TestClient) -> None:
    for name, data in (("a.txt", b""), ("a.pdf", b"no PDF"), ("a.txt", b"\x7fELF\0\1"), ("pier.txt", INN)):
        last = put(client, name, data)[-1]
        assert last.name == "error"
        assert set(last.data) == {"code", "message"}
        assert last.data["code"] in {"unreadable", "name_taken"}
    assert names(client) == ["bakery.md", "pier.txt"]


def test_a_full_disk_ends_with_an_error_and_nothing_is_lost(
    client: TestClient, monkeypatch: pytest.MonkeyPatch
) -> None:
    put(client, "inn.txt", INN)

    def full(path: Path, data: bytes) -> None:
        raise OSError(28, "No space left on device")

    with monkeypatch.context() as disk:
        disk.setattr(generations, "_write", full)
        assert put(client, "new.txt", b"The lighthouse is white.")[-1].data["code"] == "disk_full"
        assert code(client.delete("/api/articles/inn.txt")) == (507, "disk_full")
    assert names(client) == ["bakery.md", "inn.txt", "pier.txt"]
    assert client.post("/api/ask", json={"question": ROOMS}).json()["kind"] == "answer"


@pytest.mark.parametrize("announced", [True, False])
def test_the_size_is_limited_for_this_path_alone(client: TestClient, announced: bool) -> None:
    def chunks(count: int) -> Iterator[bytes]:
        for _ in range(count):
            yield b"The inn has nine rooms. " * 400

    good, large = b"".join(chunks(20)), b"".join(chunks(110))
    assert put(client, "inn.txt", good)[-1].name == "done"
    given = client.put("/api/articles/new.txt", content=large if announced else chunks(110))
    assert code(given) == (413, "too_large")
    assert code(client.post("/api/ask", content=good)) == (413, "too_large")
    assert names(client) == ["bakery.md", "inn.txt", "pier.txt"]
    assert put(client, "new.txt", INN)[-1].name == "done"  # the turn was given back


def test_a_file_that_does_not_arrive_gives_the_turn_back(
    app: FastAPI, client: TestClient, monkeypatch: pytest.MonkeyPatch
) -> None:
    class Silent(Leaving):
        method, path = "PUT", "/api/articles/inn.txt"

        async def _receive(self) -> dict[str, Any]:
            await asyncio.Event().wait()
            raise AssertionError

    monkeypatch.setattr("ui.api.uploads._RECEIVING", 0.02)
    silent = Silent(app)
    asyncio.run(silent.run())
    assert silent.sent[0]["status"] == 408
    assert b"too_slow" in silent.sent[1]["body"]

    class Gone(Silent):
        async def _receive(self) -> dict[str, Any]:
            return {"type": "http.disconnect"}

    asyncio.run(Gone(app).run())
    assert put(client, "inn.txt", INN)[-1].name == "done"


def test_another_upload_meanwhile_is_refused(app: FastAPI, client: TestClient) -> None:
    app.state.services.uploads.begin()
    given = client.put("/api/articles/inn.txt", content=INN)
    assert code(given) == (429, "upload_busy")
    assert int(given.headers["retry-after"]) > 0
    assert code(client.delete("/api/articles/inn.txt")) == (429, "upload_busy")
    app.state.services.uploads.end()
    assert put(client, "inn.txt", INN)[-1].name == "done"


def test_a_server_that_does_not_allow_it_says_so(app: FastAPI, pipeline: object) -> None:
    from ..conftest import made

    client = TestClient(made(pipeline))  # type: ignore[arg-type]
    for given in (
        client.put("/api/articles/inn.txt", content=INN),
        client.put("/api/articles/inn.txt", content=b"x" * 100_000),
        client.delete("/api/articles/pier.txt"),
    ):
        assert code(given) == (403, "uploads_off")
