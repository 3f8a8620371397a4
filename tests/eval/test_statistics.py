from collections.abc import Sequence
from itertools import product

import numpy as np
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st
from scipy import stats

from eval.case import Ratio
from eval.statistics import (
    Estimate,
    aggregate,
    difference,
    holm,
    mcnemar_exact,
    permutation_ratio,
)

ratios = st.one_of(
    st.none(), st.tuples(st.integers(0, 3), st.integers(0, 3)).map(lambda pair: Ratio(pair[0], sum(pair)))
)


def _bits(right: int, wrong: int) -> list[Ratio | None]:
    return [Ratio(1.0) if place < right else Ratio(0.0) for place in range(right + wrong)]


def test_the_value_is_the_sum_of_hits_over_the_sum_of_parts() -> None:
    estimate = aggregate([Ratio(1, 2), None, Ratio(0), Ratio(3, 3), Ratio(0, 0)])
    assert estimate is not None
    assert (estimate.value, estimate.n) == (4 / 6, 3)


@pytest.mark.parametrize("scores", [[], [None, None], [Ratio(0, 0)]])
def test_no_eligible_question_has_no_value(scores: list[Ratio | None]) -> None:
    assert aggregate(scores) is None
    assert difference(scores, scores) is None
    assert permutation_ratio(scores, scores) == 1


def test_the_same_seed_gives_the_same_interval() -> None:
    scores = _bits(30, 20)
    assert aggregate(scores, seed=1) == aggregate(scores, seed=1)
    assert aggregate(scores, seed=1, draws=99) != aggregate(scores, seed=2, draws=99)


def test_a_question_that_is_not_eligible_changes_nothing() -> None:
    assert aggregate([None, *_bits(3, 2), None]) == aggregate(_bits(3, 2))


def test_a_value_at_the_end_of_its_scale_has_no_width() -> None:
    assert aggregate(_bits(5, 0)) == Estimate(1.0, 1.0, 1.0, 5)
    assert aggregate([Ratio(-1.0)]) == Estimate(-1.0, -1.0, -1.0, 1)


def test_the_interval_of_a_part_is_that_of_the_normal_approximation() -> None:
    estimate = aggregate(_bits(160, 40), draws=20_000)
    assert estimate is not None
    half = 1.96 * (0.8 * 0.2 / 200) ** 0.5  # 5.5 points at n = 200
    assert estimate.low == pytest.approx(0.8 - half, abs=0.006)
    assert estimate.high == pytest.approx(0.8 + half, abs=0.006)


def test_the_bootstrap_is_that_of_scipy() -> None:
    rng = np.random.default_rng(0)
    of = rng.integers(1, 4, 60)
    hits = rng.binomial(of, 0.7)
    ours = aggregate([Ratio(float(h), float(n)) for h, n in zip(hits, of, strict=True)], draws=20_000)
    theirs = stats.bootstrap(
        (hits, of),
        lambda h, n, axis: h.sum(axis) / n.sum(axis),
        paired=True,
        vectorized=True,
        n_resamples=20_000,
        method="percentile",
        rng=np.random.default_rng(1),
    ).confidence_interval
    assert ours is not None
    assert (ours.low, ours.high) == pytest.approx((theirs.low, theirs.high), abs=0.005)


@settings(deadline=None)
@given(scores=st.lists(ratios, max_size=12))
def test_interval_bounds(scores: list[Ratio | None]) -> None:
    estimate = aggregate(scores, draws=100)
    if estimate is not None:
        each = [score.hits / score.of for score in scores if score and score.of]
        assert estimate.n == len(each)
        assert min(each) - 1e-9 <= estimate.low <= estimate.high <= max(each) + 1e-9
        assert min(each) - 1e-9 <= estimate.value <= max(each) + 1e-9


def test_memory_is_bounded_without_changing_the_figures(monkeypatch: pytest.MonkeyPatch) -> None:
    scores = _bits(30, 20)
    moved = _bits(10, 40)
    whole = aggregate(scores), difference(scores, moved), permutation_ratio(scores, moved, draws=500)
    monkeypatch.setattr("eval.statistics._BLOCK", 999)
    parts = aggregate(scores), difference(scores, moved), permutation_ratio(scores, moved, draws=500)
    assert parts[:2] == whole[:2]
    assert parts[2] == pytest.approx(whole[2], abs=0.01)


def test_the_difference_is_paired() -> None:
    a = _bits(20, 20)
    better = [*_bits(20, 0), *_bits(4, 16)]  # the same questions and four more
    gap, apart = difference(a, better), difference(a, a)
    assert gap is not None
    assert gap.value == pytest.approx(0.1)
    assert gap.low > 0  # no question got worse, so the interval leaves 0 out
    assert apart == Estimate(0.0, 0.0, 0.0, 40)


def test_the_difference_of_ratios() -> None:
    gap = difference([Ratio(1, 2), None, None], [None, Ratio(3, 3), None])
    assert gap is not None
    assert (gap.value, gap.n) == (1 - 1 / 2, 2)


@settings(deadline=None)
@given(a=st.integers(0, 60), b=st.integers(0, 60))
def test_mcnemar_is_the_binomial_test_of_scipy(a: int, b: int) -> None:
    expected = stats.binomtest(a, a + b).pvalue if a + b else 1.0
    assert mcnemar_exact(a, b) == pytest.approx(expected)
    assert mcnemar_exact(a, b) == mcnemar_exact(b, a)


def test_mcnemar_by_hand() -> None:
    assert mcnemar_exact(0, 5) == 2 / 32
    assert mcnemar_exact(1, 5) == 2 * (1 + 6) / 64
    assert mcnemar_exact(3, 3) == 1
    assert 0 < mcnemar_exact(400, 1000) < 1e-50


def of_means(a: Sequence[float], b: Sequence[float], draws: int = 10_000) -> float:
    return permutation_ratio([Ratio(value) for value in a], [Ratio(value) for value in b], draws)


def test_permutations_by_hand() -> None:
    assert of_means([0, 0, 0], [1, 1, 1]) == 2 / 8  # all one way, or all the other
    assert of_means([0, 0, 0, 5], [1, 1, 1, 5]) == 2 / 8  # a tie tells nothing
    assert of_means([0.1, 0.2], [0.1, 0.2]) == 1
    # Of +0.7 -0.1 +0.5 with signs flipped, |sum| is 1.1 or more in 4 of 8, whatever the rounding.
    assert of_means([0.0, 0.8, 0.3], [0.7, 0.7, 0.8]) == 4 / 8
    # 2/3 and 1 as they are, and the other way round with the first question swapped: never nearer.
    assert permutation_ratio([Ratio(1, 2), Ratio(1)], [Ratio(1), Ratio(1)]) == 1


@settings(deadline=None)
@given(
    st.lists(st.tuples(st.integers(-4, 4), st.integers(-4, 4)), min_size=2, max_size=8).filter(
        lambda pairs: any(one != other for one, other in pairs)
    )
)
def test_exact_permutations_are_those_of_scipy(pairs: list[tuple[int, int]]) -> None:
    a, b = zip(*pairs, strict=True)
    expected = stats.permutation_test(
        (a, b),
        lambda x, y, axis: np.mean(y, axis) - np.mean(x, axis),
        permutation_type="samples",
        vectorized=True,
        n_resamples=np.inf,
    ).pvalue
    assert of_means(a, b) == pytest.approx(expected)


def test_random_permutations_are_near_the_exact_ones() -> None:
    rng = np.random.default_rng(0)
    a, b = rng.normal(0, 1, 12), rng.normal(0.6, 1, 12)
    exact = of_means(a.tolist(), b.tolist(), draws=2**12)
    assert 0.02 < exact < 0.5
    assert of_means(a.tolist(), b.tolist(), draws=2**12 - 1) == pytest.approx(exact, abs=0.03)


def test_a_random_p_is_never_zero() -> None:
    assert of_means([0.0] * 40, [1.0] * 40, draws=999) == 1 / 1000


def test_swapped_ratios_keep_their_parts() -> None:
    a = [Ratio(1, 4), Ratio(0, 1), None, Ratio(2, 2)]
    b = [Ratio(2, 2), Ratio(1, 1), Ratio(1, 1), Ratio(1, 3)]
    rows = [[(x.hits, x.of) if x else (0, 0) for x in side] for side in (a, b)]
    observed = abs(3 / 7 - 5 / 7)
    gaps = []
    for swap in product([0, 1], repeat=4):
        sums = [np.sum([rows[side ^ s][i] for i, s in enumerate(swap)], axis=0) for side in (0, 1)]
        gaps.append(abs(sums[0][0] / sums[0][1] - sums[1][0] / sums[1][1]))
    assert permutation_ratio(a, b) == sum(gap >= observed - 1e-9 for gap in gaps) / 16


def test_paired_scores_must_be_of_the_same_questions() -> None:
    with pytest.raises(ValueError, match="1 and 2"):
        difference([None], [None, None])


def test_holm_by_hand() -> None:
    assert holm([0.01, 0.04, 0.03]) == pytest.approx([0.03, 0.06, 0.06])  # 3 x 0.01, 2 x 0.03, then no less
    assert holm([0.5, 0.9]) == [1, 1]
    assert holm([]) == []


@settings(deadline=None)
@given(st.lists(st.floats(0, 1), max_size=8))
def test_holm_never_lowers_a_p(values: list[float]) -> None:
    corrected = holm(values)
    assert all(before <= after <= 1 for before, after in zip(values, corrected, strict=True))
    assert sorted(corrected) == [after for _, after in sorted(zip(values, corrected, strict=True))]
