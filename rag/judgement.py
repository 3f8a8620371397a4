"""Whether something may be shown: signals about it, weighed into one calibrated confidence.

The weights and thresholds were fitted by ``python -m eval.calibrate`` on development questions;
``decision.toml`` holds them with their provenance.
"""

import math
import tomllib
from functools import cache
from importlib.resources import files
from typing import Annotated

from pydantic import BaseModel, ConfigDict, Field

ANSWER_SIGNALS = ("stated", "evidence_cited", "in_context")
"""What is known of a sentence that the model wrote, and weighed; other signals may have a floor alone."""

QUOTE_SIGNALS = ("evidence", "in_context", "seconded")
"""What is known of a sentence of the article that may be quoted as the answer."""


class Bar(BaseModel):
    """The confidence, and single signals, from which on something is shown."""

    model_config = ConfigDict(extra="forbid", frozen=True)

    threshold: Annotated[float, Field(ge=0, le=1)]
    least: dict[str, float] = {}

    def too_low(self, signals: dict[str, float]) -> dict[str, float]:
        """The floors that these signals don't reach."""
        return {name: least for name, least in self.least.items() if signals.get(name, -math.inf) < least}


class Scale(Bar):
    """A logistic model over signals, and the bar that it sets.

    `unquoted` is a lower bar for what was written, where no sentence may be quoted instead.
    """

    intercept: float
    weights: dict[str, float]
    unquoted: Bar | None = None

    def allows(self, signals: dict[str, float], bar: Bar | None = None) -> bool:
        """Whether what has these signals may be shown, by the scale's own bar or another."""
        bar = bar or self
        return not bar.too_low(signals) and self.confidence(signals) >= bar.threshold

    def confidence(self, signals: dict[str, float]) -> float:
        """The chance that what has these signals is right."""
        total = self.intercept + sum(weight * signals[name] for name, weight in self.weights.items())
        return 1 / (1 + math.exp(-max(min(total, 50.0), -50.0)))


class Decision(BaseModel):
    """When an answer is shown, and when a sentence is quoted in its stead.

    Where the chance of the best sentence, read in its context, is below `written_from`, no answer is written.
    """

    model_config = ConfigDict(extra="forbid", frozen=True)

    written_from: Annotated[float, Field(ge=0, le=1)] = 0.0
    answer: Scale
    quote: Scale
    provenance: dict[str, str | int | float] = {}


_NEVER = Scale(intercept=0, weights={}, threshold=1)
CLOSED = Decision(answer=_NEVER, quote=_NEVER)
"""Shows nothing, so that all signals can be collected."""


@cache
def shipped_decision() -> Decision:
    """The decision that comes with Footnote."""
    text = files("rag").joinpath("decision.toml").read_text(encoding="utf-8")
    return Decision.model_validate(tomllib.loads(text))
