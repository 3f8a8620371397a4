"""Trains the probe that reads from a model's inner state whether a sentence answers a question.

    python -m eval.train_probe --gold FILE --seeds DIR [--questions N --layers L]

Pairs of a question and a sentence are made as the product meets them: the gold sentences among those that
retrieval finds, and the best of the others, which for a question without an answer are all misses. A logistic
model (scikit-learn) over the states of the question's tokens after L layers, the last one and their mean,
tells the two apart; its quality is measured on articles left out one at a time.
``rag/probes/evidence/MODEL.safetensors`` holds the direction, ``MODEL.toml`` what it was made from.
"""

import argparse
import random
import sys
from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from datetime import date
from pathlib import Path
from typing import TYPE_CHECKING

from eval.command_line import positive
from eval.goldset import GoldQuestion, load_gold
from eval.indexes import searched, texts_of
from eval.states import (
    PROBES,
    Provenance,
    direction,
    left_out_scores,
    read_states,
    readable_generator,
    write_probe,
)
from index.article import Article
from rag.evidence import extraction_prompt
from rag.generator import StateReader
from rag.retrieval import Retriever
from rag.sources import SourceSentence, sources_in

if TYPE_CHECKING:
    import numpy as np
    from numpy.typing import NDArray

    from index.store import Index
    from rag.belief import Probe

SEED, STRENGTH = 0, 3e-4
COMMANDS = "`python -m eval.train_probe` and `python -m eval.refine_probe`"
_FOUND, _GOLD = 8, 2
_BESIDE, _ALONE = 2, 3
"""Misses that are read of a question whose gold sentence was found, and of others."""


@dataclass(frozen=True, slots=True)
class Pair:
    """A question and a sentence, and whether the sentence holds gold evidence."""

    question: str
    source: SourceSentence
    states_it: bool


def main() -> None:
    """Collects, fits and writes the probe."""
    options = _options()
    generator = readable_generator()
    pairs = list(pairs_of(options.gold, *searched(options.seeds), options.questions))
    rows = collect(generator, pairs, options.layers)
    quality = left_out_quality(rows, pairs)
    save(generator.name, options.layers, rows, pairs, options.gold.name, quality)
    sys.stderr.write(f"\n{len(pairs)} pairs, AUC on articles left out {quality:.3f}; wrote {PROBES}\n")


def pairs_of(gold: Path, index: "Index", retriever: Retriever, count: int | None = None) -> Iterator[Pair]:
    """The pairs of a sample of the questions, or of all."""
    questions = load_gold(gold, texts_of(index))
    chosen = random.Random(SEED).sample(questions, min(count or len(questions), len(questions)))
    for question in chosen:
        if question.article is not None:
            yield from _pairs(question, index.articles[question.article], retriever)


def _pairs(question: GoldQuestion, article: Article, retriever: Retriever) -> Iterator[Pair]:
    found = retriever.retrieve(question.question, k=_FOUND, article=article.name)
    telling = evidence_in(article, question.evidence)
    gold: list[SourceSentence] = []
    misses: list[SourceSentence] = []
    for one in found:
        source = sources_in([(article, one.passage.first, one.passage.first + 1)], ())[0]
        (gold if one.passage.first in telling else misses).append(source)
    for source in gold[:_GOLD]:
        yield Pair(question.question, source, question.answerable)
    for source in misses[: _BESIDE if gold else _ALONE]:
        yield Pair(question.question, source, False)


def evidence_in(article: Article, evidence: Sequence[str]) -> set[int]:
    """The numbers of the article's sentences that share a character with a piece of evidence."""
    places = [(article.text.find(piece), len(piece)) for piece in evidence]
    return {
        number
        for number, sentence in enumerate(article.sentences)
        for start, length in places
        if sentence.start < start + length and start < sentence.end
    }


def collect(
    generator: StateReader, pairs: Sequence[Pair], layers: int, kept: Path | None = None
) -> "NDArray[np.float32]":
    """The states for every pair."""
    prompts = [extraction_prompt(one.question, one.source) for one in pairs]
    return read_states(generator, prompts, layers, kept)


def left_out_quality(rows: "NDArray[np.float32]", pairs: Sequence[Pair]) -> float:
    """The mean area under an article's ROC curve, scored by a probe that never saw the article."""
    import numpy as np
    from sklearn.metrics import roc_auc_score

    right = np.array([pair.states_it for pair in pairs])
    articles = np.array([pair.source.article for pair in pairs])
    names = np.unique(articles)

    def learn(seen: "NDArray[np.float32]", told: "NDArray[np.bool_]") -> "Probe":
        return direction(seen, told, 0, STRENGTH)

    scores = left_out_scores(rows, right, list(articles), len(names), learn)
    return float(
        np.mean([roc_auc_score(right[articles == name], scores[articles == name]) for name in names])
    )


def save(
    model: str, layers: int, rows: "NDArray[np.float32]", pairs: Sequence[Pair], gold: str, quality: float
) -> None:
    """Fits on all pairs and writes the probe with its provenance."""
    import numpy as np

    probe = direction(rows, np.array([pair.states_it for pair in pairs]), layers, STRENGTH)
    provenance: Provenance = {
        "date": date.today().isoformat(),
        "model": model,
        "gold": gold,
        "pairs": len(pairs),
        "that_state_it": sum(pair.states_it for pair in pairs),
        "layers": layers,
        "auc_on_articles_left_out": round(quality, 4),
    }
    write_probe("evidence", model, probe, provenance, COMMANDS)


def _options() -> argparse.Namespace:
    parser = argparse.ArgumentParser(
        description="Train rag/probes on gold questions that are never tested on."
    )
    parser.add_argument("--gold", type=Path, required=True, help="the questions")
    parser.add_argument("--seeds", type=Path, required=True, help="their articles")
    parser.add_argument("--questions", type=positive, default=2400, help="how many of them")
    parser.add_argument("--layers", type=positive, default=18, help="after how many layers the state is read")
    return parser.parse_args()


if __name__ == "__main__":
    main()
