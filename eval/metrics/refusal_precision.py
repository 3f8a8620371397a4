"""*Refusal precision*: of refusals, those of questions that the article does not answer."""

from collections.abc import Mapping

from eval.case import Case, Ratio
from eval.metrics._outcome import outcome


def score(case: Case, articles: Mapping[str, str]) -> Ratio | None:
    """1 when the question is unanswerable; for questions that were refused."""
    return Ratio(float(not case.gold.answerable)) if outcome(case) == "refused" else None
