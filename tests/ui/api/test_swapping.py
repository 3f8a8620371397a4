"""Articles come and go while questions are asked about them: no answer ever mixes two indexes."""

import threading
from collections.abc import Iterator
from pathlib import Path
from typing import Any

from fakes import HashingEmbedder
from scripted import ScriptedGenerator
from small_world import REPLIES
from starlette.testclient import TestClient

from ..gated import GatedGenerator, until
from .making import uploading
from .test_ask import COST
from .test_uploads import INN, ROOMS, code, put


def test_answers_see_one_generation_while_articles_come_and_go(
    tmp_path: Path, embedder: HashingEmbedder
) -> None:
    """Each version says another number, which the scripted model takes from the text that it is shown."""

    class Reader(ScriptedGenerator):
        def stream(self, prompt: Any, decoding: Any) -> Iterator[str]:  # noqa: ANN401
            start = prompt.context.index("The inn on Skerry Isle")
            return iter([prompt.context[start:].split(".")[0] + "."])

    app, _ = uploading(tmp_path, embedder, Reader(REPLIES))
    client = TestClient(app)

    def version(number: int) -> bytes:
        return f"The inn on Skerry Isle has {number} rooms. Breakfast is served.".encode()

    put(client, "inn.txt", version(100))
    given: list[dict[str, Any]] = []
    over = threading.Event()

    def ask() -> None:
        while not over.is_set():
            asked = TestClient(app).post("/api/ask", json={"question": ROOMS, "article": "inn.txt"})
            assert asked.status_code in {200, 429}
            if asked.status_code == 200:
                given.append(asked.json())

    askers = [threading.Thread(target=ask) for _ in range(3)]
    for asker in askers:
        asker.start()
    for number in range(101, 112):
        assert put(client, "inn.txt", version(number))[-1].name == "done"
        latest = client.post("/api/ask", json={"question": ROOMS, "article": "inn.txt"}).json()
        assert f"has {number} rooms" in latest["answer"]  # an answer that was remembered would be older
    over.set()
    for asker in askers:
        asker.join()
    assert len(given) > 10
    for answer in given:
        (citation,) = answer["citations"]
        assert citation["quote"] == answer["answer"].removesuffix(" [1]")
        assert version(int(citation["quote"].split()[6])).decode().startswith(citation["quote"])


def test_an_article_that_goes_while_a_question_about_it_waits_is_told(
    tmp_path: Path, embedder: HashingEmbedder
) -> None:
    generator = GatedGenerator(REPLIES)
    app, _ = uploading(tmp_path, embedder, generator)
    client = TestClient(app)
    put(client, "inn.txt", INN)
    given: dict[str, Any] = {}

    def ask(name: str, **asked: object) -> threading.Thread:
        thread = threading.Thread(
            target=lambda: given.update({name: TestClient(app).post("/api/ask", json=asked)})
        )
        thread.start()
        return thread

    first = ask("first", question=COST)
    generator.entered.acquire()
    second = ask("second", question=ROOMS, article="inn.txt")
    until(lambda: app.state.services.answering.waiting == 1)
    assert client.delete("/api/articles/inn.txt").status_code == 204
    generator.gate.set()
    first.join()
    second.join()
    assert given["first"].json()["kind"] == "answer"
    assert code(given["second"]) == (404, "no_such_article")
