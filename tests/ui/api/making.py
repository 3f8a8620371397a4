"""Applications with settings and models of a test's own."""

import asyncio
from concurrent.futures import ThreadPoolExecutor

from fakes import HashingEmbedder
from fastapi import FastAPI
from small_world import REPLIES

from index.store import Index
from rag.generator import Generator
from rag.pipeline import Pipeline
from ui.server import create_app
from ui.settings import QueueSettings, Settings

from ..gated import GatedGenerator


def application(pier: Index, embedder: HashingEmbedder, generator: Generator, **queue: float) -> FastAPI:
    """The application with these settings of the queue."""

    async def make() -> FastAPI:
        settings = Settings(queue=QueueSettings.model_validate(queue))
        return create_app(Pipeline(pier, embedder, generator), settings)

    with ThreadPoolExecutor(1) as apart:
        return apart.submit(asyncio.run, make()).result()


def gated(pier: Index, embedder: HashingEmbedder, **queue: float) -> tuple[FastAPI, GatedGenerator]:
    """The same with its model behind a gate."""
    generator = GatedGenerator(REPLIES)
    return application(pier, embedder, generator, **queue), generator
