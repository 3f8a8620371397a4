"""Fits the weights and the threshold of ``rag/decision.toml`` on the development halves.

    python -m eval.calibrate [--sample N --gold FILE --seeds DIR]

The product answers every development question with its threshold at zero; a logistic model (scikit-learn)
then learns from the signals which answers are right, cross-validated. The threshold is the lowest whose trust
score is within one standard error of the best: of equally trusted products, the one that refuses less. A
sample of other gold questions may be added. No test half is ever read.
"""

import argparse
import random
import sys
from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass
from datetime import date
from pathlib import Path
from typing import TYPE_CHECKING

from eval.case import Case
from eval.goldset import GoldQuestion, half, load_gold
from eval.metrics import METRICS
from index.build import build_index
from index.embedding import LibraryMiniLM, MiniLM
from index.home import shipped_seeds, store_for
from index.store import Index, open_index
from rag.conversation import Turn
from rag.generator import Generator
from rag.judgement import SIGNALS, Decision
from rag.pipeline import Pipeline

if TYPE_CHECKING:
    import numpy as np
    from numpy.typing import NDArray

EVAL = Path(__file__).parent
FOLDS, REPEATS, SEED, STRENGTH = 8, 5, 0, 0.5
_OPEN = Decision(intercept=0, weights={}, threshold=0)


@dataclass(frozen=True, slots=True)
class Example:
    """One question as the open product answered it; no signals means that it was refused in any case."""

    answerable: bool
    right: bool
    signals: Mapping[str, float] | None


def main() -> None:
    """Collects, fits and writes the decision."""
    from rag.runtime import load_generator

    options = _options()
    generator = load_generator()
    sets = [(EVAL / "gold" / "ford-renault.jsonl", shipped_seeds(), None)]
    invented = ("harbour-news", "pump-manual", "office-notice")
    sets += [(EVAL / "gold" / f"{name}.jsonl", EVAL / "articles", None) for name in invented]
    if options.gold:
        sets.append((options.gold, options.seeds, options.sample))
    examples = [one for gold, seeds, sample in sets for one in collect(gold, seeds, sample, generator)]
    decision, trust = fit(examples, [path.name for path, _, _ in sets], generator.name)
    target = EVAL.parent / "rag" / "decision.toml"
    target.write_text(to_toml(decision), encoding="utf-8")
    sys.stderr.write(f"\n{len(examples)} questions, trust {trust:.3f} cross-validated; wrote {target}\n")


def collect(gold: Path, seeds: Path, sample: int | None, generator: Generator) -> Iterator[Example]:
    """Asks the development half of our own questions, or a sample of others, with nothing held back."""
    index = _index(seeds)
    articles = {name: article.text for name, article in index.articles.items()}
    questions = load_gold(gold, articles)
    if sample is None:
        questions = tuple(question for question in questions if half(question.id) == "dev")
    else:
        questions = tuple(random.Random(SEED).sample(questions, min(sample, len(questions))))
    walk = Pipeline(index, MiniLM(), generator, decision=_OPEN)
    for done, question in enumerate(questions, 1):
        sys.stderr.write(f"\r{gold.name} {done}/{len(questions)} ")
        yield _example(walk, question, articles)


def _index(seeds: Path) -> Index:
    build_index([seeds], store_for(seeds), LibraryMiniLM())
    return open_index(store_for(seeds), MiniLM().fingerprint)


def _example(walk: Pipeline, question: GoldQuestion, articles: Mapping[str, str]) -> Example:
    turns = [Turn(turn.role, turn.content) for turn in question.history]
    answer = walk.ask(question.question, question.article, turns)
    right = METRICS["correct"](Case(question, answer.to_json()), articles)
    return Example(
        question.answerable,
        right is not None and right.hits > 0,
        None if answer.refused else answer.signals,
    )


def fit(examples: Sequence[Example], gold: Sequence[str], model: str) -> tuple[Decision, float]:
    """The decision, and its cross-validated trust score on the examples."""
    import numpy as np
    from sklearn.linear_model import LogisticRegression
    from sklearn.model_selection import StratifiedKFold, cross_val_predict

    told = [one for one in examples if one.signals is not None]
    rows = np.array([[one.signals[name] for name in SIGNALS] for one in told if one.signals is not None])
    right = np.array([one.right for one in told])
    model_of = LogisticRegression(C=STRENGTH, max_iter=1000)
    chances = np.mean(
        [
            cross_val_predict(
                model_of,
                rows,
                right,
                cv=StratifiedKFold(FOLDS, shuffle=True, random_state=SEED + turn),
                method="predict_proba",
            )[:, 1]
            for turn in range(REPEATS)
        ],
        axis=0,
    )
    threshold, trust = best_threshold(chances, right, np.array([one.answerable for one in told]), examples)
    model_of.fit(rows, right)
    return (
        Decision(
            intercept=round(float(model_of.intercept_[0]), 4),
            weights={
                name: round(float(weight), 4) for name, weight in zip(SIGNALS, model_of.coef_[0], strict=True)
            },
            threshold=round(threshold, 3),
            provenance={
                "date": date.today().isoformat(),
                "model": model,
                "gold": ", ".join(gold),
                "questions": len(examples),
                "answers": len(told),
                "right": int(right.sum()),
                "trust_cross_validated": round(trust, 4),
            },
        ),
        trust,
    )


def best_threshold(
    chances: "NDArray[np.float64]",
    right: "NDArray[np.bool_]",
    answerable: "NDArray[np.bool_]",
    examples: Sequence[Example],
) -> tuple[float, float]:
    """The lowest threshold within one standard error of the best trust score, and its score."""
    import numpy as np

    refused = np.array([float(not one.answerable) for one in examples if one.signals is None])

    def scores(threshold: float) -> "NDArray[np.float64]":
        shown, held = np.where(right, 1.0, -1.0), np.where(answerable, 0.0, 1.0)
        return np.concatenate([np.where(chances >= threshold, shown, held), refused])

    steps = [float(step) for step in np.linspace(0.05, 0.95, 181)]
    best = max((scores(step) for step in steps), key=lambda found: float(found.mean()))
    enough = float(best.mean() - best.std(ddof=1) / np.sqrt(len(best)))
    lowest = next(step for step in steps if scores(step).mean() >= enough)
    return lowest, float(scores(lowest).mean())


def to_toml(decision: Decision) -> str:
    """The decision as the file that `rag.judgement` reads."""
    lines = [
        "# Written by `python -m eval.calibrate`.",
        f"intercept = {decision.intercept}",
        f"threshold = {decision.threshold}",
        "",
        "[weights]",
        *(f"{name} = {weight}" for name, weight in decision.weights.items()),
        "",
        "[provenance]",
        *(
            f'{name} = "{value}"' if isinstance(value, str) else f"{name} = {value}"
            for name, value in decision.provenance.items()
        ),
    ]
    return "\n".join(lines) + "\n"


def _options() -> argparse.Namespace:
    parser = argparse.ArgumentParser(description="Fit rag/decision.toml on development questions.")
    parser.add_argument("--gold", type=Path, help="more gold questions, none of which is tested on")
    parser.add_argument("--seeds", type=Path, help="their articles")
    parser.add_argument("--sample", type=int, default=200, help="how many of them")
    return parser.parse_args()


if __name__ == "__main__":
    main()
