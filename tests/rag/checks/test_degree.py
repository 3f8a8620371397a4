"""More than the cited words say: all of some, the only one of several, must of may, a day of a week."""

import pytest
from claims import claim_of

from rag.checks import CHECKS, failures

STOPPED = [
    ("The fee is £5 a day.", "What is the fee?", "The fee is £5 a week."),
    ("It is the oldest mill.", "What is it?", "It is one of the oldest mills in Kent."),
    ("It is the largest lake.", "What is it?", "It is the second-largest lake."),
    ("All members may vote.", "Who may vote?", "Only some members may vote."),
    ("You have to pay in one sum.", "How do I pay?", "You may pay in two halves, or one sum."),
    ("Every member voted for it.", "Who voted for it?", "Most members voted for it."),
    ("You pay 20 crowns for each month.", "What do I pay?", "You pay 20 crowns per year."),
]
PASSED = [
    ("The fee is £5 a day.", "What is the fee?", "The fee is £5 per person and day."),
    ("The fee is £5 a day.", "What is the fee?", "The fee is £5 a day or £5 a week after May."),
    ("The fee is £5 a day.", "What is the fee?", "The fee is £5."),
    ("You must pay in one sum.", "How do I pay?", "You may only pay in one sum."),
    ("You have to ask by May.", "By when do I have to ask?", "Owners can ask by May."),
    ("You must ask to pay late.", "Can I pay late?", "You can pay late if you ask."),
    ("Some members may vote.", "Who may vote?", "Only some members may vote."),
    ("All members may vote.", "Who may vote?", "Members may vote, but some members do not."),
    ("It is one of the oldest mills.", "What is it?", "It is one of the oldest mills in Kent."),
    ("It is the oldest mill.", "What is it?", "One of the oldest mills burnt; it is the oldest."),
]


@pytest.mark.parametrize(("sentence", "question", "source"), STOPPED)
def test_a_wrong_claim_is_stopped(sentence: str, question: str, source: str) -> None:
    problem = CHECKS["relations"](claim_of(sentence, question, source))
    assert problem is not None
    assert problem.endswith(".")


@pytest.mark.parametrize(("sentence", "question", "source"), PASSED)
def test_a_right_claim_passes(sentence: str, question: str, source: str) -> None:
    assert failures(claim_of(sentence, question, source)) == {}
