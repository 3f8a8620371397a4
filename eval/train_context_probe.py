"""Trains the probe that tells, as the model reads an article, whether the sentence in focus answers.

    python -m eval.train_context_probe [--gold FILE … --seeds DIR --states FILE --layers L --refine S]

Each question is laid before the model as the product does it: its article, the sentence that probes of other
articles' sentences believe most, the question. A logistic model over the state after L layers tells whether
that sentence is gold. How a question is put betrays in part whether it has an answer, as one hand wrote them
all; so a guess from the question alone is given to the model beside the state and taken out of the probe,
which then learns what the guess does not know (product of experts: Clark, Yatskar, Zettlemoyer 2019).
With ``--refine`` the present probe is corrected on further questions, so strongly (see `eval.refine_probe`);
the present probe of sentences, which must not know their articles yet, then helps to choose.
``rag/probes/context/MODEL.safetensors`` holds the direction, ``MODEL.toml`` what it was made from.
"""

import argparse
import sys
from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from datetime import date
from pathlib import Path
from typing import TYPE_CHECKING

from eval.command_line import positive
from eval.indexes import searched
from eval.refine_probe import refined
from eval.states import (
    Provenance,
    added_to,
    direction,
    direction_beside,
    left_out_scores,
    present_probe,
    provenance_of,
    read_states,
    readable_generator,
    with_correction,
    write_probe,
)
from eval.train_probe import Pair, collect, pairs_of
from index.embedding import Embedder, MiniLM
from rag.belief import Probe
from rag.generator import Generator, Prompt
from rag.prompting import lay_out
from rag.retrieval import Retriever

if TYPE_CHECKING:
    import numpy as np
    from numpy.typing import NDArray

    from index.store import Index

PRACTICE = Path(__file__).parent / "practice"
FOLDS, LAYERS, STRENGTH = 5, 18, 1e-3
_EVIDENCE_LAYERS, _EVIDENCE_STRENGTH = 18, 1e-3
_GUESS_STRENGTH = 0.1
_SAME = ("model", "layers")


@dataclass(frozen=True, slots=True)
class Focused:
    """A question with the sentence that is believed most, how much so, and whether it is gold."""

    pair: Pair
    odds: float


def main() -> None:
    """Collects, fits and writes the probe."""
    import numpy as np
    from sklearn.metrics import roc_auc_score

    options = _options()
    generator = readable_generator()
    known = present_probe("evidence", generator.name) if options.refine else None
    present = present_probe("context", generator.name) if options.refine else None
    index, retriever = searched(options.seeds)
    pairs = [pair for gold in options.gold for pair in pairs_of(gold, index, retriever)]
    states = collect(generator, pairs, _EVIDENCE_LAYERS, options.states)
    focused = in_focus(pairs, states, known, options.refine or _EVIDENCE_STRENGTH)
    prompts = list(prompts_of(focused, index, retriever, generator))
    rows = read_states(generator, prompts, options.layers, options.states)
    right = np.array([one.pair.states_it for one in focused])
    articles = [one.pair.source.article for one in focused]
    rows = np.hstack([rows, guesses(focused, MiniLM())[:, None]])

    def learn(seen: "NDArray[np.float32]", told: "NDArray[np.bool_]") -> Probe:
        return padded(seen, told, options.layers, options.refine or STRENGTH, present)

    alone = left_out_scores(rows, right, articles, FOLDS, learn)
    evidence = np.array([one.odds for one in focused])
    quality = [float(roc_auc_score(right, scores)) for scores in (evidence, alone, evidence + alone)]
    probe = learn(rows, right)
    names = ", ".join(gold.name for gold in options.gold)
    provenance = _provenance(generator.name, names, focused, options.layers, quality)
    if options.refine:
        correction = {key: value for key, value in provenance.items() if key not in _SAME}
        correction["strength"] = options.refine
        provenance = with_correction(provenance_of("context", generator.name), correction)
    trimmed = Probe(probe.layers, probe.weights[:-1], probe.bias)
    write_probe("context", generator.name, trimmed, provenance, "`python -m eval.train_context_probe`")
    sys.stderr.write(
        f"\n{len(focused)} questions, AUC on articles left out: evidence {quality[0]:.3f}, "
        f"in context {quality[1]:.3f}, both {quality[2]:.3f}\n"
    )


def in_focus(
    pairs: Sequence[Pair],
    rows: "NDArray[np.float32]",
    present: Probe | None = None,
    strength: float = _EVIDENCE_STRENGTH,
) -> list[Focused]:
    """Of each question the pair that a probe of other articles' pairs believes most, by article.

    Args:
        pairs: The pairs.
        rows: The states of each, as `eval.train_probe.collect` gives them.
        present: The probe that is refined on the other articles' pairs; a new one learns from them when None.
        strength: How far it may go from that, or from nothing.
    """
    import numpy as np

    def learn(seen: "NDArray[np.float32]", told: "NDArray[np.bool_]") -> Probe:
        if present is not None:
            return refined(present, seen, told, strength)
        return direction(seen, told, _EVIDENCE_LAYERS, strength)

    right = np.array([pair.states_it for pair in pairs])
    scores = left_out_scores(rows, right, [pair.source.article for pair in pairs], FOLDS, learn)
    best: dict[tuple[str, str], Focused] = {}
    for pair, odds in zip(pairs, scores.tolist(), strict=True):
        key = pair.source.article, pair.question
        if key not in best or odds > best[key].odds:
            best[key] = Focused(pair, odds)
    return [best[key] for key in sorted(best)]


def prompts_of(
    focused: Sequence[Focused], index: "Index", retriever: Retriever, generator: Generator
) -> Iterator[Prompt]:
    """What the model is shown of each question's article, as the product does it."""
    for one in focused:
        question, source = one.pair.question, one.pair.source
        found = retriever.retrieve(question, article=source.article)
        yield lay_out(found, index, source.article, generator.count_tokens).prompt(question, source)


def guesses(focused: Sequence[Focused], embedder: Embedder) -> "NDArray[np.float32]":
    """Whether the sentence is gold as guessed from the question alone, learned on other articles."""
    import numpy as np
    from sklearn.linear_model import LogisticRegression
    from sklearn.model_selection import GroupKFold, cross_val_predict

    vectors = embedder.encode([one.pair.question for one in focused])
    articles = [one.pair.source.article for one in focused]
    right = np.array([one.pair.states_it for one in focused])
    model = LogisticRegression(C=_GUESS_STRENGTH, max_iter=1000)
    folds = GroupKFold(FOLDS)
    odds = cross_val_predict(model, vectors, right, groups=articles, cv=folds, method="decision_function")
    return np.asarray(odds, np.float32)


def padded(
    rows: "NDArray[np.float32]",
    right: "NDArray[np.bool_]",
    layers: int,
    strength: float = STRENGTH,
    present: Probe | None = None,
) -> Probe:
    """What a logistic model learns of the states beside the guesses, the last column of the rows.

    The guesses have no weight in the probe. A `present` one is known too, and what is learned is added to it.
    """
    import numpy as np

    states, guess = rows[:, :-1], rows[:, -1]
    known = [guess] if present is None else [guess, np.array(present.scores(states), np.float32)]
    probe, shares = direction_beside(np.stack(known, 1), states, right, layers, strength)
    if present is not None:
        probe = added_to(present, float(shares[1]), probe)
    bias = probe.bias + float(shares[0] * guess.mean())
    return Probe(layers, np.append(probe.weights, np.float32(0)), bias)


def _provenance(
    model: str, gold: str, focused: Sequence[Focused], layers: int, quality: Sequence[float]
) -> Provenance:
    return {
        "date": date.today().isoformat(),
        "model": model,
        "gold": gold,
        "questions": len(focused),
        "of_which_state_it": sum(one.pair.states_it for one in focused),
        "articles": len({one.pair.source.article for one in focused}),
        "layers": layers,
        "auc_of_evidence": round(quality[0], 4),
        "auc_on_articles_left_out": round(quality[1], 4),
        "auc_of_both": round(quality[2], 4),
    }


def _options() -> argparse.Namespace:
    parser = argparse.ArgumentParser(description="Train the probe of sentences in their context.")
    parser.add_argument("--gold", type=Path, action="append", help="the questions; may be given again")
    parser.add_argument("--seeds", type=Path, default=PRACTICE / "articles", help="their articles")
    parser.add_argument("--layers", type=positive, default=LAYERS, help="after how many the state is read")
    parser.add_argument("--states", type=Path, help="keep the states in this file, or take those in it")
    parser.add_argument("--refine", type=float, metavar="S", help="correct the present probe, so strongly")
    options = parser.parse_args()
    options.gold = options.gold or [PRACTICE / "probe.jsonl"]
    return options


if __name__ == "__main__":
    main()
