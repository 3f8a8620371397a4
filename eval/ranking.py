"""Measures how well ways of retrieval rank the gold evidence.

    python -m eval.ranking --gold FILE --seeds DIR [--split HALF --limit N --judged N --out FILE]

Words alone, meaning alone, both fused in several shares, with more or less of a passage's paragraph; and with
``--judged`` the first passages of the product's own ranking, put in the order of its model's belief.
"""

import argparse
import json
from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from pathlib import Path
from statistics import fmean

from eval.case import Case
from eval.case_file import write_whole
from eval.command_line import add_model_options, model_choice, positive, show_progress, tools_of
from eval.goldset import GoldQuestion, load_gold
from eval.indexes import fresh_index, texts_of
from eval.metrics import mrr, recall
from eval.selection import half_of, select
from eval.systems.system import asked
from index.store import Index
from rag.answer import Retrieved
from rag.evidence import evidence
from rag.generator import Generator
from rag.retrieval import Retriever
from rag.sources import sources_in

SHARES = (0.0, 0.3, 0.4, 0.5, 0.6, 0.7, 1.0)
PARAGRAPHS = (0.0, 0.25, 0.5, 1.0)
DEPTHS = (1, 3, 5, 10)

Figures = dict[str, float]


@dataclass(frozen=True, slots=True)
class Asked:
    """A gold question that has evidence, as it is searched for."""

    gold: GoldQuestion
    text: str


def main() -> None:
    """Measures, prints a table, and writes the figures when told where."""
    from rich.console import Console
    from rich.table import Table

    options = _options()
    tools = tools_of(model_choice(options))
    index = fresh_index(options.seeds, tools.embedder)
    chosen = select(load_gold(options.gold, texts_of(index)), half_of(options.split), limit=options.limit)
    questions = [Asked(one, asked(one.question, one.history)) for one in chosen if one.evidence]
    found: dict[str, Figures] = {}
    for share in SHARES:
        for paragraph in PARAGRAPHS:
            retriever = Retriever(index, tools.embedder, share, paragraph)
            found[f"meaning {share}, paragraph {paragraph}"] = figures(ranked(questions, retriever), index)
    if options.judged:
        retriever = Retriever(index, tools.embedder)
        judged = ranked_by_belief(questions, retriever, index, tools.generator("chosen"), options.judged)
        found[f"product, first {options.judged} judged"] = figures(judged, index)
    table = Table(title=f"{options.gold.name}, {len(questions)} questions with evidence")
    table.add_column("ranking")
    for name in next(iter(found.values())):
        table.add_column(name, justify="right")
    for way, values in found.items():
        table.add_row(way, *(f"{value:.3f}" for value in values.values()))
    Console().print(table)
    if options.out:
        write_whole(options.out, json.dumps(found, indent=2))


def ranked(questions: Sequence[Asked], retriever: Retriever) -> Iterator[tuple[Asked, list[Retrieved]]]:
    """Each question with its ranking."""
    for one in questions:
        yield one, list(retriever.retrieve(one.text, max(DEPTHS), one.gold.article))


def ranked_by_belief(
    questions: Sequence[Asked], retriever: Retriever, index: Index, generator: Generator, count: int
) -> Iterator[tuple[Asked, list[Retrieved]]]:
    """The same with the first passages in the order of the model's belief that they state the answer."""
    for done, (one, found) in enumerate(ranked(questions, retriever), 1):
        first = found[:count]
        spans = [(index.articles[hit.passage.article], hit.passage.first, hit.passage.last) for hit in first]
        odds = evidence(generator, one.text, [sources_in([span], ())[0] for span in spans])
        order = sorted(range(len(first)), key=lambda row: -odds[row])
        show_progress("judged", done, len(questions))
        yield one, [first[row] for row in order] + found[count:]


def figures(rankings: Iterator[tuple[Asked, list[Retrieved]]], index: Index) -> Figures:
    """Recall at several depths, and the mean reciprocal rank."""
    articles = texts_of(index)
    cases = []
    for one, found in rankings:
        spans = tuple((hit.passage.article, hit.passage.start, hit.passage.end) for hit in found)
        cases.append(Case(one.gold, None, ranking=spans))
    rows = {f"recall@{k}": [recall.score(case, articles, k) for case in cases] for k in DEPTHS}
    rows["mrr"] = [mrr.score(case, articles) for case in cases]
    return {name: fmean(ratio.hits for ratio in ratios if ratio) for name, ratios in rows.items()}


def _options() -> argparse.Namespace:
    parser = argparse.ArgumentParser(description="Measure ways of retrieval against gold evidence.")
    parser.add_argument("--gold", type=Path, required=True, help="the questions")
    parser.add_argument("--seeds", type=Path, required=True, help="their articles")
    parser.add_argument("--split", help="dev or test")
    parser.add_argument("--limit", type=positive, help="a sample of at most so many")
    parser.add_argument("--judged", type=positive, help="have the model judge so many of the first passages")
    parser.add_argument("--out", type=Path, help="write the figures as JSON")
    add_model_options(parser)
    return parser.parse_args()


if __name__ == "__main__":
    main()
