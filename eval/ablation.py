"""Leaves out each check and each stage of the product in turn, and tells what it gives.

    python -m eval.ablation --gold FILE --seeds DIR [--split HALF --limit N --out FILE --model NAME]

The whole product is asked every question once. Without a check or a stage only those questions are asked
again whose figures it can have decided; all others come out the same.
"""

import argparse
import json
import sys
import time
from collections.abc import Callable, Iterable, Mapping, Sequence
from dataclasses import asdict, dataclass, field
from pathlib import Path
from typing import Any, get_args

from rich.console import Console

from eval.ablation_table import table
from eval.case import Case, Ratio
from eval.case_file import write_whole
from eval.command_line import add_model_options, model_choice, positive, show_progress, tools_of
from eval.configuration import DRAWS, SEED, configuration
from eval.goldset import GoldQuestion, Half
from eval.metrics import METRICS
from eval.run import Progress
from eval.selection import half_of
from eval.statistics import aggregate, difference
from eval.stress import Condition, as_they_are
from eval.systems.choice import PRODUCT, Tools
from eval.systems.product import Product
from eval.systems.system import reply_of
from index.errors import BadInputError, FootnoteError, NotReadyError
from rag.answer import Answer
from rag.checks import CHECKS
from rag.compound import parts_of
from rag.verification import STAGES

NAMES = (*CHECKS, *STAGES)
FIGURES = ("correct", "over_refusal", "refusal_recall", "hallucination", "citation_precision", "trust")
_PLACES = 6

Matters = Callable[[str, Answer], bool]
"""Whether the figures of an answer may be others without the check or stage of that name."""


@dataclass(frozen=True, slots=True)
class Options:
    """What is asked; `model` is recorded with the figures."""

    gold: Path
    seeds: Path
    part: Half | None = None
    limit: int | None = None
    model: Mapping[str, object] = field(default_factory=dict)


@dataclass(frozen=True, slots=True)
class _Asked:
    """A question's case, and the answer with its verdicts unless the product failed."""

    case: Case
    answer: Answer | None


_Scores = Mapping[str, Sequence[Ratio | None]]
"""Each figure's part of each question."""


def can_matter(name: str, answer: Answer) -> bool:
    """Whether the check or stage of that name stopped a sentence of this answer, or gave the quote."""
    if name == "quote":
        return answer.kind == "quote"
    if name == "list":
        return answer.kind == "quote" and len(answer.citations) > 1
    if name == "focus":
        return bool(answer.verdicts)
    if name == "decision":
        return _doubted(answer)
    return any(name in verdict.failures for verdict in answer.verdicts)


def _doubted(answer: Answer) -> bool:
    """Whether a sentence was too doubtful, or so little to be expected that the model did not write.

    Of a question with several parts the answer does not tell the latter.
    """
    several = len(parts_of(answer.asked)) > 1
    unwritten = answer.refusal == "doubtful" or several
    return unwritten or any(verdict.problem == "doubtful" for verdict in answer.verdicts)


def ablate(
    options: Options,
    tools: Tools,
    progress: Progress = lambda label, done, total: None,
    matters: Matters = can_matter,
) -> dict[str, Any]:
    """The figures of the whole product, and of the product without each check and stage.

    Raises:
        BadInputError: The gold file, the articles or an option can't be used.
        NotReadyError: A model or an index is missing.
    """
    started = time.perf_counter()
    plain = as_they_are(options.gold, options.seeds, tools.embedder, options.part, limit=options.limit)
    tools.generator("chosen")
    found = configuration(options.gold, options.seeds, plain.index, tools.embedder, options.model)
    whole = _ask(plain, tools, plain.questions, None, progress)
    scores = _scores(whole.values(), plain.articles)
    without = {}
    for name in NAMES:
        questions = [one.case.gold for one in whole.values() if one.answer and matters(name, one.answer)]
        again = _ask(plain, tools, questions, name, progress)
        left = _scores((whole | again).values(), plain.articles)
        without[name] = _compared(list(whole), scores, left) | {
            "asked_again": len(again),
            "errors": _errors(again.values()),
        }
    return {
        "gold": str(options.gold),
        "selection": {"half": options.part, "limit": options.limit},
        "questions": len(whole),
        "errors": _errors(whole.values()),
        "whole": _figures(scores),
        "without": without,
        "run_seconds": round(time.perf_counter() - started, _PLACES),
        "configuration": found,
    }


def _ask(
    plain: Condition, tools: Tools, questions: Sequence[GoldQuestion], name: str | None, progress: Progress
) -> dict[str, _Asked]:
    """Asks the product, whole or without what is named, by the id of each question."""
    label = f"without {name}" if name else "whole product"
    progress(label, 0, len(questions))
    if not questions:
        return {}
    without = frozenset({name}) if name else frozenset[str]()
    product = Product(PRODUCT, plain.index, tools.embedder, tools.generator("chosen"), without=without)
    asked = {}
    for done, question in enumerate(questions, 1):
        asked[question.id] = _ask_one(product, question)
        progress(label, done, len(questions))
    return asked


def _ask_one(product: Product, question: GoldQuestion) -> _Asked:
    """One question; a product that fails on it is an outcome too, unless it is not ready for any."""
    try:
        answer = product.answer(question.question, question.article, question.history)
    except NotReadyError:
        raise
    except Exception as error:
        return _Asked(Case(question, None, f"{type(error).__name__}: {error}"), None)
    reply = reply_of(answer)
    return _Asked(Case(question, reply.answer, None, reply.ranking), answer)


def _errors(asked: Iterable[_Asked]) -> int:
    return sum(one.case.error is not None for one in asked)


def _scores(asked: Iterable[_Asked], articles: Mapping[str, str]) -> _Scores:
    cases = [one.case for one in asked]
    return {name: [METRICS[name](case, articles) for case in cases] for name in FIGURES}


def _figures(scores: _Scores) -> dict[str, float | None]:
    """The values; None where no question has a part in the figure."""
    found = {name: aggregate(parts, SEED, DRAWS) for name, parts in scores.items()}
    return {name: None if one is None else round(one.value, _PLACES) for name, one in found.items()}


def _compared(ids: Sequence[str], whole: _Scores, left: _Scores) -> dict[str, Any]:
    """The figures without something, what it adds to each, and the questions whose trust it moves."""
    gaps = {name: difference(left[name], whole[name], SEED, DRAWS) for name in FIGURES}
    trust = gaps["trust"]
    moves = {
        key: with_it.hits - without_it.hits
        for key, with_it, without_it in zip(ids, whole["trust"], left["trust"], strict=True)
        if with_it and without_it
    }
    return {
        "figures": _figures(left),
        "adds": {name: None if gap is None else round(gap.value, _PLACES) for name, gap in gaps.items()},
        "trust": None if trust is None else {key: round(one, _PLACES) for key, one in asdict(trust).items()},
        "better": [key for key, move in moves.items() if move > 0],
        "worse": [key for key, move in moves.items() if move < 0],
    }


def main(arguments: Sequence[str] | None = None) -> int:
    """Runs and prints the table; the exit code is 0 unless the questions could not be asked."""
    given = _options(arguments)
    try:
        if given.out and given.out.is_dir():
            raise BadInputError(f"--out {str(given.out)!r} is a folder; name a file.")
        choice = model_choice(given)
        options = Options(given.gold, given.seeds, half_of(given.split), given.limit, choice.record())
        report = ablate(options, tools_of(choice), show_progress)
        Console().print(table(report))
        if given.out:
            write_whole(given.out, json.dumps(report, ensure_ascii=False, indent=2))
    except FootnoteError as error:
        sys.stderr.write(f"{error}\n")
        return error.exit_code
    return 0


def _options(arguments: Sequence[str] | None) -> argparse.Namespace:
    parser = argparse.ArgumentParser(
        prog="python -m eval.ablation", description="Tell what each check and stage of Footnote gives."
    )
    parser.add_argument("--gold", type=Path, required=True, help="the gold questions")
    parser.add_argument("--seeds", type=Path, required=True, help="the articles they are about")
    parser.add_argument("--split", choices=get_args(Half), help="only this half of the questions")
    parser.add_argument("--limit", type=positive, help="a fixed sample of at most so many")
    parser.add_argument("--out", type=Path, help="a file for the figures as JSON")
    add_model_options(parser)
    return parser.parse_args(arguments)


if __name__ == "__main__":
    sys.exit(main())
