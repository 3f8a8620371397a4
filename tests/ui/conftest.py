"""The chat page over the shipped article with a scripted model: as an application, and as a server."""

import asyncio
import re
import socket
import threading
import time
from collections.abc import Iterator, Sequence
from concurrent.futures import ThreadPoolExecutor
from contextlib import contextmanager
from pathlib import Path
from typing import TYPE_CHECKING

import pytest
import uvicorn
from fakes import HashingEmbedder
from fastapi import FastAPI
from scripted import ScriptedGenerator

from index.store import Index
from rag.generator import Decoding, Prompt
from rag.pipeline import Pipeline
from ui.server import create_app
from ui.settings import Settings

if TYPE_CHECKING:
    from playwright.sync_api import Browser, Page

CHROMIUM = Path("/usr/bin/chromium")
SWITCHES = (
    "--no-sandbox --disable-gpu --disable-quic --no-first-run --disable-background-networking "
    "--disable-component-update --disable-sync"
)
PLATFORM = "What platform will the new Fiesta use?"
QUOTED = "Who is the CEO of Ford?"
_QUOTE = re.compile(r"^Text: (?:\(.+\) )?Jim Farley, Ford CEO", re.DOTALL)
ENDLESS = "When do both new Ford EVs arrive?"
TRAILING = "and so on "
REPLIES = {
    ENDLESS: f"Two new Ford EVs arrive in 2028. Renault will build two battery-electric cars {TRAILING}",
    "platform": "The new Fiesta will use the AmpR small EV platform.",
    "arrive": "Two new Ford EVs arrive in 2028. Renault will build two battery-electric cars for Ford "
    + "on " * 80,
    "": "The article does not say.",
}


class SlowGenerator(ScriptedGenerator):
    """Takes its time, as a model does, and for a reply that trails off until it is stopped.

    `running` counts the replies under way. It finds one sentence of the article worth quoting, to the
    question `QUOTED` alone.
    """

    running = 0

    def first_words(self, prompts: Sequence[Prompt], words: Sequence[str]) -> list[tuple[float, ...]]:
        return [chances for prompt in prompts for chances in self._judged(prompt, words)]

    def _judged(self, prompt: Prompt, words: Sequence[str]) -> list[tuple[float, ...]]:
        told = QUOTED in prompt.question and _QUOTE.search(prompt.context)
        self.evidence = 9.0 if told else -4.0
        return super().first_words([prompt], words)

    def _pieces(self, reply: str, decoding: Decoding) -> Iterator[str]:
        self.running += 1
        try:
            for piece in super()._pieces(reply, decoding):
                time.sleep(0.02)
                yield piece
            if reply.endswith(TRAILING):
                decoding.cancelled.wait()
        finally:
            self.running -= 1


@pytest.fixture(scope="session")
def generator() -> SlowGenerator:
    return SlowGenerator(REPLIES)


@pytest.fixture(scope="session")
def pipeline(ford: Index, embedder: HashingEmbedder, generator: SlowGenerator) -> Pipeline:
    return Pipeline(ford, embedder, generator)


@pytest.fixture(scope="session")
def app(pipeline: Pipeline) -> FastAPI:
    return made(pipeline)


def made(pipeline: Pipeline, settings: Settings | None = None, store: Path | None = None) -> FastAPI:
    """The application, made inside an event loop: outside of one Gradio makes some and leaves them open."""

    async def make() -> FastAPI:
        return create_app(pipeline, settings, store)

    with ThreadPoolExecutor(1) as apart:  # a test that drives a browser has a loop in its own thread
        return apart.submit(asyncio.run, make()).result()


@contextmanager
def serving(app: FastAPI, port: int = 0) -> Iterator[str]:
    """A real server on a port of this machine, a free one if none is named; yields its address."""
    with socket.socket() as listening:
        listening.setsockopt(socket.SOL_SOCKET, socket.SO_REUSEADDR, 1)
        listening.bind(("127.0.0.1", port))
        server = uvicorn.Server(uvicorn.Config(app, log_level="error", timeout_graceful_shutdown=1))
        thread = threading.Thread(target=server.run, kwargs={"sockets": [listening]})
        thread.start()
        try:
            while not server.started and thread.is_alive():
                time.sleep(0.02)
            yield f"http://127.0.0.1:{listening.getsockname()[1]}"
        finally:
            server.should_exit = True
            thread.join(10)


@pytest.fixture(scope="session")
def address(app: FastAPI) -> Iterator[str]:
    with serving(app) as at:
        yield at


@pytest.fixture(scope="module")
def browser() -> "Iterator[Browser]":
    """A browser while a module needs it: an event loop runs in this thread as long as it is open."""
    if not CHROMIUM.exists():
        pytest.skip(f"there is no {CHROMIUM}: apt-get install chromium")
    from playwright.sync_api import sync_playwright

    with sync_playwright() as playwright:
        started = playwright.chromium.launch(executable_path=CHROMIUM, args=SWITCHES.split())
        yield started
        started.close()


@pytest.fixture
def page(browser: "Browser", address: str) -> "Iterator[Page]":
    from .browsing import opened

    yield from opened(browser, address)
