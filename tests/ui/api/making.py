"""Applications with settings and models of a test's own."""

import asyncio
from concurrent.futures import ThreadPoolExecutor
from pathlib import Path

from fakes import HashingEmbedder
from fastapi import FastAPI
from small_world import REPLIES, made_in

from index.build import build_index
from index.store import Index, open_index
from rag.generator import Generator
from rag.pipeline import Pipeline
from ui.server import create_app
from ui.settings import QueueSettings, Settings, UploadSettings

from ..gated import GatedGenerator


def application(pier: Index, embedder: HashingEmbedder, generator: Generator, **queue: float) -> FastAPI:
    """The application with these settings of the queue."""

    async def make() -> FastAPI:
        settings = Settings(queue=QueueSettings.model_validate(queue))
        return create_app(Pipeline(pier, embedder, generator), settings)

    with ThreadPoolExecutor(1) as apart:
        return apart.submit(asyncio.run, make()).result()


def uploading(
    folder: Path, embedder: HashingEmbedder, generator: Generator, **upload: int
) -> tuple[FastAPI, Path]:
    """The application over the small world where articles may be uploaded, and its store."""
    store = folder / "store"
    build_index([made_in(folder, embedder).seeds], store, embedder)
    pipeline = Pipeline(open_index(store, embedder.fingerprint), embedder, generator)

    async def make() -> FastAPI:
        settings = Settings(upload=UploadSettings(allow=True, **upload))
        return create_app(pipeline, settings, store)

    with ThreadPoolExecutor(1) as apart:
        return apart.submit(asyncio.run, make()).result(), store


def gated(pier: Index, embedder: HashingEmbedder, **queue: float) -> tuple[FastAPI, GatedGenerator]:
    """The same with its model behind a gate."""
    generator = GatedGenerator(REPLIES)
    return application(pier, embedder, generator, **queue), generator
