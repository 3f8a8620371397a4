"""*Trust score*, after the CRAG benchmark (Yang et al. 2024), averaged over all questions; from -1 to 1.

+1 for a correct answer or a right refusal, 0 for a wrong refusal, -1 for a hallucination. An answer that is
correct only with its cited quote counts +1: the right words are before the reader. A system that failed gets
0, as a missing answer does in CRAG.
"""

from collections.abc import Mapping

from eval.case import Case, Ratio
from eval.metrics._outcome import outcome


def score(case: Case, articles: Mapping[str, str]) -> Ratio | None:
    """1, 0 or -1."""
    match outcome(case):
        case "correct" | "in_quote":
            return Ratio(1.0)
        case "refused":
            return Ratio(float(not case.gold.answerable))
        case "wrong":
            return Ratio(-1.0)
        case "failed":
            return Ratio(0.0)
