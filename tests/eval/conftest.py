"""What the tests of runs share."""

from pathlib import Path

import pytest
from fakes import HashingEmbedder
from small_world import World, made_in


@pytest.fixture
def world(tmp_path: Path, embedder: HashingEmbedder) -> World:
    return made_in(tmp_path, embedder)
