"""*Correct in quote*: of answerable questions, those that hold a gold answer only with the cited quotes.

These are not in *correct*; together they make *correct or in quote*.
"""

from collections.abc import Mapping

from eval.case import Case, Ratio
from eval.metrics._outcome import outcome


def score(case: Case, articles: Mapping[str, str]) -> Ratio | None:
    """1 when only the answer and its quotes together hold a gold answer; for answerable questions."""
    return Ratio(float(outcome(case) == "in_quote")) if case.gold.answerable else None
