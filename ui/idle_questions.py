"""Suggested questions for articles that have none yet, made while nobody asks anything."""

import logging
import threading
from collections.abc import Callable, Iterator, Sequence
from typing import TYPE_CHECKING

from index.article import Article
from rag.generator import Decoding, Generator, Prompt, StateReader
from rag.pipeline import CancelledError
from rag.suggesting import make_questions
from rag.suggestions import keep_questions, without_questions
from ui.answering import Answering

if TYPE_CHECKING:
    import numpy as np
    from numpy.typing import NDArray

MOST_ARTICLES = 50
"""For how many articles a process makes questions, so that a large folder does not keep it busy for days."""

_QUIET = 2.0
"""Seconds for which nobody has asked anything before it goes on."""

_TICK = 0.1

_log = logging.getLogger(__name__)


class IdleQuestions:
    """A thread that makes questions; whoever asks waits at most for the call of the model under way."""

    def __init__(self, answering: Answering) -> None:
        """Remembers whose idle time it is."""
        self._answering = answering
        self._tried: set[str] = set()
        self._changed = threading.Event()
        self._stopped = threading.Event()
        self._worker: threading.Thread | None = None

    def start(self) -> None:
        """Begins with the articles that are there."""
        self._worker = threading.Thread(target=self._work, daemon=True, name="questions")
        self._worker.start()

    def look(self) -> None:
        """Says that there may be new articles."""
        self._changed.set()

    def stop(self) -> None:
        """Makes no more; the call of the model under way still ends."""
        self._stopped.set()
        self._changed.set()

    def ended(self, timeout: float) -> bool:
        """Waits so many seconds for the thread to end, and says whether it has."""
        if self._worker is not None:
            self._worker.join(timeout)
        return self._worker is None or not self._worker.is_alive()

    def _work(self) -> None:
        while not self._stopped.is_set():
            article = self._next()
            if article is None:
                self._changed.wait()
                self._changed.clear()
                continue
            self._tried.add(article.sha256)
            try:
                self._make(article)
            except CancelledError:
                return
            except Exception as error:
                _log.warning("No questions were made for %r: %s", article.name, error)

    def _next(self) -> Article | None:
        if len(self._tried) >= MOST_ARTICLES:
            return None
        missing = without_questions(self._answering.index.articles.values())
        return next((article for article in missing if article.sha256 not in self._tried), None)

    def _make(self, article: Article) -> None:
        self._wait()
        pipeline = self._answering.pipeline
        if article.name in pipeline.index.articles:
            patient = pipeline.over(pipeline.index, _patient(pipeline.generator, self._wait))
            keep_questions(article, make_questions(patient, article))

    def _wait(self) -> None:
        """Returns when nobody asks anything; raises when it is to stop."""
        quiet = 0.0 if self._is_needed() else _QUIET
        while quiet < _QUIET and not self._stopped.wait(_TICK):
            quiet = 0.0 if self._is_needed() else quiet + _TICK
        if self._stopped.is_set():
            raise CancelledError("The server is shutting down.")

    def _is_needed(self) -> bool:
        """Whether the model is wanted by someone else."""
        return self._answering.running > 0 or self._answering.state == "warming"


class _Patient:
    """A generator that lets others go first before each step of it."""

    def __init__(self, generator: Generator, wait: Callable[[], None]) -> None:
        self._generator = generator
        self._wait = wait

    @property
    def name(self) -> str:
        return self._generator.name

    def stream(self, prompt: Prompt, decoding: Decoding) -> Iterator[str]:
        self._wait()
        for piece in self._generator.stream(prompt, decoding):
            yield piece
            self._wait()

    def first_words(self, prompts: Sequence[Prompt], words: Sequence[str]) -> list[tuple[float, ...]]:
        self._wait()
        return self._generator.first_words(prompts, words)

    def count_tokens(self, text: str) -> int:
        return self._generator.count_tokens(text)


class _PatientReader(_Patient):
    """The same of one that lets its states be read."""

    def __init__(self, generator: Generator, reader: StateReader, wait: Callable[[], None]) -> None:
        super().__init__(generator, wait)
        self._reader = reader

    def states(self, prompts: Sequence[Prompt], layers: int) -> "NDArray[np.float32]":
        self._wait()
        return self._reader.states(prompts, layers)

    def states_and_first_words(
        self, prompts: Sequence[Prompt], layers: int, words: Sequence[str]
    ) -> "tuple[NDArray[np.float32], list[tuple[float, ...]]]":
        self._wait()
        return self._reader.states_and_first_words(prompts, layers, words)


def _patient(generator: Generator, wait: Callable[[], None]) -> _Patient:
    """The generator with that patience; its states stay readable if they were."""
    if isinstance(generator, StateReader):
        return _PatientReader(generator, generator, wait)
    return _Patient(generator, wait)
