"""*nDCG@10*: how early the first ten spans cover the pieces of evidence (Järvelin, Kekäläinen 2002).

A span gains 1 when it overlaps a piece that no better span overlaps, discounted by log2(rank + 1); divided by
the gain of a ranking with all of these spans, and one more for each piece that was missed, at its head.
"""

from collections.abc import Mapping

from eval.case import Case, Ratio
from eval.metrics._ranking import measure


def score(case: Case, articles: Mapping[str, str]) -> Ratio | None:
    """``nDCG@10`` of ir-measures; for questions that have evidence."""
    return measure(case, articles, "nDCG@10")
