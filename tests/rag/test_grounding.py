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


@pytest.mark.parametrize(
    "question",
    [
        "I'm a dealer, and I've ordered one: when do I get it?",
        "Suppose Renault is late. What then?",
        "What did the CEO say to my PR people?",
        "Is Mr Renault in charge on Fridays in May?",
        "Will v2028 be carried?",
        "I live in Spain and am in grade B: who leads Renault?",
        "What may my 3 GB of RAM and 140 Wh carry?",
        "Is it OK by SMS for Dad?",
    ],
)
def test_words_that_are_no_names_are_not_missed_in_the_article(question: str) -> None:
    keys = frozenset(word.key for word in words(CITED[0].text))
    assert unknown_names(question, keys) == set()


@pytest.mark.parametrize("question", ["I hear Toyota leads it: when?", "We read that Toyota leads it. When?"])
def test_what_people_heard_of_a_name_is_asked_of_the_article(question: str) -> None:
    keys = frozenset(word.key for word in words(CITED[0].text))
    assert unknown_names(question, keys) == {"Toyota"}


def test_an_abbreviation_without_an_article_may_be_a_name() -> None:
    keys = frozenset(word.key for word in words(CITED[0].text))
    assert unknown_names("Will BMW carry it?", keys) == {"BMW"}


@pytest.mark.parametrize(
    "question", ["Who leads Orleans and Mongke?", "Was Möngke in Orléns?", "Is Renualt in it?"]
)
def test_a_name_without_its_accents_or_with_a_slip_of_the_pen_is_known(question: str) -> None:
    keys = frozenset(word.key for word in words("Möngke of Orléans drives a Renault."))
    assert unknown_names(question, keys) == set()


@pytest.mark.parametrize("name", ["Fenault", "Ren", "Renzo", "A291"])
def test_another_name_is_no_slip_of_the_pen(name: str) -> None:
    keys = frozenset(word.key for word in words("The Renault A290 of Rena."))
    assert unknown_names(f"Who drives the {name}?", keys) == {name}
