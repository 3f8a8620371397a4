"""Compares two systems over the same questions: each metric, how sure the difference is, and what changed."""

from collections.abc import Callable, Mapping, Sequence
from dataclasses import dataclass, replace
from typing import Literal

from eval.case import Case, Ratio
from eval.metrics import METRICS, Metric
from eval.statistics import Estimate, aggregate, difference, holm, mcnemar_exact, permutation_ratio
from index.errors import BadInputError

Test = Literal["mcnemar", "permutation"]

_HEAD = ("metric", "n", "A", "B", "B - A", "95 %", "p", "p (Holm)", "B higher", "A higher")


@dataclass(frozen=True, slots=True)
class Flip:
    """A question on which the two systems score differently, with what each said."""

    id: str
    question: str
    a: str
    b: str


@dataclass(frozen=True, slots=True)
class Difference:
    """One metric of both systems over the questions they share.

    `gap` is B's value less A's. `p` is of McNemar's exact test where every question is right or wrong for
    both, else of a permutation test; `p_holm` is corrected for the number of metrics. `higher` are the
    questions where B scores higher than A, `lower` where it scores lower; for some metrics lower is better.
    """

    metric: str
    a: Estimate
    b: Estimate
    gap: Estimate
    test: Test
    p: float
    p_holm: float
    higher: tuple[Flip, ...]
    lower: tuple[Flip, ...]


@dataclass(frozen=True, slots=True)
class Comparison:
    """Two systems side by side, with the ids of the questions that only one of them was asked."""

    differences: tuple[Difference, ...]
    n: int
    only_a: tuple[str, ...]
    only_b: tuple[str, ...]


def compare(
    a: Sequence[Case],
    b: Sequence[Case],
    articles: Mapping[str, str],
    metrics: Mapping[str, Metric] = METRICS,
    seed: int = 0,
) -> Comparison:
    """Compare B with A over the questions both were asked; a metric without cases of both is left out."""
    in_a, in_b = _by_id(a), _by_id(b)
    pairs = [(case, in_b[name]) for name, case in in_a.items() if name in in_b]
    for first, second in pairs:
        if first.gold != second.gold:
            raise BadInputError(f"question {first.gold.id!r} differs in the two runs; use the same gold set")
    found = [_difference(name, score, pairs, articles, seed) for name, score in metrics.items()]
    return Comparison(
        differences=_corrected([one for one in found if one is not None]),
        n=len(pairs),
        only_a=tuple(name for name in in_a if name not in in_b),
        only_b=tuple(name for name in in_b if name not in in_a),
    )


def rows(comparison: Comparison) -> list[tuple[str, ...]]:
    """The metrics as rows of a table, the head first."""
    return [_HEAD, *(_row(one) for one in comparison.differences)]


def to_text(comparison: Comparison, flips: str = "trust") -> str:
    """The table, then the questions on which the metric named `flips` changed."""
    table = rows(comparison)
    widths = [max(map(len, column)) for column in zip(*table, strict=True)]
    lines = [_aligned(row, widths) for row in table]
    for one in comparison.differences:
        if one.metric == flips:
            lines += _listed(f"{one.metric} higher in B", one.higher)
            lines += _listed(f"{one.metric} lower in B", one.lower)
    for system, ids in (("A", comparison.only_a), ("B", comparison.only_b)):
        if ids:
            lines += ["", f"only in {system} ({len(ids)}): {', '.join(ids)}"]
    return "\n".join(lines)


def _by_id(cases: Sequence[Case]) -> dict[str, Case]:
    """The cases by the id of their question, each of which must be its own."""
    found: dict[str, Case] = {}
    for case in cases:
        if case.gold.id in found:
            raise BadInputError(f"question {case.gold.id!r} is in a run twice; keep one of its cases")
        found[case.gold.id] = case
    return found


def _difference(
    name: str,
    score: Metric,
    pairs: Sequence[tuple[Case, Case]],
    articles: Mapping[str, str],
    seed: int,
) -> Difference | None:
    """One metric of both systems; None when one of them has no eligible case."""
    in_a = [score(first, articles) for first, _ in pairs]
    in_b = [score(second, articles) for _, second in pairs]
    a, b, gap = aggregate(in_a, seed), aggregate(in_b, seed), difference(in_a, in_b, seed)
    if a is None or b is None or gap is None:
        return None
    higher = _flips(pairs, in_a, in_b, lambda before, after: after > before)
    lower = _flips(pairs, in_a, in_b, lambda before, after: after < before)
    if _right_or_wrong(in_a, in_b):
        p = mcnemar_exact(len(lower), len(higher))
        return Difference(name, a, b, gap, "mcnemar", p, p, higher, lower)
    p = permutation_ratio(in_a, in_b, seed=seed)
    return Difference(name, a, b, gap, "permutation", p, p, higher, lower)


def _corrected(differences: Sequence[Difference]) -> tuple[Difference, ...]:
    """The differences with p values corrected for their number."""
    corrected = holm([one.p for one in differences])
    return tuple(replace(one, p_holm=p) for one, p in zip(differences, corrected, strict=True))


def _flips(
    pairs: Sequence[tuple[Case, Case]],
    in_a: Sequence[Ratio | None],
    in_b: Sequence[Ratio | None],
    changed: Callable[[float, float], bool],
) -> tuple[Flip, ...]:
    """The questions, eligible for both systems, whose scores changed so."""
    return tuple(
        Flip(first.gold.id, first.gold.question, _said(first), _said(second))
        for (first, second), before, after in zip(pairs, in_a, in_b, strict=True)
        if before and after and changed(before.hits * after.of, after.hits * before.of)
    )


def _right_or_wrong(in_a: Sequence[Ratio | None], in_b: Sequence[Ratio | None]) -> bool:
    """Whether the same questions are eligible for both systems, and each is right or wrong."""
    same = all((before is None) == (after is None) for before, after in zip(in_a, in_b, strict=True))
    scores = [score for score in (*in_a, *in_b) if score is not None]
    return same and all(score.of == 1 and score.hits in {0, 1} for score in scores)


def _said(case: Case) -> str:
    """What the system said, or how it failed."""
    return case.answer["answer"] if case.answer is not None else f"failed: {case.error}"


def _row(one: Difference) -> tuple[str, ...]:
    """A metric's cells."""
    return (
        one.metric,
        str(one.gap.n),
        f"{one.a.value:.3f}",
        f"{one.b.value:.3f}",
        f"{one.gap.value:+.3f}",
        f"{one.gap.low:+.3f} to {one.gap.high:+.3f}",
        f"{one.p:.3f}",
        f"{one.p_holm:.3f}",
        str(len(one.higher)),
        str(len(one.lower)),
    )


def _aligned(row: Sequence[str], widths: Sequence[int]) -> str:
    """A line of the table: names to the left, figures to the right."""
    cells = [
        row[0].ljust(widths[0]),
        *(cell.rjust(width) for cell, width in zip(row[1:], widths[1:], strict=True)),
    ]
    return "  ".join(cells)


def _listed(title: str, flips: Sequence[Flip]) -> list[str]:
    """The questions that changed, with what each system said."""
    lines = ["", f"{title} ({len(flips)})"]
    for flip in flips:
        lines += [f"  {flip.id}: {flip.question}", f"    A: {flip.a}", f"    B: {flip.b}"]
    return lines
