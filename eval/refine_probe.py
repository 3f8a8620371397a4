"""Corrects a probe on sentences of many more articles, so that it knows more hands than it learned from.

    python -m eval.refine_probe [SELQA.json …] [--questions N] [--gold FILE … --seeds DIR]
                                [--strength S --states FILE]

SelQA (Jurczyk, Zhai, Choi 2016; Apache-2.0, github.com/emorynlp/selqa, files ``ass/selqa-ass-*.json``) has
questions on sections of 486 Wikipedia articles, half of them reworded by another person, and tells for every
sentence of the section whether it answers. Each question gives two pairs: its first answer, and the other
sentence that has most of its words. Gold questions on articles of one's own give pairs as for
`eval.train_probe`; those in ``eval/practice`` were written for this, and nothing is tested on them. The
present probe's score enters beside the states, where its weight costs nothing; what the states add is held
close to nothing.
"""

import argparse
import json
import random
import sys
from collections.abc import Sequence
from datetime import date
from pathlib import Path
from typing import TYPE_CHECKING

from eval.command_line import check_pair, positive
from eval.indexes import searched
from eval.states import (
    added_to,
    direction_beside,
    left_out_scores,
    present_probe,
    provenance_of,
    readable_generator,
    with_correction,
    write_probe,
)
from eval.train_probe import COMMANDS, Pair, collect, pairs_of
from rag.belief import Probe
from rag.sources import SourceSentence
from rag.words import content_keys

if TYPE_CHECKING:
    import numpy as np
    from numpy.typing import NDArray

SEED, FOLDS, STRENGTH = 5, 3, 3e-3


def main() -> None:
    """Collects, fits and writes the refined probe."""
    import numpy as np

    options = _options()
    generator = readable_generator()
    present = present_probe("evidence", generator.name)
    pairs = selqa_pairs(options.files, options.questions)
    if options.gold:
        index, retriever = searched(options.seeds)
        pairs += [pair for gold in options.gold for pair in pairs_of(gold, index, retriever)]
    rows = collect(generator, pairs, present.layers, options.states)
    right = np.array([pair.states_it for pair in pairs])
    articles = [pair.source.article for pair in pairs]
    before, after = left_out_quality(present, rows, right, articles, options.strength)
    correction = {
        "date": date.today().isoformat(),
        "gold": ", ".join(["SelQA"] * bool(options.files) + [gold.name for gold in options.gold]),
        "pairs": len(pairs),
        "articles": len(set(articles)),
        "strength": options.strength,
        "auc_before": round(before, 4),
        "auc_after": round(after, 4),
    }
    provenance = with_correction(provenance_of("evidence", generator.name), correction)
    probe = refined(present, rows, right, options.strength)
    write_probe("evidence", generator.name, probe, provenance, COMMANDS)
    sys.stderr.write(f"\n{len(pairs)} pairs, AUC on articles left out {before:.3f} -> {after:.3f}\n")


def selqa_pairs(files: Sequence[Path], count: int) -> list[Pair]:
    """Two pairs for each of a sample of the questions that have both an answer and another sentence."""
    entries = [entry for file in files for entry in json.loads(file.read_text(encoding="utf-8"))]
    useful = [one for one in entries if 0 < len(one["answers"]) < len(one["candidates"])]
    random.Random(SEED).shuffle(useful)
    return [pair for entry in useful[:count] for pair in _pairs(entry)]


def _pairs(entry: dict[str, object]) -> tuple[Pair, Pair]:
    question, sentences, answers = str(entry["question"]), entry["candidates"], entry["answers"]
    assert isinstance(sentences, list)
    assert isinstance(answers, list)
    asked = content_keys(question)
    others = [row for row in range(len(sentences)) if row not in answers]
    miss = max(others, key=lambda row: (len(asked & content_keys(sentences[row])), -row))

    def pair(row: int, states_it: bool) -> Pair:
        before = sentences[row - 1] if row else ""
        source = SourceSentence(
            str(entry["article"]), 0, len(sentences[row]), sentences[row], 0.0, before=before
        )
        return Pair(question, source, states_it)

    return pair(answers[0], True), pair(miss, False)


def refined(
    present: Probe, rows: "NDArray[np.float32]", right: "NDArray[np.bool_]", strength: float = STRENGTH
) -> Probe:
    """The probe that tells the right from the wrong best without going far from the present one."""
    import numpy as np

    scores = np.array(present.scores(rows))
    added, (share,) = direction_beside(scores, rows, right, present.layers, strength)
    return added_to(present, float(share), added)


def left_out_quality(
    present: Probe,
    rows: "NDArray[np.float32]",
    right: "NDArray[np.bool_]",
    articles: Sequence[str],
    strength: float = STRENGTH,
) -> tuple[float, float]:
    """The area under the ROC curve on articles left out: of the present probe, and of refined ones."""
    from sklearn.metrics import roc_auc_score

    def learn(seen: "NDArray[np.float32]", told: "NDArray[np.bool_]") -> Probe:
        return refined(present, seen, told, strength)

    after = left_out_scores(rows, right, articles, FOLDS, learn)
    return float(roc_auc_score(right, present.scores(rows))), float(roc_auc_score(right, after))


def _options() -> argparse.Namespace:
    parser = argparse.ArgumentParser(description="Refine rag/probes on questions that are never tested on.")
    parser.add_argument("files", type=Path, nargs="*", help="SelQA's files of answer sentence selection")
    parser.add_argument("--questions", type=positive, default=1000, help="how many of SelQA's questions")
    parser.add_argument(
        "--gold", type=Path, action="append", default=[], help="gold questions; may be given again"
    )
    parser.add_argument("--seeds", type=Path, help="their articles")
    parser.add_argument(
        "--strength", type=float, default=STRENGTH, help="how far the probe may go from what it is"
    )
    parser.add_argument("--states", type=Path, help="keep the states in this file, or take those in it")
    options = parser.parse_args()
    if not options.files and not options.gold:
        parser.error("there is nothing to learn from; name files of SelQA, or --gold and --seeds")
    check_pair(parser, options)
    return options


if __name__ == "__main__":
    main()
