"""One question on its way through the server, and what is noted of it."""

import threading
import time
from collections.abc import Callable
from dataclasses import dataclass
from typing import Literal

from rag.answer import Answer, Event, Kind, Text
from rag.conversation import Turn
from ui.problems import as_problem, late

Outcome = Literal["answered", "quoted", "refused", "small_talk", "error", "cancelled"]

_OUTCOMES: dict[Kind, Outcome] = {
    "answer": "answered",
    "quote": "quoted",
    "refusal": "refused",
    "small_talk": "small_talk",
}


@dataclass(frozen=True, slots=True)
class Question:
    """What is asked, through which door; `id` is the request's."""

    text: str
    article: str | None = None
    history: tuple[Turn, ...] = ()
    route: str = "page"
    id: str = ""


@dataclass(frozen=True, slots=True)
class Queued:
    """The question waits; at place 1 it is the next."""

    position: int


Told = Queued | Event | Exception
"""What whoever asked is told: any number of steps, then exactly one answer or error."""


@dataclass(frozen=True, slots=True)
class Record:
    """What came of a question; all times are seconds since it was asked.

    `waited` is the time until its turn came, `first_words` until something was shown; each is None when it
    did not come to that. `code` is the problem's, when there is one.
    """

    question: Question
    outcome: Outcome
    code: str | None
    waited: float | None
    first_words: float | None
    total: float
    length: int = 0
    citations: int = 0


class Walk:
    """A question that waits or is being answered."""

    def __init__(
        self,
        question: Question,
        tell: Callable[[Told], None],
        ended: "Callable[[Walk, Record], None]",
        deadline: float,
    ) -> None:
        """Begins the walk, and its time.

        Args:
            question: What is asked.
            tell: Is called, on any thread, with what there is to tell; it must be quick.
            ended: Is called once, just before the last is told.
            deadline: Seconds after which it is stopped.
        """
        self.question = question
        self.cancelled = threading.Event()
        self._tell = tell
        self._ended = ended
        self._asked = time.monotonic()
        self._lock = threading.Lock()
        self._over = False
        self._waited: float | None = None
        self._first_words: float | None = None
        self._timer = threading.Timer(deadline, self.stop, (late(deadline),))
        self._timer.daemon = True
        self._timer.start()

    def begin(self) -> None:
        """Notes that its turn has come."""
        self._waited = self._since()

    def tell(self, told: Told) -> bool:
        """Passes it on; nothing, and False, after the answer or an error."""
        with self._lock:
            if self._over:
                return False
            if self._first_words is None and isinstance(told, Text | Answer):
                self._first_words = self._since()
            record = self._record(told)
            if record is None:
                self._tell(told)
                return True
            self._over = True
        self._timer.cancel()
        self._ended(self, record)
        self._tell(told)
        return True

    def stop(self, reason: Exception) -> None:
        """Ends it with an error, unless it is over; the model stops as soon as it notices."""
        if self.tell(reason):
            self.cancelled.set()

    def _since(self) -> float:
        return time.monotonic() - self._asked

    def _record(self, told: Told) -> Record | None:
        times = self._waited, self._first_words, self._since()
        match told:
            case Answer():
                outcome = _OUTCOMES[told.kind]
                return Record(self.question, outcome, None, *times, len(told.text), len(told.citations))
            case Exception():
                code = as_problem(told).code
                return Record(self.question, "cancelled" if code == "cancelled" else "error", code, *times)
            case _:
                return None
