"""How far a system's confidence can be trusted: risk and coverage, the best threshold, and reliability.

An answer's `confidence` (0 to 1, absent from systems that have none) says how likely it is right to answer
the question so. A refusal hides what would have been said: curve, threshold and reliability are of the
questions that were answered, so a system shows its whole curve when it is run with its threshold at 0. What
counts as right is *correct or in quote*.
"""

from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from itertools import groupby

import numpy as np

from eval.case import Case
from eval.metrics import trust
from eval.metrics._outcome import right


@dataclass(frozen=True, slots=True)
class CurvePoint:
    """Answering only from this confidence on: the part of questions answered, and of those the wrong."""

    threshold: float
    coverage: float
    risk: float


@dataclass(frozen=True, slots=True)
class Bin:
    """The `n` answers between two confidences: how sure they were, and what part of them was right."""

    low: float
    high: float
    confidence: float
    right: float
    n: int


@dataclass(frozen=True, slots=True)
class BestThreshold:
    """The confidence below which refusing gives the highest trust score; 0 keeps every answer."""

    threshold: float
    trust: float


@dataclass(frozen=True, slots=True)
class Calibration:
    """A system's confidence, measured over the `n` cases that state one.

    `aurc` is the area under the risk-coverage curve (less is better) and `ece` the expected calibration
    error; both are None without answers. `auc` says how well confidence tells answerable questions from
    others; None without both.
    """

    n: int
    curve: tuple[CurvePoint, ...]
    aurc: float | None
    best: BestThreshold
    auc: float | None
    bins: tuple[Bin, ...]
    ece: float | None


@dataclass(frozen=True, slots=True)
class _Sure:
    """A case with the confidence it states, and what it earned."""

    confidence: float
    answered: bool
    answerable: bool
    right: bool
    trust: float


def calibration(cases: Iterable[Case], bins: int = 10) -> Calibration | None:
    """Everything that the stated confidences tell; None when no case states one."""
    sure = [_sure(case, case.answer["confidence"]) for case in cases if case.answer and _stated(case.answer)]
    if not sure:
        return None
    answers = sorted((one for one in sure if one.answered), key=lambda one: -one.confidence)
    curve = _curve(answers, len(sure))
    filled = _bins(answers, bins)
    return Calibration(
        n=len(sure),
        curve=curve,
        aurc=_area(curve),
        best=_best(sure),
        auc=_auc(sure),
        bins=filled,
        ece=_error(filled),
    )


def _stated(answer: dict[str, object]) -> bool:
    """Whether the answer states a confidence."""
    return answer.get("confidence") is not None


def _sure(case: Case, confidence: float) -> _Sure:
    """The case as far as its confidence is concerned."""
    if not 0 <= confidence <= 1:
        raise ValueError(f"{case.gold.id}: a confidence is from 0 to 1, not {confidence}")
    earned = trust.score(case, {})
    return _Sure(
        confidence=confidence,
        answered=case.answered,
        answerable=case.gold.answerable,
        right=right(case),
        trust=earned.hits if earned is not None else 0.0,
    )


def _curve(answers: Sequence[_Sure], n: int) -> tuple[CurvePoint, ...]:
    """A point for each distinct confidence of the answers, which come surest first."""
    points = []
    covered = wrong = 0
    for threshold, group in groupby(answers, key=lambda one: one.confidence):
        for one in group:
            covered += 1
            wrong += not one.right
        points.append(CurvePoint(threshold, covered / n, wrong / covered))
    return tuple(points)


def _area(curve: Sequence[CurvePoint]) -> float | None:
    """The mean risk over the coverages reached (Geifman, El-Yaniv 2017); ties share theirs."""
    if not curve:
        return None
    steps = np.diff([0.0, *(point.coverage for point in curve)])
    return float(np.average([point.risk for point in curve], weights=steps))


def _best(sure: Sequence[_Sure]) -> BestThreshold:
    """The lowest of the thresholds that are best, of 0 and those just above an answer's confidence."""
    answers = sorted((one for one in sure if one.answered), key=lambda one: one.confidence)
    total = sum(one.trust for one in sure)
    best = BestThreshold(0.0, total / len(sure))
    for confidence, group in groupby(answers, key=lambda one: one.confidence):
        total += sum((not one.answerable) - one.trust for one in group)
        if total / len(sure) > best.trust:
            best = BestThreshold(float(np.nextafter(confidence, np.inf)), total / len(sure))
    return best


def _auc(sure: Sequence[_Sure]) -> float | None:
    """How often an answerable question has more confidence than another one, ties counted half."""
    yes = np.array([one.confidence for one in sure if one.answerable])
    no = np.array([one.confidence for one in sure if not one.answerable])
    if not len(yes) or not len(no):
        return None
    gaps = yes[:, None] - no
    return float(np.mean((gaps > 0) + 0.5 * (gaps == 0)))


def _bins(answers: Sequence[_Sure], bins: int) -> tuple[Bin, ...]:
    """The answers by confidence, in bins of equal width; empty ones are left out."""
    filled = []
    places = [min(int(one.confidence * bins), bins - 1) for one in answers]
    for place in range(bins):
        group = [one for one, where in zip(answers, places, strict=True) if where == place]
        if group:
            confidence = sum(one.confidence for one in group) / len(group)
            rate = sum(one.right for one in group) / len(group)
            filled.append(Bin(place / bins, (place + 1) / bins, confidence, rate, len(group)))
    return tuple(filled)


def _error(bins: Sequence[Bin]) -> float | None:
    """The expected calibration error: how far confidence and right answers are apart, by answers."""
    if not bins:
        return None
    gaps = [abs(one.confidence - one.right) for one in bins]
    return float(np.average(gaps, weights=[one.n for one in bins]))
