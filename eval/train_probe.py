"""Trains the probe that reads from a model's inner state whether a sentence answers a question.

    python -m eval.train_probe --gold FILE --seeds DIR [--questions N --layers L]

Pairs of a question and a sentence are made as the product meets them: the gold sentences among those that
retrieval finds, and the best of the others, which for a question without an answer are all misses. A logistic
model (scikit-learn) over the states of the question's tokens after L layers, the last one and their mean,
tells the two apart; its quality is measured on articles left out one at a time.
``rag/probes/MODEL.safetensors`` holds the direction, ``MODEL.toml`` what it was made from.
"""

import argparse
import json
import random
import sys
from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass
from datetime import date
from pathlib import Path
from typing import TYPE_CHECKING

from eval.command_line import positive, show_progress
from eval.goldset import GoldQuestion, load_gold
from eval.indexes import fresh_index, texts_of
from index.article import Article
from index.embedding import LibraryMiniLM, MiniLM
from rag.belief import Probe
from rag.evidence import extraction_prompt
from rag.generator import StateReader
from rag.retrieval import Retriever
from rag.sources import SourceSentence, sources_in

if TYPE_CHECKING:
    import numpy as np
    from numpy.typing import NDArray

PROBES = Path(__file__).parent.parent / "rag" / "probes"
SEED, STRENGTH, BATCH = 0, 3e-4, 8
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
    from rag.runtime import load_generator

    options = _options()
    generator = load_generator()
    if not isinstance(generator, StateReader):
        sys.exit(f"The generator {generator.name} does not let its states be read.")
    pairs = list(pairs_of(options.gold, options.seeds, options.questions))
    rows = collect(generator, pairs, options.layers)
    quality = left_out_quality(rows, pairs)
    save(generator.name, options.layers, rows, pairs, options.gold.name, quality)
    sys.stderr.write(f"\n{len(pairs)} pairs, AUC on articles left out {quality:.3f}; wrote {PROBES}\n")


def pairs_of(gold: Path, seeds: Path, count: int | None = None) -> Iterator[Pair]:
    """The pairs of a sample of the questions, or of all."""
    embedder = MiniLM()
    index = fresh_index(seeds, embedder, LibraryMiniLM())
    retriever = Retriever(index, embedder)
    questions = load_gold(gold, texts_of(index))
    chosen = random.Random(SEED).sample(questions, min(count or len(questions), len(questions)))
    for question in chosen:
        if question.article is not None:
            yield from _pairs(question, index.articles[question.article], retriever)


def _pairs(question: GoldQuestion, article: Article, retriever: Retriever) -> Iterator[Pair]:
    found = retriever.retrieve(question.question, k=_FOUND, article=article.name)
    places = [(article.text.find(piece), len(piece)) for piece in question.evidence]
    gold: list[SourceSentence] = []
    misses: list[SourceSentence] = []
    for one in found:
        source = sources_in([(article, one.passage.first, one.passage.first + 1)], ())[0]
        held = any(source.start < start + length and start < source.end for start, length in places)
        (gold if held else misses).append(source)
    for source in gold[:_GOLD]:
        yield Pair(question.question, source, question.answerable)
    for source in misses[: _BESIDE if gold else _ALONE]:
        yield Pair(question.question, source, False)


def collect(
    generator: StateReader, pairs: Sequence[Pair], layers: int, kept: Path | None = None
) -> "NDArray[np.float32]":
    """The states for every pair; those in the file `kept` are not computed again, and new ones go there."""
    import numpy as np
    from safetensors.numpy import load_file, save_file

    known = load_file(kept) if kept is not None and kept.exists() else {}
    unread = [pair for pair in pairs if _key(pair) not in known]
    for start in range(0, len(unread), BATCH):
        some = unread[start : start + BATCH]
        states = generator.states([extraction_prompt(one.question, one.source) for one in some], layers)
        known |= {_key(one): row for one, row in zip(some, states, strict=True)}
        if kept is not None:
            save_file(known, kept)
        show_progress("states", start + len(some), len(unread))
    return np.stack([known[_key(pair)] for pair in pairs])


def _key(pair: Pair) -> str:
    return json.dumps([pair.question, pair.source.before, pair.source.text])


def left_out_quality(rows: "NDArray[np.float32]", pairs: Sequence[Pair]) -> float:
    """The mean area under an article's ROC curve, scored by a probe that never saw the article."""
    import numpy as np
    from sklearn.metrics import roc_auc_score

    right = np.array([pair.states_it for pair in pairs])
    articles = np.array([pair.source.article for pair in pairs])
    found = []
    for name in np.unique(articles):
        out = articles == name
        weights, bias = fit(rows[~out], right[~out])
        found.append(roc_auc_score(right[out], rows[out] @ weights + bias))
    return float(np.mean(found))


def fit(rows: "NDArray[np.float32]", right: "NDArray[np.bool_]") -> "tuple[NDArray[np.float32], float]":
    """The direction and its offset in the unscaled states."""
    import numpy as np
    from sklearn.linear_model import LogisticRegression

    middle, spread = rows.mean(0), rows.std(0) + 1e-6
    model = LogisticRegression(C=STRENGTH, max_iter=500).fit((rows - middle) / spread, right)
    weights = (model.coef_[0] / spread).astype(np.float32)
    return weights, float(model.intercept_[0] - (middle / spread) @ model.coef_[0])


def save(
    model: str, layers: int, rows: "NDArray[np.float32]", pairs: Sequence[Pair], gold: str, quality: float
) -> None:
    """Fits on all pairs and writes the probe with its provenance."""
    import numpy as np

    weights, bias = fit(rows, np.array([pair.states_it for pair in pairs]))
    provenance: dict[str, str | int | float] = {
        "date": date.today().isoformat(),
        "model": model,
        "gold": gold,
        "pairs": len(pairs),
        "that_state_it": sum(pair.states_it for pair in pairs),
        "layers": layers,
        "auc_on_articles_left_out": round(quality, 4),
    }
    write_probe(model, Probe(layers, weights, bias), provenance)


def write_probe(model: str, probe: Probe, provenance: Mapping[str, str | int | float]) -> None:
    """Writes the probe of a model where the product finds it, and beside it what it was made from."""
    import numpy as np
    from safetensors.numpy import save_file

    PROBES.mkdir(exist_ok=True)
    save_file(
        {
            "weights": probe.weights,
            "bias": np.array([probe.bias], np.float32),
            "layers": np.array([probe.layers], np.int32),
        },
        str(PROBES / f"{model}.safetensors"),
    )
    lines = ["# Written by `python -m eval.train_probe` and `python -m eval.refine_probe`."]
    lines += [
        f'{key} = "{value}"' if isinstance(value, str) else f"{key} = {value}"
        for key, value in provenance.items()
    ]
    (PROBES / f"{model}.toml").write_text("\n".join(lines) + "\n", encoding="utf-8")


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
