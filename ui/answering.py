"""Answers the questions of all doors, one at a time: the page's, the API's and those of other programs."""

import asyncio
import logging
import threading
import time
from collections.abc import Callable, Sequence
from contextlib import suppress
from typing import Literal, Self

from index.errors import BadInputError, FootnoteError, NotReadyError
from index.store import Index
from rag.answer import Answer, Event
from rag.pipeline import CancelledError, Pipeline
from rag.question import clean_question
from ui.line import Line
from ui.problems import defect, no_such_article, shutting_down
from ui.walk import Question, Queued, Record, Told, Walk

State = Literal["ready", "warming", "busy", "shutting_down"]

_log = logging.getLogger(__name__)


class Answering:
    """A pipeline with a line before it.

    One thread of its own asks the pipeline, always the same: whoever asked may leave at any time and nothing
    stays held, and the model's threads stay warm.
    """

    def __init__(
        self,
        pipeline: Pipeline,
        waiting: int = 8,
        deadline: float = 60.0,
        observers: Sequence[Callable[[Record], None]] = (),
    ) -> None:
        """Begins with an empty line.

        Args:
            pipeline: What answers.
            waiting: How many questions may wait.
            deadline: Seconds that an answer may take, the wait included.
            observers: Each is told what came of every question, on any thread.
        """
        self.pipeline = pipeline
        self._deadline = deadline
        self._observers = observers
        self._line: Line[Walk] = Line(waiting, lambda walk, place: walk.tell(Queued(place)))
        self._worker: threading.Thread | None = None
        self._starting = threading.Lock()
        self._warm = threading.Event()

    @property
    def index(self) -> Index:
        """What is searched."""
        return self.pipeline.index

    @property
    def model(self) -> str:
        """The language model's name."""
        return self.pipeline.model

    @property
    def waiting(self) -> int:
        """How many questions wait."""
        return self._line.waiting

    @property
    def running(self) -> int:
        """How many questions are being answered: one or none."""
        return int(self._line.served is not None)

    @property
    def state(self) -> State:
        """Whether a question that is asked now would be answered soon."""
        if self._line.is_closed:
            return "shutting_down"
        if self._worker is not None and not self._warm.is_set():
            return "warming"
        return "busy" if self._line.is_full else "ready"

    def start(self, warm: bool = False) -> None:
        """Starts the thread that answers, if it is not running; `warm` makes it read a lone article first."""
        with self._starting:
            if self._worker is not None:
                return
            if not warm:
                self._warm.set()
            self._worker = threading.Thread(target=self._work, daemon=True, name="answering")
            self._worker.start()

    def follow(self, question: Question) -> "Following":
        """Joins the line at once; gives what there is to tell, an answer at the end.

        Raises:
            FootnoteError: Whatever the pipeline raises; besides, the line is full, the answer takes too long,
                or the server is about to stop. What is known before it waits is raised by this very call.
        """
        loop = asyncio.get_running_loop()
        told: asyncio.Queue[Told] = asyncio.Queue()

        def tell(event: Told) -> None:
            with suppress(RuntimeError):  # the loop is closed: nobody listens
                loop.call_soon_threadsafe(told.put_nowait, event)

        return Following(self._begin(question, tell), told)

    def close(self) -> None:
        """Takes no more questions, and tells those that wait."""
        for walk in self._line.close():
            walk.stop(shutting_down())

    def stop(self) -> None:
        """Stops the answer that is being written."""
        if (walk := self._line.served) is not None:
            walk.stop(shutting_down())

    def ended(self, timeout: float) -> bool:
        """Waits so many seconds for the thread that answers to end, and says whether it has."""
        if self._worker is not None:
            self._worker.join(timeout)
        return self._worker is None or not self._worker.is_alive()

    def _begin(self, question: Question, tell: Callable[[Told], None]) -> Walk:
        walk = Walk(question, tell, self._note, self._deadline)
        try:
            clean_question(question.text)
            self.pipeline.article_name(question.article)
            self._line.join(walk)
        except FootnoteError as error:
            walk.stop(error)
            raise
        self.start()
        return walk

    def _note(self, walk: Walk, record: Record) -> None:
        self._line.leave(walk)
        for observer in self._observers:
            observer(record)

    def _work(self) -> None:
        try:
            if not self._warm.is_set():
                self.pipeline.warm()
        except Exception as error:
            unexpected = not isinstance(error, FootnoteError)
            _log.error("The article could not be read beforehand: %s", error, exc_info=unexpected)
        self._warm.set()
        while (walk := self._line.next()) is not None:
            began = time.monotonic()
            told = self._answer(walk)
            # Its place is free before the answer is told, for whoever hears that may ask again at once.
            self._line.done(time.monotonic() - began)
            walk.tell(told)

    def _answer(self, walk: Walk) -> Answer | Exception:
        asked = walk.question
        walk.begin()
        try:
            for event in self.pipeline.stream(asked.text, asked.article, asked.history, walk.cancelled):
                if isinstance(event, Answer):
                    return event
                walk.tell(event)
                if walk.cancelled.is_set():
                    break
        except BadInputError:  # the question was found good when it came, so the article has gone meanwhile
            return no_such_article()
        except Exception as error:
            return error
        return CancelledError("The answer was stopped.")


class Following:
    """What there is to tell of a question, up to its answer; closing it stops the model."""

    def __init__(self, walk: Walk, told: asyncio.Queue[Told]) -> None:
        self._walk = walk
        self._told = told
        self._over = False

    def __aiter__(self) -> Self:
        return self

    async def __anext__(self) -> Queued | Event:
        if self._over:
            raise StopAsyncIteration
        told = await self._told.get()
        self._over = isinstance(told, Answer | Exception)
        if not isinstance(told, Exception):
            return told
        if not isinstance(told, FootnoteError):
            _log.error("No answer because of a defect.", exc_info=told)
            raise defect()
        if isinstance(told, NotReadyError):
            _log.error("No answer: %s", told)
        raise told

    async def aclose(self) -> None:
        """Stops the model, unless the answer is there."""
        self._walk.stop(CancelledError("Nobody listens any more."))
