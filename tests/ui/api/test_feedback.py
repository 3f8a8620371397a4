import json
import threading
from pathlib import Path
from typing import Any

import pytest
from fastapi import FastAPI
from starlette.testclient import TestClient

from index.store import Index
from ui.feedback import Feedback, feedback_file
from ui.problems import ProblemError

SAID: dict[str, Any] = {"rating": "up", "question": "Who?\n", "answer": "Ilse. [1]", "refused": False}


def rows() -> list[dict[str, Any]]:
    return [json.loads(line) for line in feedback_file().read_text(encoding="ascii").splitlines()]


def test_what_is_said_is_kept_with_what_gave_the_answer(client: TestClient, pier: Index) -> None:
    described = client.get("/openapi.json").json()["components"]["schemas"]["FeedbackRequest"]
    for said in [
        *described["examples"],
        SAID,
        {**SAID, "rating": "down", "comment": "Nein \u2028 \U0001f600"},
    ]:
        given = client.post("/api/feedback", json=said)
        assert (given.status_code, given.content) == (204, b"")
    first, second, third = rows()
    assert first["citations"][0]["quote"].startswith("Harbour master")
    assert (first["model"], first["generation"]) == ("scripted", pier.generation)
    assert first["time"].startswith("20")
    assert (second["question"], second["citations"]) == ("Who?\n", [])
    assert third["comment"] == "Nein \u2028 \U0001f600"
    assert feedback_file().stat().st_mode & 0o777 == 0o600


@pytest.mark.parametrize(
    "wrong",
    [
        {"rating": "sideways"},
        {"question": ""},
        {"question": "x" * 2001},
        {"answer": "x" * 10_001},
        {"refused": "no"},
        {"comment": "x" * 2001},
        {"unknown": 1},
        {"citations": [{"article": "a.txt", "start": 0.5, "end": 2, "quote": "x"}]},
        {"citations": [{"article": "a.txt", "start": "0", "end": 2, "quote": "x"}]},
        {"citations": [{"article": "a.txt", "start": -1, "end": 2, "quote": "x"}]},
        {"citations": [{"article": "a.txt", "start": 0, "end": 2, "quote": "x"}] * 51},
    ],
)
def test_what_is_no_feedback_is_not_kept(client: TestClient, wrong: dict[str, Any]) -> None:
    given = client.post("/api/feedback", json={**SAID, **wrong})
    assert given.status_code == 422
    assert len(given.content) <= 1024
    assert not feedback_file().exists()


def test_many_at_once_are_each_a_whole_line() -> None:
    feedback = [Feedback(keep=True) for _ in range(4)]  # as in several processes: they share nothing

    def say(number: int) -> None:
        for at in range(25):
            feedback[number].add({**SAID, "comment": f"{number}-{at} " * 300})

    threads = [threading.Thread(target=say, args=(number,)) for number in range(4)]
    for thread in threads:
        thread.start()
    for thread in threads:
        thread.join()
    assert {row["comment"].split()[0] for row in rows()} == {
        f"{one}-{at}" for one in range(4) for at in range(25)
    }


def test_the_file_has_a_limit_and_what_is_in_it_stays() -> None:
    feedback = Feedback(keep=True, most_bytes=1_000)
    while not feedback_file().exists() or feedback_file().stat().st_size < 850:
        feedback.add(SAID)
    before = rows()
    with pytest.raises(ProblemError) as error:
        feedback.add({**SAID, "comment": "x" * 200})
    assert (error.value.status, error.value.code) == (507, "feedback_full")
    assert rows() == before


def test_nothing_is_kept_where_it_is_not_wanted(monkeypatch: pytest.MonkeyPatch) -> None:
    with pytest.raises(ProblemError) as error:
        Feedback(keep=False).add(SAID)
    assert (error.value.status, error.value.code) == (403, "feedback_off")
    assert not feedback_file().exists()


def test_a_disk_that_refuses_is_told_and_leaves_no_part_of_a_line(
    app: FastAPI, monkeypatch: pytest.MonkeyPatch, tmp_path: Path
) -> None:
    import os

    client = TestClient(app)
    assert client.post("/api/feedback", json=SAID).status_code == 204
    write = os.write
    with monkeypatch.context() as disk:
        disk.setattr("ui.feedback.os.write", lambda descriptor, data: write(descriptor, data[:10]))
        given = client.post("/api/feedback", json=SAID)
    assert (given.status_code, given.json()["error"]["code"]) == (503, "not_writable")
    assert client.post("/api/feedback", json=SAID).status_code == 204
    assert len(rows()) == 2
    (tmp_path / "file").touch()
    monkeypatch.setenv("FOOTNOTE_HOME", str(tmp_path / "file" / "home"))
    assert client.post("/api/feedback", json=SAID).status_code == 503
