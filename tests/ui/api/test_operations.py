import logging

import pytest
from fakes import HashingEmbedder
from prometheus_client.parser import text_string_to_metric_families
from scripted import BrokenGenerator
from starlette.testclient import TestClient

from index.store import Index

from ..gated import until
from .making import application, gated
from .test_ask import COST


def figures(client: TestClient) -> dict[tuple[str, ...], float]:
    """Every figure by its name and its labels' values."""
    families = text_string_to_metric_families(client.get("/metrics").text)
    return {
        (sample.name, *sorted(sample.labels.values())): sample.value
        for family in families
        for sample in family.samples
    }


def test_the_version_names_all_that_decides_an_answer(client: TestClient, pier: Index) -> None:
    given = client.get("/version").json()
    assert given["index"]["generation"] == pier.generation
    assert given["index"]["articles"] == 2
    assert given["model"] == "scripted"
    assert given["embedding"] == {
        "name": pier.manifest.recipe.embedding.name,
        "fingerprint": pier.manifest.recipe.embedding.fingerprint,
    }


def test_questions_are_counted_by_what_came_of_them(pier: Index, embedder: HashingEmbedder) -> None:
    app, generator = gated(pier, embedder)
    generator.gate.set()
    client = TestClient(app)
    for question in (COST, "What is the capital of Peru?", "Hello", COST):
        client.post("/api/ask", json={"question": question})
    client.post(
        "/v1/chat/completions", json={"model": "footnote", "messages": [{"role": "user", "content": COST}]}
    )
    seen = figures(client)
    count = "footnote_questions_total"
    assert seen[count, "/api/ask", "answered"] == 2
    assert seen[count, "/api/ask", "refused"] == 1
    assert seen[count, "/api/ask", "small_talk"] == 1
    assert seen[count, "/v1/chat/completions", "answered"] == 1
    assert seen["footnote_answer_seconds_count",] == 5
    assert seen["footnote_first_words_seconds_count",] == 5
    assert seen["footnote_waiting",] == seen["footnote_running",] == 0


def test_two_applications_count_apart(client: TestClient, pier: Index, embedder: HashingEmbedder) -> None:
    app, _ = gated(pier, embedder)
    client.post("/api/ask", json={"question": COST})
    assert not any(name.startswith("footnote_questions") for name, *_ in figures(TestClient(app)))


def test_it_is_alive_but_not_ready_while_the_article_is_read_and_when_it_stops(
    ford: Index, embedder: HashingEmbedder
) -> None:
    app, generator = gated(ford, embedder)
    client = TestClient(app)
    answering = app.state.services.answering

    def readiness() -> tuple[int, str]:
        given = client.get("/readyz")
        assert (given.status_code == 503) == ("retry-after" in given.headers)
        return given.status_code, given.json().get("error", {}).get("code", "")

    assert readiness() == (200, "")
    answering.start(warm=True)
    assert readiness() == (503, "warming")
    generator.gate.set()
    until(lambda: readiness() == (200, ""))
    answering.close()
    assert readiness() == (503, "shutting_down")
    assert client.get("/livez").status_code == 200
    refused = client.post("/api/ask", json={"question": COST})
    assert (refused.status_code, refused.json()["error"]["code"]) == (503, "shutting_down")


def test_each_request_has_a_number_and_one_line_without_the_question(
    pier: Index, embedder: HashingEmbedder, caplog: pytest.LogCaptureFixture
) -> None:
    app, generator = gated(pier, embedder)
    generator.gate.set()
    client = TestClient(app)
    with caplog.at_level(logging.INFO, "footnote"):
        numbers = [
            client.post("/api/ask", json={"question": COST}).headers["x-request-id"],
            client.post("/api/ask", json={"question": ""}).headers["x-request-id"],
            client.get("/api/articles").headers["x-request-id"],
        ]
        client.get("/livez")
    lines = [record.__dict__ for record in caplog.records]
    assert [line["id"] for line in lines] == numbers
    assert [line["msg"] for line in lines] == ["question", "request", "request"]
    assert lines[0]["outcome"] == "answered"
    assert lines[0]["question_length"] == len(COST)
    assert lines[1]["status"] == 422
    assert COST not in str(lines)


def test_a_defect_frees_the_place(pier: Index, embedder: HashingEmbedder) -> None:
    client = TestClient(application(pier, embedder, BrokenGenerator("A"), waiting=0))
    for _ in range(3):
        assert client.post("/api/ask", json={"question": COST}).json()["error"]["code"] == "defect"
