import threading

import pytest
from hypothesis import given
from hypothesis import strategies as st

from ui.line import Line
from ui.problems import ProblemError


@given(st.integers(0, 4), st.lists(st.sampled_from(["join", "leave", "done"]), max_size=40))
def test_the_first_to_come_is_the_first_served_and_all_know_their_place(limit: int, steps: list[str]) -> None:
    told: dict[int, int] = {}
    line: Line[int] = Line(limit, told.__setitem__)
    expected: list[int] = []  # the one being served, then those who wait
    for number, step in enumerate(steps):
        if step == "join" and len(expected) <= limit:
            line.join(number)
            expected.append(number)
        elif step == "join":
            with pytest.raises(ProblemError) as refusal:
                line.join(number)
            assert refusal.value.code == "busy"
        elif step == "leave" and expected:
            leaving = expected[-1]
            line.leave(leaving)
            if len(expected) > 1:
                expected.pop()
        elif step == "done" and expected:
            line.done(1.0)
            expected.pop(0)
        assert line.served == (expected[0] if expected else None)
        assert line.waiting == max(0, len(expected) - 1)
        assert line.is_full == (len(expected) > limit)
        assert [told[waiting] for waiting in expected[1:]] == list(range(1, len(expected)))


def test_who_is_refused_learns_how_long_the_line_takes() -> None:
    line: Line[str] = Line(2, lambda item, place: None)
    for item in "abc":
        line.join(item)
    with pytest.raises(ProblemError) as refusal:
        line.join("d")
    assert refusal.value.retry_after == 6  # three answers of about two seconds
    for _ in range(3):
        line.done(22.0)
    for item in "abc":
        line.join(item)
    with pytest.raises(ProblemError) as later:
        line.join("d")
    assert (later.value.retry_after or 0) > 20


def test_a_closed_line_lets_nobody_in_and_names_who_waited() -> None:
    line: Line[str] = Line(3, lambda item, place: None)
    for item in "abc":
        line.join(item)
    assert line.close() == ("b", "c")
    assert line.close() == ()
    with pytest.raises(ProblemError, match="shutting down"):
        line.join("d")
    assert line.next() == "a"
    line.done(0.1)
    assert line.next() is None


def test_who_serves_waits_until_there_is_somebody() -> None:
    line: Line[str] = Line(0, lambda item, place: None)
    served: list[str | None] = []
    server = threading.Thread(target=lambda: served.append(line.next()))
    server.start()
    line.join("a")
    server.join(5)
    assert served == ["a"]
