"""One conversation on the chat page: what was asked, and what has come of it so far."""

import secrets
import time
from dataclasses import dataclass, field
from typing import Literal, assert_never

from rag.answer import Answer, Citation, Event, Stage, Text
from rag.conversation import Turn
from ui.walk import Queued

Status = Literal["waiting", "searching", "reading", "checking", "writing", "answered", "stopped", "failed"]

_KEPT = 50
"""How many exchanges a page remembers; memory stays bounded however long it is open."""


@dataclass(slots=True)
class Exchange:
    """A question and its answer as far as it has come.

    `place` is that in the line, 1 being the next; `found` is the best that was found, before it is verified.
    """

    question: str
    article: str | None = None
    status: Status = "waiting"
    place: int | None = None
    found: Citation | None = None
    text: str = ""
    citations: tuple[Citation, ...] = ()
    answer: Answer | None = None
    problem: str = ""
    asked: float = field(default_factory=time.monotonic)

    @property
    def is_open(self) -> bool:
        """Whether more is to come."""
        return self.status not in ("answered", "stopped", "failed")

    @property
    def is_unanswered(self) -> bool:
        """Whether it ended without an answer."""
        return not self.is_open and self.answer is None

    def take(self, event: Queued | Event) -> None:
        """Adds what is told of the question; nothing once the exchange is closed."""
        if not self.is_open:
            return
        match event:
            case Queued():
                self.place = event.position
            case Stage():
                self.status = event.name
                self.found = event.best or self.found
            case Text():
                self.status = "writing"
                self.text += event.text
                self.citations = event.citations
            case Answer():
                self.status = "answered"
                self.text = event.text
                self.citations = event.citations
                self.answer = event
            case _:
                assert_never(event)

    def stop(self) -> None:
        """Ends it here; what was shown stays."""
        if self.is_open:
            self.status = "stopped"

    def fail(self, problem: str) -> None:
        """Ends it with one line that says why there is no answer."""
        if self.is_open:
            self.status, self.problem = "failed", problem


@dataclass(slots=True)
class Conversation:
    """What one page has asked, oldest first; every page has its own, with an id once something was asked."""

    exchanges: list[Exchange] = field(default_factory=list)
    id: str = ""

    @property
    def pending(self) -> Exchange | None:
        """The exchange to which more is to come."""
        return self.exchanges[-1] if self.exchanges and self.exchanges[-1].is_open else None

    def pose(self, question: str, article: str | None = None) -> None:
        """Asks a question; one that is still being answered is stopped.

        The last one, asked again because it has no answer, gives way.
        """
        self.stop()
        self.id = self.id or secrets.token_hex(8)
        if self.exchanges and self.exchanges[-1].is_unanswered and self.exchanges[-1].question == question:
            self.exchanges.pop()
        self.exchanges.append(Exchange(question, article))
        del self.exchanges[:-_KEPT]

    def stop(self) -> None:
        """Stops the answer that is being written."""
        if self.pending is not None:
            self.pending.stop()

    def clear(self) -> None:
        """Begins anew."""
        self.stop()
        self.exchanges.clear()
        self.id = ""

    def history(self) -> tuple[Turn, ...]:
        """The earlier messages that a further question may lean on."""
        return tuple(
            turn
            for exchange in self.exchanges
            if exchange.answer is not None
            for turn in (Turn("user", exchange.question), Turn("assistant", exchange.answer.text))
        )
