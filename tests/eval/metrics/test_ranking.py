from collections.abc import Callable
from math import log2

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from eval.case import Case
from eval.metrics import METRICS

Make = Callable[..., Case]
Value = Callable[..., tuple[float, float] | None]
Span = tuple[str, int, int]

YEAR, COSTS, COLOURS = ("car.txt", 0, 22), ("car.txt", 23, 45), ("car.txt", 46, 72)
VAN = ("van.txt", 0, 22)
ONE = {"answers": ["x"], "evidence": ["in 2028."]}
TWO = {"answers": ["x"], "evidence": ["in 2028.", "20,000"]}
RANKED = ("recall_at_1", "recall_at_3", "recall_at_5", "recall_at_10", "mrr", "ndcg_10")


@pytest.mark.parametrize(
    ("gold", "ranking", "expected"),
    [
        (ONE, [YEAR, COSTS], (1, 1, 1, 1, 1, 1)),
        (ONE, [COSTS, YEAR], (0, 1, 1, 1, 1 / 2, 1 / log2(3))),
        (ONE, [COSTS, VAN, COLOURS, YEAR], (0, 0, 1, 1, 1 / 4, 1 / log2(5))),
        (ONE, [COSTS] * 10 + [YEAR], (0, 0, 0, 0, 1 / 11, 0)),  # after the tenth, only MRR sees it
        (ONE, [COSTS, VAN], (0, 0, 0, 0, 0, 0)),
        (ONE, [], (0, 0, 0, 0, 0, 0)),
        (ONE, [VAN, ("car.txt", 80, 81)], (0, 1, 1, 1, 1 / 2, 1 / log2(3))),  # its second place
        (ONE, [YEAR, YEAR, ("car.txt", 5, 30)], (1, 1, 1, 1, 1, 1)),  # windows over one sentence count once
        (TWO, [YEAR, COSTS], (1, 1, 1, 1, 1, 1)),
        (TWO, [YEAR, VAN], (1, 1, 1, 1, 1, 1 / (1 + 1 / log2(3)))),  # one piece was missed
        (TWO, [YEAR, YEAR, COSTS], (1, 1, 1, 1, 1, (1 + 1 / log2(4)) / (1 + 1 / log2(3)))),
        (TWO, [("car.txt", 10, 40)], (1, 1, 1, 1, 1, 1)),  # one span over both
    ],
)
def test_one_case(
    make: Make, value: Value, gold: dict[str, list[str]], ranking: list[Span], expected: tuple[float, ...]
) -> None:
    case = make("x", ranking=ranking, **gold)
    for name, hits in zip(RANKED, expected, strict=True):
        assert value(METRICS[name], [case]) == pytest.approx((hits, 1)), name


@pytest.mark.parametrize("name", RANKED)
def test_who_is_eligible(make: Make, value: Value, name: str) -> None:
    assert value(METRICS[name], [make("x", ranking=[YEAR])]) is None  # no evidence to find
    assert value(METRICS[name], [make(ranking=[YEAR], **ONE)]) == (1, 1)  # found, though refused
    assert value(METRICS[name], [make(failed=True, **ONE)]) == (0, 1)


@settings(deadline=None)
@given(ranking=st.lists(st.sampled_from([YEAR, COSTS, COLOURS, VAN, ("car.txt", 10, 40)]), max_size=14))
def test_properties(make: Make, value: Value, ranking: list[Span]) -> None:
    case = make("x", ranking=ranking, **TWO)
    one, three, five, ten, mrr, ndcg = ((value(METRICS[name], [case]) or (9, 9))[0] for name in RANKED)
    assert one <= three <= five <= ten  # looking further never loses
    assert one == (mrr == 1)
    assert ten == (mrr >= 1 / 10) == (ndcg > 0)
    worse = make("x", ranking=[VAN, *ranking], **TWO)
    assert (value(METRICS["mrr"], [worse]) or (9, 9))[0] <= mrr
    assert (value(METRICS["ndcg_10"], [worse]) or (9, 9))[0] <= ndcg
