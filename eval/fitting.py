"""Learns from examples how signals become a confidence, and from what on a thing is shown."""

import math
from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass
from datetime import date
from itertools import product
from typing import TYPE_CHECKING

from rag.judgement import ANSWER_SIGNALS, QUOTE_SIGNALS, Bar, Decision, Scale

if TYPE_CHECKING:
    import numpy as np
    from numpy.typing import NDArray

FOLDS, REPEATS, SEED, STRENGTH = 8, 5, 0, 0.5
WRITTEN_FROM = 0.05
"""Chance of the best sentence under which nothing is written; no example that lies lower was answered."""
FLOORED = "faithful"
"""What must reach a floor besides, because evidence should not outweigh it."""
AT_ONCE = Bar(threshold=0.5, least={FLOORED: 0.0})
"""What the model wrote is shown at once where it is likelier right than not, by all signals and by this one.

A higher bar has been as good: then more is quoted, which is longer.
"""

_THRESHOLDS = tuple(round(0.05 * step, 2) for step in range(2, 20))
_FLOORS = tuple(round(step / 6 - 4, 3) for step in range(31))
"""Where the other thresholds and floors are sought."""


@dataclass(frozen=True, slots=True)
class Candidate:
    """Something that could be shown: its signals, and whether it would be right."""

    signals: Mapping[str, float]
    right: bool


@dataclass(frozen=True, slots=True)
class Example:
    """One question with what the closed product could have shown: what it wrote, and what it would quote.

    `sampled` tells the questions of others.
    """

    answerable: bool
    answer: Candidate | None
    quote: Candidate | None
    sampled: bool = False


@dataclass(frozen=True, slots=True)
class _Tried:
    """A quote's threshold and the bar where there is no quote; what each question adds to the trust score."""

    outcomes: "NDArray[np.float64]"
    quote_from: float
    unquoted: Bar


def fit(examples: Sequence[Example], gold: Sequence[str], model: str) -> tuple[Decision, float]:
    """The decision, and its cross-validated trust score: the mean of that on our examples and on others."""
    import numpy as np

    answer, answer_chances = _fit_one([one.answer for one in examples], ANSWER_SIGNALS)
    quote, quote_chances = _fit_one([one.quote for one in examples], QUOTE_SIGNALS)
    floored = np.array([_signal(one.answer, FLOORED) for one in examples])
    written = np.array([_gain(one.answer) for one in examples])
    quotes = np.array([_gain(one.quote) for one in examples])
    refused = np.array([float(not one.answerable) for one in examples])

    def reaching(bar: Bar) -> "NDArray[np.bool_]":
        reached: NDArray[np.bool_] = (answer_chances >= bar.threshold) & (floored >= bar.least[FLOORED])
        return reached

    shown = reaching(AT_ONCE)

    def tried() -> Iterator[_Tried]:
        for bar in _bars():
            second = reaching(bar)
            for quote_from in _THRESHOLDS:
                quoted = quote_chances >= quote_from
                outcomes = np.select([shown, quoted, second], [written, quotes, written], refused)
                yield _Tried(outcomes, quote_from, bar)

    best, trust = _most_trusted(examples, tried())
    decision = Decision(
        written_from=WRITTEN_FROM,
        answer=answer.model_copy(update=AT_ONCE.model_dump() | {"unquoted": best.unquoted}),
        quote=quote.model_copy(update={"threshold": best.quote_from}),
        provenance={
            "date": date.today().isoformat(),
            "model": model,
            "gold": ", ".join(gold),
            "questions": len(examples),
            "answers": sum(one.answer is not None for one in examples),
            "right": sum(one.answer is not None and one.answer.right for one in examples),
            "trust_cross_validated": round(trust, 4),
        },
    )
    return decision, trust


def _bars() -> Iterator[Bar]:
    for threshold, least in product(_THRESHOLDS, _FLOORS):
        yield Bar(threshold=threshold, least={FLOORED: least})


def _fit_one(
    candidates: Sequence[Candidate | None], names: Sequence[str]
) -> "tuple[Scale, NDArray[np.float64]]":
    """The scale, and the cross-validated chance of each candidate; -1 where there is none."""
    import numpy as np
    from sklearn.linear_model import LogisticRegression
    from sklearn.model_selection import StratifiedKFold, cross_val_predict

    there = [row for row, one in enumerate(candidates) if one is not None]
    known = [one for one in candidates if one is not None]
    rows = np.array([[one.signals[name] for name in names] for one in known])
    right = np.array([one.right for one in known])
    model = LogisticRegression(C=STRENGTH, max_iter=1000)
    folds = [StratifiedKFold(FOLDS, shuffle=True, random_state=SEED + turn) for turn in range(REPEATS)]
    runs = [cross_val_predict(model, rows, right, cv=fold, method="predict_proba")[:, 1] for fold in folds]
    chances = np.full(len(candidates), -1.0)
    chances[there] = np.mean(runs, axis=0)
    model.fit(rows, right)
    weights = {name: round(float(weight), 4) for name, weight in zip(names, model.coef_[0], strict=True)}
    return Scale(intercept=round(float(model.intercept_[0]), 4), weights=weights, threshold=0), chances


def _signal(candidate: Candidate | None, name: str) -> float:
    return candidate.signals[name] if candidate is not None else -math.inf


def _gain(candidate: Candidate | None) -> float:
    """What showing it adds to the trust score."""
    return 1.0 if candidate is not None and candidate.right else -1.0


def _most_trusted(examples: Sequence[Example], tried: Iterator[_Tried]) -> tuple[_Tried, float]:
    """What was tried with the best trust score, to a thousandth, and that score.

    Of those with the same one that with the most right answers, and of these the one that holds back least.
    """
    import numpy as np

    answerable = np.array([one.answerable for one in examples])
    sampled = np.array([one.sampled for one in examples])
    groups = [group for group in (~sampled, sampled) if group.any()]

    def trust(one: _Tried) -> float:
        return float(np.mean([one.outcomes[group].mean() for group in groups]))

    def worth(one: _Tried) -> tuple[float, int, float]:
        right = int((one.outcomes[answerable] == 1).sum())
        return round(trust(one), 3), right, -one.unquoted.threshold - one.unquoted.least[FLOORED]

    best = max(tried, key=worth)
    return best, trust(best)


def to_toml(decision: Decision) -> str:
    """The decision as the file that `rag.judgement` reads."""
    import tomlkit

    told = decision.model_dump(exclude_none=True, exclude_defaults=True)
    return f"# Written by `python -m eval.calibrate`.\n\n{tomlkit.dumps(told)}"
