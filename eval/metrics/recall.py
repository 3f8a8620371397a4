"""*Recall at k*: of questions with evidence, those where one of the first k ranked spans overlaps it.

Any piece of evidence is enough, as pieces are often alternatives: what ir-measures calls ``Success@k``, which
is its recall where there is one piece.
"""

from collections.abc import Mapping

from eval.case import Case, Ratio
from eval.metrics._ranking import measure


def score(case: Case, articles: Mapping[str, str], k: int) -> Ratio | None:
    """1 when evidence is among the first k; for questions that have evidence."""
    return measure(case, articles, f"Success@{k}")
