"""*Hallucination*: of all questions, those answered with something that is not correct; less is better.

An answer to an unanswerable question is one, whatever it says. An answer whose cited quote holds the gold
answer is not one, although it is not *correct*: the right words are before the reader. A system that failed
said nothing, so it did not invent: 0, while it earns nothing in *correct*, *refusal recall* and *trust*.
"""

from collections.abc import Mapping

from eval.case import Case, Ratio
from eval.metrics._outcome import outcome


def score(case: Case, articles: Mapping[str, str]) -> Ratio | None:
    """1 when the system answered and was wrong."""
    return Ratio(float(outcome(case) == "wrong"))
