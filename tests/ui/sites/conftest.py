"""A pipeline over two articles."""

from pathlib import Path

import pytest
from fakes import HashingEmbedder
from scripted import ScriptedGenerator
from small_world import REPLIES, made_in

from index.build import build_index
from index.store import open_index
from rag.pipeline import Pipeline


@pytest.fixture(scope="session")
def pipeline_of_two(tmp_path_factory: pytest.TempPathFactory, embedder: HashingEmbedder) -> Pipeline:
    folder: Path = tmp_path_factory.mktemp("two")
    world = made_in(folder, embedder)
    build_index([world.seeds], folder / "store", embedder)
    return Pipeline(open_index(folder / "store", embedder.fingerprint), embedder, ScriptedGenerator(REPLIES))
