"""*Citation recall*: of correct answers, those with at least one citation that overlaps gold evidence.

After ALCE (Gao, Yen, Yu, Chen 2023), with the gold evidence's span in place of a model that judges
entailment.
"""

from collections.abc import Mapping

from eval.case import Case, Ratio
from eval.metrics._evidence import supported
from eval.metrics._outcome import outcome


def score(case: Case, articles: Mapping[str, str]) -> Ratio | None:
    """1 when one of the citations overlaps evidence; for answers that are *correct*."""
    return Ratio(float(any(supported(case, articles)))) if outcome(case) == "correct" else None
