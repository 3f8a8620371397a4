"""Fits the weights and the thresholds of ``rag/decision.toml`` on the development halves.

    python -m eval.calibrate [--gold FILE … --seeds DIR --sample N --examples FILE]

The product is asked every development question with nothing shown, so that it gives its signals both for what
the model wrote and for the sentence that it would quote instead; logistic models (scikit-learn) learn from
them which are right, cross-validated. Those thresholds are taken that give the best trust score, where our
questions and a sample of other gold questions weigh the same. No test half is ever read.
"""

import argparse
import json
import random
import sys
from collections.abc import Callable, Iterator, Sequence
from dataclasses import asdict, replace
from functools import cache
from pathlib import Path

from eval.case import stands
from eval.command_line import check_pair, show_progress
from eval.fitting import SEED, Candidate, Example, fit, to_toml
from eval.goldset import GoldQuestion, half, load_gold
from eval.indexes import fresh_index, own_sets, texts_of
from index.embedding import LibraryMiniLM, MiniLM
from rag.answer import Verdict
from rag.catalogue import catalogue
from rag.conversation import Turn
from rag.generator import Generator
from rag.judgement import CLOSED
from rag.pipeline import Pipeline

EVAL = Path(__file__).parent


def main() -> None:
    """Collects, fits and writes the decision."""
    from rag.runtime import load_generator

    options = _options()
    sets = [(*own, None) for own in own_sets()]
    sets += [(gold, options.seeds, options.sample) for gold in options.gold]
    kept, generator = Kept(options.examples), cache(load_generator)
    examples = [one for found in sets for one in collect(*found, generator, kept)]
    decision, trust = fit(examples, [path.name for path, _, _ in sets], catalogue().default)
    target = EVAL.parent / "rag" / "decision.toml"
    target.write_text(to_toml(decision), encoding="utf-8")
    sys.stderr.write(f"{len(examples)} questions, trust {trust:.3f} cross-validated; wrote {target}\n")


class Kept:
    """The examples of questions that were asked before, in a file to which each new one is added at once."""

    def __init__(self, path: Path | None) -> None:
        """Reads the file, if there is one."""
        self._path = path
        lines = path.read_text(encoding="utf-8").splitlines() if path is not None and path.exists() else []
        self._known = dict(_read(line) for line in lines)

    def of(self, key: str, make: Callable[[], Example]) -> Example:
        """The example of that key; made and added when it is not there."""
        if key not in self._known:
            self._known[key] = make()
            if self._path is not None:
                with self._path.open("a", encoding="utf-8") as file:
                    file.write(json.dumps({"key": key, **asdict(self._known[key])}) + "\n")
        return self._known[key]


def _read(line: str) -> tuple[str, Example]:
    values = json.loads(line)
    answer, quote = (Candidate(**values[one]) if values[one] else None for one in ("answer", "quote"))
    return values["key"], Example(values["answerable"], answer, quote, values["sampled"])


def collect(
    gold: Path, seeds: Path, sample: int | None, generator: Callable[[], Generator], kept: Kept
) -> Iterator[Example]:
    """Asks the development half of our own, or a sample of others by article, with nothing held back."""
    index = fresh_index(seeds, MiniLM(), LibraryMiniLM())
    questions = load_gold(gold, texts_of(index))
    if sample is None:
        questions = tuple(question for question in questions if half(question.id) == "dev")
    else:
        drawn = random.Random(SEED).sample(questions, min(sample, len(questions)))
        questions = tuple(sorted(drawn, key=lambda question: question.article or ""))

    @cache
    def walk() -> Pipeline:
        return Pipeline(index, MiniLM(), generator(), decision=CLOSED, without=frozenset({"list"}))

    for done, question in enumerate(questions, 1):

        def ask(question: GoldQuestion = question) -> Example:
            return replace(_example(walk(), question), sampled=sample is not None)

        yield kept.of(f"{gold.name}/{question.id}", ask)
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


def _options() -> argparse.Namespace:
    parser = argparse.ArgumentParser(description="Fit rag/decision.toml on development questions.")
    parser.add_argument(
        "--gold",
        type=Path,
        action="append",
        default=[],
        help="more gold questions, none of which is tested on",
    )
    parser.add_argument("--seeds", type=Path, help="their articles")
    parser.add_argument("--sample", type=int, default=200, help="how many of each file at most")
    parser.add_argument(
        "--examples",
        type=Path,
        help="keep the examples in this file, and ask none again that is in it",
    )
    options = parser.parse_args()
    check_pair(parser, options)
    return options


if __name__ == "__main__":
    main()
