"""What became of a question: the one judgement that the metrics of answers and refusals share."""

from typing import Literal

from eval.case import Case, stands

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
    if stands(case.gold, text):
        return "correct"
    quotes = " ".join(citation["quote"] for citation in case.answer["citations"])
    return "in_quote" if stands(case.gold, f"{text} {quotes}") else "wrong"


def right(case: Case) -> bool:
    """Whether a gold answer was given, in the answer's words or in a quote cited with it."""
    return outcome(case) in {"correct", "in_quote"}
