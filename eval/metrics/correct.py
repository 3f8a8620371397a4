"""*Correct*: of answerable questions, those answered with a gold answer in the answer's own words.

Not refused, and one of `answers` and each of `answers_all` stand in the answer (eval.matching). The answer
is taken with its ``[n]`` markers, so a gold answer that is a bare small number may match one of them. A
system that failed was not correct.
"""

from collections.abc import Mapping

from eval.case import Case, Ratio
from eval.metrics._outcome import outcome


def score(case: Case, articles: Mapping[str, str]) -> Ratio | None:
    """1 when the answer holds a gold answer; for answerable questions."""
    return Ratio(float(outcome(case) == "correct")) if case.gold.answerable else None
