import json

import pytest
from hypothesis import given
from hypothesis import strategies as st

from eval.bench.measure import Figure, Goal, Measure, Point, gathered, percentile

SECONDS = st.lists(st.floats(1e-4, 1e4), min_size=1, max_size=20)
WAIT = Measure("wait", "waiting", goal=Goal(0.5), point=Point("plot", "curve", 10))
RATE = Measure("rate", "reading", "tokens/s", Goal(6, "at_least"))


def test_rounds_are_gathered_by_measure_in_their_first_order() -> None:
    found = gathered([{WAIT: 1.0}, {RATE: 7.0, WAIT: 2.0}, {WAIT: 3.0}])
    assert found == [Figure(WAIT, (1.0, 2.0, 3.0)), Figure(RATE, (7.0,))]
    assert gathered([]) == []


@given(SECONDS)
def test_the_middle_half_holds_the_median_and_lies_within_the_values(values: list[float]) -> None:
    figure = Figure(WAIT, tuple(values))
    low, high = figure.spread
    assert min(values) <= low <= figure.median <= high <= max(values)


@given(SECONDS, st.sampled_from([50, 95]))
def test_a_percentile_was_measured_and_is_not_exceeded_by_more(values: list[float], part: float) -> None:
    found = percentile(values, part)
    assert found in values
    assert sum(value <= found for value in values) >= part / 100 * len(values)


@pytest.mark.parametrize(
    ("measure", "value", "met"), [(WAIT, 0.5, True), (WAIT, 0.51, False), (RATE, 6, True), (RATE, 5.9, False)]
)
def test_a_goal_is_met_up_to_its_bound(measure: Measure, value: float, met: bool) -> None:
    assert Figure(measure, (value,)).to_json()["met"] is met


def test_a_figure_is_whole_as_json() -> None:
    found = Figure(WAIT, (0.1, 0.2, 0.4)).to_json()
    assert json.loads(json.dumps(found)) == {
        "name": "wait",
        "says": "waiting",
        "unit": "s",
        "median": 0.2,
        "low": 0.15,
        "high": 0.3,
        "values": [0.1, 0.2, 0.4],
        "goal": {"at_most": 0.5},
        "met": True,
        "point": {"plot": "plot", "curve": "curve", "x": 10},
    }
    plain = Figure(Measure("m", "m", "GB"), (1,)).to_json()
    assert (plain["goal"], plain["met"], plain["point"]) == (None, None, None)
