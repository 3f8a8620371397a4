"""No budget is ever exceeded, and none is refused that is not used up."""

import time
from contextlib import ExitStack

import pytest
from hypothesis import given
from hypothesis import strategies as st

from ui.problems import ProblemError
from ui.sites.budgets import Budget, Budgets

MINUTE = 60
STEPS = st.lists(
    st.tuples(
        st.sampled_from([0.0, 0.5, 7.0, 29.0, 31.0, 60.0, 61.0]),
        st.sampled_from(["ann", "bob", "close the oldest"]),
    ),
    max_size=60,
)


class Clock:
    def __init__(self) -> None:
        self.now = 1000.0

    def __call__(self) -> float:
        return self.now


@given(st.integers(1, 5), st.integers(1, 4), STEPS)
def test_no_budget_is_exceeded_and_none_refused_before(
    requests: int, streams: int, steps: list[tuple[float, str]]
) -> None:
    clock = Clock()
    budgets = Budgets(clock)
    shared = Budget(("site", "wiki"), requests + 2, streams + 1)
    passed: list[tuple[float, str]] = []
    running: list[tuple[str, ExitStack]] = []
    for wait, who in steps:
        clock.now += wait
        if who == "close the oldest":
            for _, held in running[:1]:
                held.close()
            del running[:1]
            continue
        recent = [one for at, one in passed if at > clock.now - MINUTE]
        full = (
            recent.count(who) >= requests
            or len(recent) >= requests + 2
            or [name for name, _ in running].count(who) >= streams
            or len(running) >= streams + 1
        )
        own = Budget(("user", "wiki", who), requests, streams)
        if full:
            with pytest.raises(ProblemError) as problem, budgets.spend([own, shared]):
                pass
            assert problem.value.status == 429
            assert 1 <= (problem.value.retry_after or 0) <= MINUTE
        else:
            held = ExitStack()
            held.enter_context(budgets.spend([own, shared]))
            passed.append((clock.now, who))
            running.append((who, held))


def test_whoever_waits_as_long_as_said_gets_in() -> None:
    clock = Clock()
    budgets = Budgets(clock)
    one = Budget(("address", "192.0.2.1"), 2, 5)
    for _ in range(2):
        with budgets.spend([one]):
            clock.now += 10
    with pytest.raises(ProblemError) as problem, budgets.spend([one]):
        pass
    assert problem.value.retry_after == 40
    clock.now += 40
    with budgets.spend([one]):
        pass


def test_a_failure_gives_the_place_back() -> None:
    budgets = Budgets()
    one = Budget(("address", "192.0.2.1"), 100, 1)
    for _ in range(3):
        with pytest.raises(ZeroDivisionError), budgets.spend([one]):
            raise ZeroDivisionError


def test_a_clock_that_is_set_changes_nothing(monkeypatch: pytest.MonkeyPatch) -> None:
    budgets = Budgets()
    one = Budget(("address", "192.0.2.1"), 2, 5)
    for ahead in (0, -86_400):
        monkeypatch.setattr(time, "time", lambda ahead=ahead: 2e9 + ahead)
        with budgets.spend([one]):
            pass
    monkeypatch.setattr(time, "time", lambda: 3e9)
    with pytest.raises(ProblemError), budgets.spend([one]):
        pass


def test_nobody_is_remembered_for_long() -> None:
    clock = Clock()
    budgets = Budgets(clock)
    for number in range(500):
        with budgets.spend([Budget(("address", str(number)), 5, 5)]):
            clock.now += 1
    seen = budgets._limiter.storage._seen  # type: ignore[attr-defined]
    assert len(seen) <= 2 * MINUTE + 1
    assert not budgets._streams
