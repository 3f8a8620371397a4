"""The line before the model: one is served at a time, the rest wait in the order in which they came."""

import math
import threading
from collections import deque
from collections.abc import Callable
from typing import Generic, TypeVar

from ui.problems import busy, shutting_down

Item = TypeVar("Item")

_FIRST_GUESS = 2.0
"""Seconds that serving one is taken to last before any was served."""

_WEIGHT = 0.2
"""How much the latest one counts in the moving average."""


class Line(Generic[Item]):
    """A bounded line, for any number of threads that join and one that serves."""

    def __init__(self, waiting: int, moved: Callable[[Item, int], object]) -> None:
        """Begins empty.

        Args:
            waiting: How many may wait while one is served.
            moved: Is told each new place of one that waits; 1 is the next. It must not call back.
        """
        self._limit = waiting
        self._moved = moved
        self._changed = threading.Condition()
        self._served: Item | None = None
        self._waiting: deque[Item] = deque()
        self._closed = False
        self._average = _FIRST_GUESS

    @property
    def waiting(self) -> int:
        """How many wait."""
        return len(self._waiting)

    @property
    def served(self) -> Item | None:
        """The one whose turn it is."""
        return self._served

    @property
    def is_full(self) -> bool:
        """Whether the next to join would be refused."""
        with self._changed:
            return self._served is not None and len(self._waiting) >= self._limit

    @property
    def is_closed(self) -> bool:
        """Whether nobody may join any more."""
        return self._closed

    def join(self, item: Item) -> None:
        """Takes the last place.

        Raises:
            ProblemError: `busy` when the line is full, `shutting_down` when it is closed.
        """
        with self._changed:
            if self._closed:
                raise shutting_down()
            if self._served is None:
                self._served = item
                self._changed.notify()
            elif len(self._waiting) < self._limit:
                self._waiting.append(item)
                self._moved(item, len(self._waiting))
            else:
                raise busy(max(1, math.ceil((len(self._waiting) + 1) * self._average)))

    def leave(self, item: Item) -> None:
        """Gives up the place of one that waits; the one being served keeps its turn until it is done."""
        with self._changed:
            if item in self._waiting:
                place = self._waiting.index(item)
                self._waiting.remove(item)
                self._tell_from(place)

    def next(self) -> Item | None:
        """Waits for one to serve; None when the line is closed and empty."""
        with self._changed:
            self._changed.wait_for(lambda: self._served is not None or self._closed)
            return self._served

    def done(self, seconds: float) -> None:
        """Ends the turn of the one being served, which took so long."""
        with self._changed:
            self._average += _WEIGHT * (seconds - self._average)
            self._served = self._waiting.popleft() if self._waiting else None
            self._tell_from(0)
            self._changed.notify_all()

    def close(self) -> tuple[Item, ...]:
        """Sends away those who wait, and lets nobody join any more."""
        with self._changed:
            self._closed = True
            sent_away = tuple(self._waiting)
            self._waiting.clear()
            self._changed.notify_all()
            return sent_away

    def _tell_from(self, place: int) -> None:
        for at in range(place, len(self._waiting)):
            self._moved(self._waiting[at], at + 1)
