"""Several that are only counted are not named."""

import pytest
from claims import claim_of

from rag.checks import CHECKS, Claim
from rag.sources import SourceSentence


def _problem(question: str, source: str) -> str | None:
    return CHECKS["asked_kind"](claim_of(source, question, source))


@pytest.mark.parametrize(
    ("question", "source"),
    [
        (
            "Which two cities got their money back?",
            "After trials in Ellery the two cities that paid got it back.",
        ),
        ("What are the names of the three outsiders?", "A panel of 3 outsiders will decide by December."),
        ("list the six villages please", "Leaving six small villages without a bank."),
        ("Who are the two witnesses, staff or not?", "The desk opens it before two witnesses."),
        ("what names will the two ferries get", "The yard has won an order for two car ferries."),
    ],
)
def test_a_number_of_things_is_not_which_they_are(question: str, source: str) -> None:
    assert _problem(question, source) == "The cited words count what is asked for, and do not name it."


@pytest.mark.parametrize(
    ("question", "source"),
    [
        ("Which two cities got their money back?", "The two cities of Ellery and Wick got it back."),
        ("Which two cities got their money back?", "Ellery and Wick, the two cities that paid, got it back."),
        ("What were the two forms?", "It takes two forms, orientalism and tropicality."),
        ("What are the three colours?", "There are three colours: red, blue and white."),
        ("What are the four bells made of?", "It strikes on four bells."),
        ("Which two cities got their money back?", "Ellery and Wick got it back."),
        ("Which two cities got their money back?", "Ellery and Wick got it back in two instalments."),
        ("Which cities got their money back?", "The two cities got it back."),
        ("How many cities are there?", "There are two cities in it."),
    ],
)
def test_what_may_be_a_list_and_other_questions_pass(question: str, source: str) -> None:
    assert _problem(question, source) is None


def test_another_cited_sentence_may_name_them() -> None:
    texts = ("Ellery and Wick paid.", "The two cities got it back.")
    cited = tuple(SourceSentence("a.txt", 100 * at, 200, text, 0.5) for at, text in enumerate(texts))
    question = "Which two cities got it back?"
    assert CHECKS["asked_kind"](Claim("Ellery and Wick got it back.", question, cited)) is None
