"""One gold question with what a system said to it: the unit that is scored, stored and compared."""

from dataclasses import dataclass, field
from typing import Any

from eval.goldset import GoldQuestion
from eval.matching import holds


@dataclass(frozen=True, slots=True)
class Case:
    """A question and its outcome.

    `answer` is the object of ``footnote ask --json``; None when the system failed, and `error` says how.
    `ranking` holds the retrieved spans ``(article, start, end)``, best first.
    """

    gold: GoldQuestion
    answer: dict[str, Any] | None
    error: str | None = None
    ranking: tuple[tuple[str, int, int], ...] = ()

    @property
    def answered(self) -> bool:
        """Whether the system gave an answer rather than a refusal."""
        return self.answer is not None and not self.answer["refused"]


@dataclass(frozen=True, slots=True)
class Ratio:
    """A case's part in a metric: the metric is the sum of `hits` over the sum of `of`, over all cases."""

    hits: float
    of: float = field(default=1.0)


def stands(gold: GoldQuestion, text: str) -> bool:
    """Whether one of `answers` (when there are any) and each of `answers_all` stand in the text."""
    if gold.answers and not any(holds(answer, text) for answer in gold.answers):
        return False
    return all(holds(answer, text) for answer in gold.answers_all)
