from collections.abc import Callable

from hypothesis import given, settings
from hypothesis import strategies as st

from eval.case import Case
from eval.metrics.seconds import Percentiles, percentiles

Make = Callable[..., Case]


def test_percentiles_are_times_that_were_measured(make: Make) -> None:
    cases = [make("x", timings={"total": float(second), "load": 9.0}) for second in (4, 1, 3, 2)]
    assert percentiles(cases) == {"total": Percentiles(p50=3.0, p95=4.0, n=4)}  # the upper of the middle two


def test_each_timing_has_its_own_n(make: Make) -> None:
    cases = [
        make("x", timings={"retrieve": 0.1, "first_token": 0.5, "total": 2.0}),
        make(timings={"retrieve": 0.2, "total": 1.0}),  # a refusal that needed no token
        make(failed=True),
    ]
    assert percentiles(cases) == {
        "retrieve": Percentiles(0.2, 0.2, 2),
        "first_token": Percentiles(0.5, 0.5, 1),
        "total": Percentiles(2.0, 2.0, 2),
    }


def test_nothing_was_timed(make: Make) -> None:
    assert percentiles([make("x"), make(failed=True)]) == {}


@settings(deadline=None)
@given(times=st.lists(st.floats(0, 100), min_size=1, max_size=60))
def test_no_more_than_their_part_is_slower(make: Make, times: list[float]) -> None:
    found = percentiles([make("x", timings={"total": time}) for time in times])["total"]
    assert found.p50 in times
    assert found.p95 in times
    assert sum(time > found.p50 for time in times) <= 0.5 * len(times)
    assert sum(time > found.p95 for time in times) <= 0.05 * len(times)
