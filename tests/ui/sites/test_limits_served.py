"""Limits of a served application: whose address counts, and that an answer under way holds its place."""

from concurrent.futures import ThreadPoolExecutor
from pathlib import Path

import pytest
from fakes import HashingEmbedder
from starlette.testclient import TestClient

from index.store import Index
from rag.pipeline import Pipeline
from ui.settings import LimitSettings, ServerSettings
from ui.stopping import OrderlyServer

from ..conftest import PLATFORM, REPLIES
from ..gated import GatedGenerator
from .making import WIKI, application, signed, site, write


@pytest.mark.parametrize(
    ("proxies", "believed"),
    [(None, False), ("127.0.0.1", True), ("198.51.100.1, 127.0.0.1", True), ("198.51.100.1", False)],
)
def test_only_proxies_that_are_named_are_believed_whom_they_ask_for(
    pipeline: Pipeline, tmp_path: Path, proxies: str | None, believed: bool
) -> None:
    app = application(pipeline, tmp_path / "sites.json", limits=LimitSettings(requests_per_minute=1))
    server = OrderlyServer(
        app, app.state.services.answering, [], ServerSettings(proxies=proxies), lambda: None
    )
    server.config.load()
    client = TestClient(server.config.loaded_app, client=("127.0.0.1", 1))
    told = {"x-forwarded-for": "198.51.100.99, 192.0.2.1"}
    statuses = [client.get("/api/articles", headers=told).status_code for _ in range(2)]
    assert statuses == ([200, 429] if believed else [200, 200])
    other = {"x-forwarded-for": "192.0.2.1, 192.0.2.2"}
    assert client.get("/api/articles", headers=other).status_code == 200


def test_an_answer_holds_its_place_until_it_ends(
    ford: Index, embedder: HashingEmbedder, tmp_path: Path
) -> None:
    generator = GatedGenerator(REPLIES)
    path = write(tmp_path / "sites.json", site())
    app = application(
        Pipeline(ford, embedder, generator), path, limits=LimitSettings(requests_per_minute=99, streams=1)
    )
    ann, bob = ({"origin": WIKI, **signed(sub=name)} for name in ("ann", "bob"))

    def ask(headers: dict[str, str], question: str = PLATFORM) -> tuple[int, str]:
        given = TestClient(app).post("/api/ask", json={"question": question}, headers=headers)
        return given.status_code, given.json().get("error", {}).get("code", "")

    with ThreadPoolExecutor(1) as apart:
        first = apart.submit(ask, ann)
        assert generator.entered.acquire(timeout=60)
        assert ask(ann, "Hello") == (429, "too_many_streams")
        assert TestClient(app).get("/api/articles", headers=bob).status_code == 200
        generator.gate.set()
        assert first.result(60) == (200, "")
    assert ask(ann, "Hello") == (200, "")
