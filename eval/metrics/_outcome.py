"""What became of a question: the one judgement that the metrics of answers and refusals share."""

from typing import Literal

from eval.case import Case
from eval.goldset import GoldQuestion
from eval.matching import holds

Outcome = Literal["failed", "refused", "correct", "in_quote", "wrong"]


def outcome(case: Case) -> Outcome:
    """How the system did.

    ``in_quote``: the gold answer stands only in the answer and its cited quotes together. An answer to a
    question that the article does not answer is ``wrong`` whatever it says. A system that ``failed`` did
    neither right nor wrong: it counts as no answer and no refusal.
    """
    if case.answer is None:
        return "failed"
    if case.answer["refused"]:
        return "refused"
    text: str = case.answer["answer"]
    if not case.gold.answerable:
        return "wrong"
    if _stands(case.gold, text):
        return "correct"
    quotes = " ".join(citation["quote"] for citation in case.answer["citations"])
    return "in_quote" if _stands(case.gold, f"{text} {quotes}") else "wrong"


def right(case: Case) -> bool:
    """Whether a gold answer was given, in the answer's words or in a quote cited with it."""
    return outcome(case) in {"correct", "in_quote"}


def _stands(gold: GoldQuestion, text: str) -> bool:
    """Whether one of `answers` (when there are any) and each of `answers_all` stand in the text."""
    if gold.answers and not any(holds(answer, text) for answer in gold.answers):
        return False
    return all(holds(answer, text) for answer in gold.answers_all)
