"""A generator that a test holds back, to see what happens meanwhile."""

import asyncio
import threading
import time
from collections.abc import Callable, Iterator, Sequence

from fakes import HashingEmbedder
from scripted import ScriptedGenerator

from index.store import Index
from rag.answer import Event
from rag.generator import Decoding
from rag.pipeline import Pipeline
from ui.answering import Answering
from ui.walk import Question, Queued, Record, Told

from .conftest import REPLIES


class GatedGenerator(ScriptedGenerator):
    """Writes nothing before the gate is open, unless it is stopped; `entered` counts who came to the gate."""

    def __init__(self, replies: dict[str, str] | str) -> None:
        super().__init__(replies)
        self.gate = threading.Event()
        self.entered = threading.Semaphore(0)
        self.running = 0
        self.most_running = 0

    def _pieces(self, reply: str, decoding: Decoding) -> Iterator[str]:
        self.running += 1
        self.most_running = max(self.most_running, self.running)
        try:
            self.entered.release()
            while not self.gate.is_set() and not decoding.cancelled.wait(0.005):
                pass
            yield from super()._pieces(reply, decoding)
        finally:
            self.running -= 1


def until(holds: Callable[[], bool]) -> None:
    """Waits until it holds."""
    end = time.monotonic() + 60
    while not holds():
        assert time.monotonic() < end
        time.sleep(0.005)


class Asked:
    """An answering over the shipped article, its model behind a gate, and the records of all questions."""

    def __init__(
        self, ford: Index, embedder: HashingEmbedder, waiting: int = 8, deadline: float = 60.0
    ) -> None:
        self.generator = GatedGenerator(REPLIES)
        self.records: list[Record] = []
        self.pipeline = Pipeline(ford, embedder, self.generator)
        self.answering = Answering(self.pipeline, waiting, deadline, [self.records.append])

    def outcomes(self) -> list[str]:
        return [record.outcome for record in self.records]

    def settled(self) -> None:
        """Waits until nobody is being answered."""
        until(lambda: not self.answering.running)


def told(answering: Answering, question: str, article: str | None = None) -> list[Queued | Event]:
    """All that whoever asks is told, after a turn in the line."""

    async def follow() -> list[Queued | Event]:
        return [event async for event in answering.follow(Question(question, article))]

    return asyncio.run(follow())


def kinds(events: Sequence[Told]) -> list[str]:
    """The events' kinds."""
    return [type(event).__name__ for event in events]
