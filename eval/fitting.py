"""Learns from examples how signals become a confidence, and from what on a thing is shown."""

import math
from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass
from datetime import date
from itertools import product
from typing import TYPE_CHECKING

from rag.judgement import ANSWER_SIGNALS, QUOTE_SIGNALS, Decision, Scale

if TYPE_CHECKING:
    import numpy as np
    from numpy.typing import NDArray

FOLDS, REPEATS, SEED, STRENGTH = 8, 5, 0, 0.5
REFUSED, REFUSED_OF_OTHERS = 0.95, 0.8
"""Share of our questions without an answer that must be refused, and of others, which mean to mislead; on
test questions the former comes out a tenth lower, because the product was developed on ours."""
ANSWERED_FROM = 0.3
"""Confidence that a written answer needs."""
WRITTEN_FROM = 0.05
"""Chance of the best sentence under which nothing is written; no example that lies lower was answered."""
FLOORS = {"stated": (0.0, 3.0), "faithful": (-4.0, 1.0)}
"""What must reach a floor besides, because evidence should not outweigh it, and where the floor is sought."""


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
    """Floors and a quote's threshold, and what showing by them adds to the trust score of each question."""

    outcomes: "NDArray[np.float64]"
    floors: Mapping[str, float]
    quote_from: float


def fit(examples: Sequence[Example], gold: Sequence[str], model: str) -> tuple[Decision, float]:
    """The decision, and its cross-validated trust score on our examples."""
    import numpy as np

    answer, answer_chances = _fit_one([one.answer for one in examples], ANSWER_SIGNALS)
    quote, quote_chances = _fit_one([one.quote for one in examples], QUOTE_SIGNALS)
    floored = {name: np.array([_signal(one.answer, name) for one in examples]) for name in FLOORS}
    sure = answer_chances >= ANSWERED_FROM
    gains = [
        np.array([_gain(one.answer) for one in examples]),
        np.array([_gain(one.quote) for one in examples]),
    ]
    refused = np.array([float(not one.answerable) for one in examples])

    def tried() -> Iterator[_Tried]:
        for least in product(*(_steps(*ends) for ends in FLOORS.values())):
            floors = dict(zip(FLOORS, least, strict=True))
            shown = np.logical_and.reduce([sure, *(floored[name] >= floors[name] for name in floors)])
            for quote_from in _steps(0.1, 0.96):
                outcomes = np.select([shown, quote_chances >= quote_from], gains, refused)
                yield _Tried(outcomes, floors, quote_from)

    best = _most_right(examples, tried())
    ours = np.array([not one.sampled for one in examples])
    trust = float(best.outcomes[ours].mean())
    decision = Decision(
        written_from=WRITTEN_FROM,
        answer=answer.model_copy(update={"threshold": ANSWERED_FROM, "least": best.floors}),
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


def _steps(first: float, last: float) -> list[float]:
    import numpy as np

    return [round(float(step), 3) for step in np.linspace(first, last, 31)]


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


def _most_right(examples: Sequence[Example], tried: Iterator[_Tried]) -> _Tried:
    """Of what was tried, that with the most right answers and enough refusals.

    Of those with the same trust score, to a hundredth, the one whose floors hold back the least.
    """
    import numpy as np

    answerable = np.array([one.answerable for one in examples])
    sampled = np.array([one.sampled for one in examples])

    def refuses_enough(outcomes: "NDArray[np.float64]") -> bool:
        groups = ((~sampled, REFUSED), (sampled, REFUSED_OF_OTHERS))
        found = [(outcomes[~answerable & group] == 1, share) for group, share in groups]
        return all(refused.sum() >= share * len(refused) for refused, share in found)

    careful = (one for one in tried if refuses_enough(one.outcomes))

    def worth(one: _Tried) -> tuple[int, float, float]:
        right = int((one.outcomes[answerable] == 1).sum())
        return right, round(float(one.outcomes.mean()), 2), -sum(one.floors.values())

    return max(careful, key=worth)


def to_toml(decision: Decision) -> str:
    """The decision as the file that `rag.judgement` reads."""
    lines = ["# Written by `python -m eval.calibrate`.", "", f"written_from = {decision.written_from}"]
    for name, scale in (("answer", decision.answer), ("quote", decision.quote)):
        lines += ["", f"[{name}]", f"intercept = {scale.intercept}", f"threshold = {scale.threshold}"]
        lines += [f"weights = {_inline(scale.weights)}"]
        lines += [f"least = {_inline(scale.least)}"] if scale.least else []
    lines += ["", "[provenance]"]
    for key, value in decision.provenance.items():
        lines.append(f'{key} = "{value}"' if isinstance(value, str) else f"{key} = {value}")
    return "\n".join(lines) + "\n"


def _inline(values: Mapping[str, float]) -> str:
    return f"{{ {', '.join(f'{key} = {value}' for key, value in values.items())} }}"
