"""Fits the weights and the thresholds of ``rag/decision.toml`` on the development halves.

    python -m eval.calibrate [--gold FILE --seeds DIR --sample N --skip N --examples FILE]

The product is asked every development question with nothing shown, so that it gives its signals both for what
the model wrote and for the sentence that it would quote instead; logistic models (scikit-learn) learn from
them which are right, cross-validated. Of the thresholds under which our questions without an answer are
refused nineteen times in twenty, those are taken with the most right answers. A sample of other gold
questions may be added; it counts for the weights alone. No test half is ever read.
"""

import argparse
import json
import random
import sys
from collections.abc import Iterator, Mapping, Sequence
from dataclasses import asdict, dataclass, replace
from datetime import date
from pathlib import Path
from typing import TYPE_CHECKING

from eval.case import stands
from eval.case_file import write_whole
from eval.command_line import show_progress
from eval.goldset import GoldQuestion, half, load_gold
from eval.indexes import fresh_index, texts_of
from index.embedding import LibraryMiniLM, MiniLM
from index.home import shipped_seeds
from rag.answer import Verdict
from rag.catalogue import catalogue
from rag.conversation import Turn
from rag.generator import Generator
from rag.judgement import ANSWER_SIGNALS, CLOSED, QUOTE_SIGNALS, Decision, Scale
from rag.pipeline import Pipeline

if TYPE_CHECKING:
    import numpy as np
    from numpy.typing import NDArray

EVAL = Path(__file__).parent
FOLDS, REPEATS, SEED, STRENGTH = 8, 5, 0, 0.5
REFUSED = 0.95
"""Share of the questions without an answer that must be refused; on others it comes out a tenth lower,
because the product was developed on these."""


@dataclass(frozen=True, slots=True)
class Candidate:
    """Something that could be shown: its signals, and whether it would be right."""

    signals: Mapping[str, float]
    right: bool


@dataclass(frozen=True, slots=True)
class Example:
    """One question with what the closed product could have shown: what it wrote, and what it would quote.

    `sampled` tells the questions of others, on which no threshold is set.
    """

    answerable: bool
    answer: Candidate | None
    quote: Candidate | None
    sampled: bool = False


def main() -> None:
    """Collects, fits and writes the decision."""
    from rag.runtime import load_generator

    options = _options()
    sets = [(EVAL / "gold" / "ford-renault.jsonl", shipped_seeds(), None)]
    invented = ("harbour-news", "pump-manual", "office-notice")
    sets += [(EVAL / "gold" / f"{name}.jsonl", EVAL / "articles", None) for name in invented]
    if options.gold:
        sets.append((options.gold, options.seeds, options.sample))
    kept: Path | None = options.examples
    if kept is not None and kept.exists():
        examples = [_read(line) for line in kept.read_text(encoding="utf-8").splitlines()]
    else:
        generator = load_generator()
        examples = [one for found in sets for one in collect(*found, generator, options.skip)]
        if kept is not None:
            write_whole(kept, "".join(json.dumps(asdict(one)) + "\n" for one in examples))
    decision, trust = fit(examples, [path.name for path, _, _ in sets], catalogue().default)
    target = EVAL.parent / "rag" / "decision.toml"
    target.write_text(to_toml(decision), encoding="utf-8")
    sys.stderr.write(f"{len(examples)} questions, trust {trust:.3f} cross-validated; wrote {target}\n")


def _read(line: str) -> Example:
    values = json.loads(line)
    answer, quote = (Candidate(**values[one]) if values[one] else None for one in ("answer", "quote"))
    return Example(values["answerable"], answer, quote, values["sampled"])


def collect(
    gold: Path, seeds: Path, sample: int | None, generator: Generator, skip: int = 0
) -> Iterator[Example]:
    """Asks the development half of our own, or a sample of others by article, with nothing held back."""
    index = fresh_index(seeds, MiniLM(), LibraryMiniLM())
    questions = load_gold(gold, texts_of(index))
    if sample is None:
        questions = tuple(question for question in questions if half(question.id) == "dev")
    else:
        drawn = random.Random(SEED).sample(questions, min(skip + sample, len(questions)))
        questions = tuple(sorted(drawn[skip:], key=lambda question: question.article or ""))
    walk = Pipeline(index, MiniLM(), generator, decision=CLOSED)
    for done, question in enumerate(questions, 1):
        yield replace(_example(walk, question), sampled=sample is not None)
        show_progress(gold.name, done, len(questions))


def _example(walk: Pipeline, question: GoldQuestion) -> Example:
    turns = [Turn(turn.role, turn.content) for turn in question.history]
    verdicts = walk.ask(question.question, question.article, turns).verdicts
    passed = [verdict for verdict in verdicts if not verdict.failures]
    written = [verdict for verdict in passed if verdict.kind == "answer"]
    quoted = [verdict for verdict in passed if verdict.kind == "quote"]
    return Example(question.answerable, _candidate(written, question), _candidate(quoted, question))


def _candidate(verdicts: Sequence[Verdict], question: GoldQuestion) -> Candidate | None:
    """The sentences together, with the signals of the first."""
    if not verdicts:
        return None
    text = " ".join(verdict.sentence for verdict in verdicts)
    right = question.answerable and stands(question, text)
    return Candidate(verdicts[0].signals, right)


def fit(examples: Sequence[Example], gold: Sequence[str], model: str) -> tuple[Decision, float]:
    """The decision, and its cross-validated trust score on the examples."""
    import numpy as np

    answer, answer_chances = _fit_one([one.answer for one in examples], ANSWER_SIGNALS)
    quote, quote_chances = _fit_one([one.quote for one in examples], QUOTE_SIGNALS)
    steps = [round(float(step), 3) for step in np.linspace(0.1, 0.96, 44)]
    ours = np.array([not one.sampled for one in examples])
    tried = [
        (_outcomes(examples, answer_chances, quote_chances, first, second)[ours], first, second)
        for first in steps
        for second in steps
    ]
    answerable = np.array([one.answerable for one in examples])[ours]
    trust, answer_from, quote_from = _most_right(tried, answerable)
    decision = Decision(
        answer=answer.model_copy(update={"threshold": answer_from}),
        quote=quote.model_copy(update={"threshold": quote_from}),
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


def _outcomes(
    examples: Sequence[Example],
    answers: "NDArray[np.float64]",
    quotes: "NDArray[np.float64]",
    answer_from: float,
    quote_from: float,
) -> "NDArray[np.float64]":
    """What each question adds to the trust score of a product with these thresholds."""
    import numpy as np

    found = []
    for one, answer, quote in zip(examples, answers, quotes, strict=True):
        shown = one.answer if answer >= answer_from else one.quote if quote >= quote_from else None
        found.append((1.0 if shown.right else -1.0) if shown else float(not one.answerable))
    return np.array(found)


def _most_right(
    tried: "Sequence[tuple[NDArray[np.float64], float, float]]", answerable: "NDArray[np.bool_]"
) -> tuple[float, float, float]:
    """Of the thresholds that refuse enough of what has no answer, those with the most right answers.

    Returns the trust score and the two thresholds.
    """
    unanswerable = ~answerable
    careful = [
        (outcomes, first, second)
        for outcomes, first, second in tried
        if (outcomes[unanswerable] == 1).sum() >= REFUSED * unanswerable.sum()
    ]
    outcomes, first, second = max(careful, key=lambda one: ((one[0][answerable] == 1).sum(), one[0].mean()))
    return float(outcomes.mean()), first, second


def to_toml(decision: Decision) -> str:
    """The decision as the file that `rag.judgement` reads."""
    lines = ["# Written by `python -m eval.calibrate`."]
    for name, scale in (("answer", decision.answer), ("quote", decision.quote)):
        lines += [
            "",
            f"[{name}]",
            f"intercept = {scale.intercept}",
            f"threshold = {scale.threshold}",
            f"weights = {{ {', '.join(f'{key} = {value}' for key, value in scale.weights.items())} }}",
        ]
    lines += ["", "[provenance]"]
    for key, value in decision.provenance.items():
        lines.append(f'{key} = "{value}"' if isinstance(value, str) else f"{key} = {value}")
    return "\n".join(lines) + "\n"


def _options() -> argparse.Namespace:
    parser = argparse.ArgumentParser(description="Fit rag/decision.toml on development questions.")
    parser.add_argument("--gold", type=Path, help="more gold questions, none of which is tested on")
    parser.add_argument("--seeds", type=Path, help="their articles")
    parser.add_argument("--sample", type=int, default=200, help="how many of them")
    parser.add_argument("--skip", type=int, default=0, help="after how many that a probe was trained on")
    parser.add_argument(
        "--examples", type=Path, help="keep the examples in this file, or take those that are in it"
    )
    return parser.parse_args()


if __name__ == "__main__":
    main()
