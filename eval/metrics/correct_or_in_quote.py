"""*Correct or in quote*: of answerable questions, those with a gold answer in the answer or its quotes."""

from collections.abc import Mapping

from eval.case import Case, Ratio
from eval.metrics._outcome import right


def score(case: Case, articles: Mapping[str, str]) -> Ratio | None:
    """1 when the answer, with or without its quotes, holds a gold answer; for answerable questions."""
    return Ratio(float(right(case))) if case.gold.answerable else None
