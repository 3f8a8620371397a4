"""*Citation precision*: of all citations under answered answerable questions, those on gold evidence.

After ALCE (Gao, Yen, Yu, Chen 2023), with the gold evidence's span in place of a model that judges
entailment. Each citation counts, so a question with many weighs more than one with few; an answer without any
has no score.
"""

from collections.abc import Mapping

from eval.case import Case, Ratio
from eval.metrics._evidence import supported


def score(case: Case, articles: Mapping[str, str]) -> Ratio | None:
    """The citations that overlap evidence, of all; for answerable questions that were answered."""
    if not case.gold.answerable or not case.answered:
        return None
    good = supported(case, articles)
    return Ratio(float(sum(good)), float(len(good))) if good else None
