"""*Over-refusal*: of answerable questions, those refused; less is better.

A system that failed did not refuse.
"""

from collections.abc import Mapping

from eval.case import Case, Ratio
from eval.metrics._outcome import outcome


def score(case: Case, articles: Mapping[str, str]) -> Ratio | None:
    """1 when the system refused; for answerable questions."""
    return Ratio(float(outcome(case) == "refused")) if case.gold.answerable else None
