"""Whether something may be shown: signals about it, weighed into one calibrated confidence.

The weights and thresholds were fitted by ``python -m eval.calibrate`` on development questions;
``decision.toml`` holds them with their provenance.
"""

import math
import tomllib
from collections.abc import Sequence
from functools import cache
from importlib.resources import files
from typing import Annotated

from pydantic import BaseModel, ConfigDict, Field

from rag.generator import Generator, Prompt
from rag.prompting import neutralise, template
from rag.sources import SourceSentence

ANSWER_SIGNALS = ("log_odds", "evidence_cited", "support")
"""What is known of a sentence that the model wrote."""

QUOTE_SIGNALS = ("evidence", "margin", "meaning", "relevance")
"""What is known of a sentence of the article that may be quoted as the answer."""

_YES, _NO = ("Yes", "yes"), ("No", "no")


class Scale(BaseModel):
    """A logistic model over signals, and the confidence from which on a thing is shown."""

    model_config = ConfigDict(extra="forbid", frozen=True)

    intercept: float
    weights: dict[str, float]
    threshold: Annotated[float, Field(ge=0, le=1)]

    def confidence(self, signals: dict[str, float]) -> float:
        """The chance that what has these signals is right."""
        total = self.intercept + sum(weight * signals[name] for name, weight in self.weights.items())
        return 1 / (1 + math.exp(-max(min(total, 50.0), -50.0)))


class Decision(BaseModel):
    """When an answer is shown, and when a sentence is quoted in its stead."""

    model_config = ConfigDict(extra="forbid", frozen=True)

    answer: Scale
    quote: Scale
    provenance: dict[str, str | int | float] = {}


@cache
def shipped_decision() -> Decision:
    """The decision that comes with Footnote."""
    text = files("rag").joinpath("decision.toml").read_text(encoding="utf-8")
    return Decision.model_validate(tomllib.loads(text))


def log_odds(generator: Generator, sentence: str, question: str, cited: Sequence[SourceSentence]) -> float:
    """The model's log-odds that the cited words, read alone, state this answer to the question."""
    text = " ".join(source.text for source in cited)
    asked = template("judge_question").format(question=neutralise(question), answer=neutralise(sentence))
    return yes_odds(generator, [Prompt(template("judge_system"), f"Text: {neutralise(text)}\n", asked)])[0]


def yes_odds(generator: Generator, prompts: Sequence[Prompt]) -> list[float]:
    """For each prompt the log-odds that the model replies yes rather than no."""
    return [
        _added(chances[: len(_YES)]) - _added(chances[len(_YES) :])
        for chances in generator.first_words(prompts, (*_YES, *_NO))
    ]


def _added(logs: Sequence[float]) -> float:
    highest = max(logs)
    return highest + math.log(sum(math.exp(value - highest) for value in logs))
