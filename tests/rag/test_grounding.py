import pytest

from rag.checks.claim import Claim
from rag.checks.numbers import missing_number
from rag.grounding import missing_names, unknown_names
from rag.sources import SourceSentence
from rag.words import words

CITED = (
    SourceSentence(
        "a.txt", 0, 60, "Renault’s AmpR small platform will carry two European Fords in 2028.", 0.0
    ),
)


@pytest.mark.parametrize(
    ("sentence", "missing"),
    [
        ("It arrives in 2028.", False),
        ("It arrives in 2030.", True),
        ("2 cars will come.", False),
        ("Three cars will come.", True),
    ],
)
def test_numbers_must_stand_in_the_cited_words(sentence: str, missing: bool) -> None:
    assert (missing_number(Claim(sentence, "When?", CITED)) is not None) == missing


def test_a_number_of_the_question_may_be_repeated() -> None:
    assert missing_number(Claim("Not in 2026 but in 2028.", "Do they come in 2026?", CITED)) is None


@pytest.mark.parametrize(
    ("sentence", "missing"),
    [
        ("Ford uses AmpR.", set()),
        ("It is made for Europe.", set()),
        ("It will be called the Ford E-Max.", {"E", "Max"}),
        ("It will be sold by Nissan.", {"Nissan"}),
    ],
)
def test_names_must_stand_in_the_cited_words(sentence: str, missing: set[str]) -> None:
    assert missing_names(sentence, "What?", CITED) <= missing
    assert bool(missing_names(sentence, "What?", CITED)) == bool(missing)


def test_a_question_about_a_name_that_never_occurs_is_seen() -> None:
    keys = frozenset(word.key for word in words(CITED[0].text))
    assert unknown_names("Who is the head of Toyota?", keys) == {"Toyota"}
    assert unknown_names("Does Renault build it?", keys) == set()
