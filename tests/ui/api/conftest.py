"""The application over the small world of two articles, in this process and as a server of this machine."""

from collections.abc import Iterator
from pathlib import Path

import pytest
from fakes import HashingEmbedder
from fastapi import FastAPI
from scripted import ScriptedGenerator
from small_world import REPLIES, made_in
from starlette.testclient import TestClient

from index.build import build_index
from index.store import Index, open_index
from rag.pipeline import Pipeline

from ..conftest import made, serving


@pytest.fixture(scope="session")
def pier(tmp_path_factory: pytest.TempPathFactory, embedder: HashingEmbedder) -> Index:
    folder: Path = tmp_path_factory.mktemp("pier")
    world = made_in(folder, embedder)
    build_index([world.seeds], folder / "store", embedder)
    return open_index(folder / "store", embedder.fingerprint)


@pytest.fixture(scope="session")
def pipeline(pier: Index, embedder: HashingEmbedder) -> Pipeline:
    return Pipeline(pier, embedder, ScriptedGenerator(REPLIES))


@pytest.fixture(scope="session")
def app(pipeline: Pipeline) -> FastAPI:
    return made(pipeline)


@pytest.fixture(scope="session")
def client(app: FastAPI) -> TestClient:
    return TestClient(app, raise_server_exceptions=False)


@pytest.fixture(scope="session")
def address(app: FastAPI) -> Iterator[str]:
    with serving(app) as at:
        yield at
