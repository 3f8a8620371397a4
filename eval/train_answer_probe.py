"""Trains the probe that reads from a model's inner state whether cited words state an answer.

    python -m eval.train_answer_probe [--answers FILE --seeds DIR --states FILE --layers L]

``eval/practice/answers.jsonl`` has right answers and wrong ones that look alike, as a small model might write
them. Each is aligned with the sentences that retrieval finds, as the product does it; a logistic model over
the state in which the language model judges it by the cited words alone tells the two apart.
``rag/probes/answer/MODEL.safetensors`` holds the direction, ``MODEL.toml`` what it was made from.
"""

import argparse
import sys
from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from datetime import date
from pathlib import Path
from typing import TYPE_CHECKING

from pydantic import BaseModel, ConfigDict

from eval.command_line import positive
from eval.indexes import searched
from eval.states import Provenance, direction, left_out_scores, read_states, readable_generator, write_probe
from eval.train_probe import evidence_in
from rag.citations import align
from rag.evidence import answer_prompt
from rag.retrieval import Retriever
from rag.sources import sources_in

if TYPE_CHECKING:
    import numpy as np
    from numpy.typing import NDArray

    from index.store import Index
    from rag.belief import Probe

PRACTICE = Path(__file__).parent / "practice"
STRENGTH, FOLDS, LAYERS = 3e-3, 5, 18
_FOUND = 10


class Answers(BaseModel):
    """A line of the file: a question and what may be answered; `right` where the article says."""

    model_config = ConfigDict(extra="forbid", frozen=True)

    id: str
    article: str
    question: str
    evidence: tuple[str, ...] = ()
    right: str | None = None
    wrong: str


@dataclass(frozen=True, slots=True)
class Attempt:
    """One answer to a question, the words that it would cite, and whether it is right."""

    question: str
    article: str
    sentence: str
    cited: tuple[str, ...]
    right: bool


def main() -> None:
    """Collects, fits and writes the probe."""
    import numpy as np
    from sklearn.metrics import roc_auc_score

    options = _options()
    generator = readable_generator()
    attempts = list(attempts_of(read_answers(options.answers), *searched(options.seeds)))
    prompts = [answer_prompt(one.question, one.sentence, one.cited) for one in attempts]
    rows = read_states(generator, prompts, options.layers, options.states)
    right = np.array([one.right for one in attempts])

    def learn(seen: "NDArray[np.float32]", told: "NDArray[np.bool_]") -> "Probe":
        return direction(seen, told, options.layers, STRENGTH)

    scores = left_out_scores(rows, right, [one.article for one in attempts], FOLDS, learn)
    quality = float(roc_auc_score(right, scores))
    provenance = _provenance(generator.name, options.answers.name, options.layers, attempts, quality)
    command = "`python -m eval.train_answer_probe`"
    write_probe("answer", generator.name, learn(rows, right), provenance, command)
    sys.stderr.write(f"\n{len(attempts)} answers, AUC on articles left out {quality:.3f}\n")


def read_answers(file: Path) -> list[Answers]:
    """The lines of the file."""
    return [Answers.model_validate_json(line) for line in file.read_text(encoding="utf-8").splitlines()]


def attempts_of(answers: Sequence[Answers], index: "Index", retriever: Retriever) -> Iterator[Attempt]:
    """Each answer with what it would cite of the sentences that are found, the evidence always among them."""
    for one in answers:
        article = index.articles[one.article]
        found = retriever.retrieve(one.question, k=_FOUND, article=article.name)
        numbers = evidence_in(article, one.evidence)
        numbers |= {at for each in found for at in range(each.passage.first, each.passage.last)}
        sources = sources_in([(article, number, number + 1) for number in sorted(numbers)], found)
        for sentence in (one.right, one.wrong):
            if sentence is not None:
                cited = tuple(source.text for source in align(sentence, one.question, sources).sources)
                yield Attempt(one.question, one.article, sentence, cited, sentence is one.right)


def _provenance(
    model: str, file: str, layers: int, attempts: Sequence[Attempt], quality: float
) -> Provenance:
    return {
        "date": date.today().isoformat(),
        "model": model,
        "answers_from": file,
        "answers": len(attempts),
        "right": sum(one.right for one in attempts),
        "articles": len({one.article for one in attempts}),
        "layers": layers,
        "auc_on_articles_left_out": round(quality, 4),
    }


def _options() -> argparse.Namespace:
    parser = argparse.ArgumentParser(description="Train the probe of written answers.")
    parser.add_argument("--answers", type=Path, default=PRACTICE / "answers.jsonl")
    parser.add_argument("--seeds", type=Path, default=PRACTICE / "articles", help="the articles")
    parser.add_argument("--layers", type=positive, default=LAYERS, help="after how many the state is read")
    parser.add_argument("--states", type=Path, help="keep the states in this file, or take those in it")
    return parser.parse_args()


if __name__ == "__main__":
    main()
