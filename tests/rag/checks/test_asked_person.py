import pytest
from claims import claim_of

from rag.checks import CHECKS


def _problem(question: str, sentence: str) -> str | None:
    return CHECKS["asked_kind"](claim_of(sentence, question, sentence))


@pytest.mark.parametrize(
    ("question", "sentence"),
    [
        ("Who pays for repairs?", "The landlord pays for repairs."),
        ("Who pays for damage to the flat?", "The tenant bears the cost of damage to the flat."),
        ("Who decides?", "A jury decides."),
        ("Who is paid weekly?", "The apprentice is paid weekly."),
        ("Who must be told of a leak?", "The landlord must be told of a leak."),
        ("Who was the victim?", "The victim was a nurse."),
        ("Who gives the injection?", "The injection is given by a nurse."),
        ("Who inherits the title?", "The title passes to the eldest cousin."),
        ("Whose fault was it?", "It was the fault of the pilot."),
        ("To whom does the garden belong?", "The garden belongs to the parish."),
        ("Who was the letter sent to?", "The letter was sent to the viceroy."),
        ("Who do I tell about a leak?", "Tell the landlord about a leak."),
    ],
)
def test_an_ordinary_noun_may_say_who(question: str, sentence: str) -> None:
    assert _problem(question, sentence) is None


@pytest.mark.parametrize(
    ("question", "sentence"),
    [
        ("Who painted it?", "It was painted in oil on wood."),
        ("Who built the bridge?", "The old bridge was built in 1932."),
        ("Who built the bridge?", "The old roof was built in 1932."),
        ("Who built the bridge?", "The construction of the bridge took a year."),
        ("Who owns the castle?", "The castle is a ruin."),
        ("Who approves the work?", "The work is approved by the end of May."),
        ("Who delivers the meals?", "Meals are delivered by train."),
        ("Who keeps the key?", "The spare key is kept in a safe."),
        ("Who invented the game?", "The game was invented as a pastime."),
        ("Who runs the ferry?", "The old ferry runs daily."),
    ],
)
def test_a_thing_or_a_circumstance_says_nobody(question: str, sentence: str) -> None:
    assert _problem(question, sentence) is not None
