"""*MRR*, the mean reciprocal rank: 1 / the rank of the first span that overlaps evidence, or 0."""

from collections.abc import Mapping

from eval.case import Case, Ratio
from eval.metrics._ranking import measure


def score(case: Case, articles: Mapping[str, str]) -> Ratio | None:
    """The reciprocal rank (``RR`` of ir-measures); for questions that have evidence."""
    return measure(case, articles, "RR")
