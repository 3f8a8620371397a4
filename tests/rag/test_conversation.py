import pytest

from rag.conversation import Turn, stand_alone

HISTORY = (Turn("user", "What platform will the Fiesta use?"), Turn("assistant", "AmpR Small. [1]"))


@pytest.mark.parametrize("question", ["And when does it arrive?", "what about the vans?", "who builds it"])
def test_a_question_that_leans_on_the_last_one_gets_it(question: str) -> None:
    assert "What platform will the Fiesta use?" in stand_alone(question, HISTORY)
    assert stand_alone(question, HISTORY).startswith(question)


@pytest.mark.parametrize("question", ["Who is the CEO of Ford?", "When do the vans arrive?"])
def test_a_question_that_stands_alone_stays_as_it_is(question: str) -> None:
    assert stand_alone(question, HISTORY) == question


def test_without_earlier_turns_nothing_is_added() -> None:
    assert stand_alone("And when?", ()) == "And when?"
