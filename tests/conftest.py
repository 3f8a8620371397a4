"""What all tests share: a home of their own, and the shipped article indexed without a model."""

from pathlib import Path

import pytest
from fakes import HashingEmbedder
from hypothesis import settings

from index.build import build_index
from index.store import Index, open_index

settings.register_profile("untimed", deadline=None)  # no test fails for being slow
settings.load_profile("untimed")

ROOT = Path(__file__).parent.parent
SEEDS = ROOT / "seeds"
ARTICLE = "ford-renault.txt"


@pytest.fixture(autouse=True)
def _own_home(
    request: pytest.FixtureRequest, tmp_path_factory: pytest.TempPathFactory, monkeypatch: pytest.MonkeyPatch
) -> None:
    """Keeps tests out of the user's folders; those that need the real models read them there."""
    if request.node.get_closest_marker("models") is None:
        monkeypatch.setenv("FOOTNOTE_HOME", str(tmp_path_factory.mktemp("home")))


@pytest.fixture(scope="session")
def embedder() -> HashingEmbedder:
    return HashingEmbedder(256)


@pytest.fixture(scope="session")
def ford(tmp_path_factory: pytest.TempPathFactory, embedder: HashingEmbedder) -> Index:
    """The shipped article, indexed with the hashing embedder."""
    store = tmp_path_factory.mktemp("ford")
    build_index([SEEDS], store, embedder)
    return open_index(store, embedder.fingerprint)
