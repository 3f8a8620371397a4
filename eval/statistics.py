"""How sure a figure is: intervals by bootstrap over questions, and exact or permuted tests of two systems."""

from collections.abc import Callable, Iterator, Sequence
from dataclasses import dataclass
from itertools import accumulate
from math import comb

import numpy as np
from numpy.typing import NDArray

from eval.case import Ratio

Floats = NDArray[np.float64]

_BLOCK = 2**20  # cells that a block of draws may fill, which bounds memory
_ROUNDING = 1e-10  # differences closer than this are the same one


@dataclass(frozen=True, slots=True)
class Estimate:
    """A metric's value with its 95 % interval, over `n` eligible questions."""

    value: float
    low: float
    high: float
    n: int


def aggregate(scores: Sequence[Ratio | None], seed: int = 0, draws: int = 2000) -> Estimate | None:
    """The sum of hits over the sum of parts, with a percentile bootstrap over the eligible questions.

    None when no question is eligible. A value at the very end of its scale has an interval of no width.
    """
    table = _table(scores)
    table = table[table[:, 1] > 0]
    if not len(table):
        return None
    return _bootstrap(table, lambda sums: sums[..., 0] / sums[..., 1], seed, draws)


def difference(
    a: Sequence[Ratio | None], b: Sequence[Ratio | None], seed: int = 0, draws: int = 2000
) -> Estimate | None:
    """B's value less A's, with a bootstrap that draws each question with both its scores.

    None when A or B has no eligible question; `n` counts the questions eligible for either.
    """
    table = _paired(a, b)
    if not _defined(table.sum(axis=0)):
        return None
    return _bootstrap(table, _gap, seed, draws)


def mcnemar_exact(only_a: int, only_b: int) -> float:
    """The two-sided p of McNemar's exact test, from the questions that one system alone has right."""
    total = only_a + only_b
    tail = sum(comb(total, wins) for wins in range(min(only_a, only_b) + 1))
    return min(1.0, 2 * tail / (1 << total))


def permutation_ratio(
    a: Sequence[Ratio | None], b: Sequence[Ratio | None], draws: int = 10_000, seed: int = 0
) -> float:
    """The two-sided p that two metrics over the same questions differ, by swapping the systems' scores.

    Every swap is tried when there are at most `draws` of them; else the p of random ones counts the observed
    one in, so it is never 0.
    """
    table = _paired(a, b)
    sums = table.sum(axis=0)
    if not _defined(sums):
        return 1.0
    observed = abs(float(_gap(sums)))
    moves = table[:, [2, 3, 0, 1]] - table
    moves = moves[moves.any(axis=1)]
    exact = 2 ** len(moves) <= draws
    swaps = _every_swap(len(moves)) if exact else _random_swaps(len(moves), draws, seed)
    extreme = sum(_as_far(sums + block @ moves, observed) for block in swaps)
    return extreme / 2 ** len(moves) if exact else (extreme + 1) / (draws + 1)


def holm(p_values: Sequence[float]) -> list[float]:
    """The p values after Holm's correction for having made that many tests, in the order given."""
    order = sorted(range(len(p_values)), key=lambda place: p_values[place])
    scaled = [min(1.0, p_values[place] * (len(order) - rank)) for rank, place in enumerate(order)]
    corrected = dict(zip(order, accumulate(scaled, max), strict=True))
    return [corrected[place] for place in range(len(order))]


def _table(scores: Sequence[Ratio | None]) -> Floats:
    """A row of hits and parts for each question, zeros for one that is not eligible."""
    rows = [(score.hits, score.of) if score is not None else (0.0, 0.0) for score in scores]
    return np.array(rows, dtype=np.float64).reshape(-1, 2)


def _paired(a: Sequence[Ratio | None], b: Sequence[Ratio | None]) -> Floats:
    """A row of A's and B's hits and parts for each question that is eligible for either."""
    if len(a) != len(b):
        raise ValueError(f"paired scores must be of the same questions: {len(a)} and {len(b)}")
    table = np.hstack([_table(a), _table(b)])
    return table[(table[:, 1] > 0) | (table[:, 3] > 0)]


def _defined(sums: Floats) -> bool:
    """Whether both systems have parts to divide by."""
    return bool(sums[1] > 0 and sums[3] > 0)


def _gap(sums: Floats) -> Floats:
    """B's ratio less A's, for each row of summed hits and parts; not a number where there are no parts."""
    parts = np.where(sums[..., [1, 3]] > 0, sums[..., [1, 3]], np.nan)
    ratios = sums[..., [0, 2]] / parts
    gap: Floats = ratios[..., 1] - ratios[..., 0]
    return gap


def _bootstrap(table: Floats, statistic: Callable[[Floats], Floats], seed: int, draws: int) -> Estimate:
    """The statistic of the table's sums, with the middle 95 % of it over tables drawn from the rows."""
    rng = np.random.default_rng(seed)
    n = len(table)
    values = [
        statistic(table[rng.integers(n, size=(size, n))].sum(axis=1))
        for size in _blocks(draws, n * table.shape[1])
    ]
    low, high = np.nanpercentile(np.concatenate(values), [2.5, 97.5])
    return Estimate(float(statistic(table.sum(axis=0))), float(low), float(high), n)


def _blocks(draws: int, width: int) -> Iterator[int]:
    """Sizes that add up to the draws, each small enough for a block of this width."""
    size = max(1, _BLOCK // max(1, width))
    for done in range(0, draws, size):
        yield min(size, draws - done)


def _every_swap(n: int) -> Iterator[Floats]:
    """All ways to swap n questions, a row each: the bits of the numbers below 2**n."""
    yield (np.arange(2**n)[:, None] >> np.arange(n) & 1).astype(np.float64)


def _random_swaps(n: int, draws: int, seed: int) -> Iterator[Floats]:
    """Blocks of random ways to swap n questions, a row each."""
    rng = np.random.default_rng(seed)
    for size in _blocks(draws, n):
        yield rng.integers(2, size=(size, n), dtype=np.int8).astype(np.float64)


def _as_far(sums: Floats, observed: float) -> int:
    """How many rows differ at least as much as was observed; to be safe, one without parts does."""
    return int(np.count_nonzero(~(np.abs(_gap(sums)) < observed - _ROUNDING)))
