"""Whether an answer may be shown: signals about it, weighed into one calibrated confidence.

The weights and the threshold were fitted by ``python -m eval.calibrate`` on development questions;
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

SIGNALS = ("log_odds", "support", "meaning")
_YES, _NO = ("Yes", "yes"), ("No", "no")


class Decision(BaseModel):
    """A logistic model over the signals, and the confidence from which on an answer is shown."""

    model_config = ConfigDict(extra="forbid", frozen=True)

    intercept: float
    weights: dict[str, float]
    threshold: Annotated[float, Field(ge=0, le=1)]
    provenance: dict[str, str | int | float] = {}

    def confidence(self, signals: dict[str, float]) -> float:
        """The chance that an answer with these signals is right."""
        total = self.intercept + sum(weight * signals[name] for name, weight in self.weights.items())
        return 1 / (1 + math.exp(-max(min(total, 50.0), -50.0)))


@cache
def shipped_decision() -> Decision:
    """The decision that comes with Footnote."""
    text = files("rag").joinpath("decision.toml").read_text(encoding="utf-8")
    return Decision.model_validate(tomllib.loads(text))


def log_odds(generator: Generator, sentence: str, question: str, cited: Sequence[SourceSentence]) -> float:
    """The model's log-odds that the cited words, read alone, state this answer to the question."""
    text = " ".join(source.text for source in cited)
    asked = template("judge_question").format(question=neutralise(question), answer=neutralise(sentence))
    prompt = Prompt(template("judge_system"), f"Text: {neutralise(text)}\n", asked)
    chances = generator.first_word(prompt, (*_YES, *_NO))
    return _added(chances[: len(_YES)]) - _added(chances[len(_YES) :])


def _added(logs: Sequence[float]) -> float:
    highest = max(logs)
    return highest + math.log(sum(math.exp(value - highest) for value in logs))
