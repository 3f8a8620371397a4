"""What the tests of runs share."""

from pathlib import Path

import pytest
from fakes import HashingEmbedder
from small_world import World, made_in

from rag.judgement import Decision, Scale

DECISION = Decision(
    answer=Scale(intercept=0, weights={"stated": 1}, threshold=0.5),
    quote=Scale(intercept=-4, weights={"evidence": 1}, threshold=0.5),
)


@pytest.fixture
def world(tmp_path: Path, embedder: HashingEmbedder) -> World:
    return made_in(tmp_path, embedder)


@pytest.fixture(autouse=True)
def _plain_decision(request: pytest.FixtureRequest, monkeypatch: pytest.MonkeyPatch) -> None:
    """Lets the scripted model's own judgement decide, whatever was fitted to the real one's."""
    if request.node.get_closest_marker("models") is None:
        monkeypatch.setattr("rag.pipeline.shipped_decision", lambda: DECISION)
