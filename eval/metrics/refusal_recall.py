"""*Refusal recall*: of questions that the article does not answer, those refused.

A system that failed did not refuse.
"""

from collections.abc import Mapping

from eval.case import Case, Ratio
from eval.metrics._outcome import outcome


def score(case: Case, articles: Mapping[str, str]) -> Ratio | None:
    """1 when the system refused; for unanswerable questions."""
    return None if case.gold.answerable else Ratio(float(outcome(case) == "refused"))
