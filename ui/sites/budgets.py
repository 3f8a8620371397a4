"""How much whoever asks may use: requests in a minute, and answers under way at the same time."""

import math
import time
from collections import Counter, deque
from collections.abc import Callable, Iterator, Sequence
from contextlib import contextmanager
from dataclasses import dataclass

from limits import RateLimitItemPerMinute
from limits.storage import MemoryStorage
from limits.strategies import MovingWindowRateLimiter

from ui.sites.refusals import too_many_requests, too_many_streams

_MINUTE = 60


@dataclass(frozen=True, slots=True)
class Budget:
    """What one party may use; `owner` says whose it is."""

    owner: tuple[str, ...]
    requests_per_minute: int
    streams: int


class SteadyStorage(MemoryStorage):
    """Keeps when requests came by a clock that nobody sets; the library's own is the time of day."""

    STORAGE_SCHEME = ["steady-memory"]

    def __init__(self, clock: Callable[[], float] = time.monotonic) -> None:
        """Starts with nothing seen."""
        super().__init__()
        self._clock = clock
        self._seen: dict[str, deque[float]] = {}
        self._sweep_at = clock() + _MINUTE

    def acquire_entry(self, key: str, limit: int, expiry: int, amount: int = 1) -> bool:
        """Notes requests, unless there would be more than the limit in the time until `expiry`."""
        seen = self._recent(key, expiry)
        if len(seen) + amount > limit:
            return False
        seen.extend([self._clock()] * amount)
        return True

    def get_moving_window(self, key: str, limit: int, expiry: int) -> tuple[float, int]:
        """When the oldest request that still counts came, and how many count."""
        seen = self._recent(key, expiry)
        return (seen[0] if seen else self._clock()), len(seen)

    def _recent(self, key: str, expiry: int) -> deque[float]:
        now = self._clock()
        if now >= self._sweep_at:
            self._sweep_at = now + _MINUTE
            self._seen = {one: seen for one, seen in self._seen.items() if seen and seen[-1] > now - _MINUTE}
        seen = self._seen.setdefault(key, deque())
        while seen and seen[0] <= now - expiry:
            seen.popleft()
        return seen


class Budgets:
    """Everybody's budgets, in this process; used by one event loop alone."""

    def __init__(self, clock: Callable[[], float] = time.monotonic) -> None:
        """Starts with nothing used."""
        self._clock = clock
        self._limiter = MovingWindowRateLimiter(SteadyStorage(clock))
        self._streams: Counter[tuple[str, ...]] = Counter()

    @contextmanager
    def spend(self, budgets: Sequence[Budget]) -> Iterator[None]:
        """Takes one request from all of the budgets, and a stream of each as long as this lasts.

        Raises:
            ProblemError: One of them is used up; then nothing is taken from any.
        """
        for budget in budgets:
            self._check(budget)
        for budget in budgets:
            self._limiter.hit(RateLimitItemPerMinute(budget.requests_per_minute), *budget.owner)
            self._streams[budget.owner] += 1
        try:
            yield
        finally:
            for budget in budgets:
                self._streams[budget.owner] -= 1
                if not self._streams[budget.owner]:
                    del self._streams[budget.owner]

    def _check(self, budget: Budget) -> None:
        item = RateLimitItemPerMinute(budget.requests_per_minute)
        if not self._limiter.test(item, *budget.owner):
            reset = self._limiter.get_window_stats(item, *budget.owner).reset_time
            raise too_many_requests(max(1, math.ceil(reset - self._clock())))
        if self._streams[budget.owner] >= budget.streams:
            raise too_many_streams()
