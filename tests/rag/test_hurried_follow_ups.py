"""Follow-ups as people type them in a hurry."""

import pytest
from talking import conversation

from rag.conversation import stand_alone


@pytest.mark.parametrize(
    ("said", "question", "meant"),
    [
        (("when does the bar close", "At ten."), "why tho", "Why does the bar close?"),
        (("whats the fee", "Some answer. [1]"), "n for members", "What's the fee for members?"),
    ],
)
def test_what_is_shortened_is_read_as_it_is_spoken(said: tuple[str, ...], question: str, meant: str) -> None:
    assert stand_alone(question, conversation(*said)) == meant


def test_a_fragment_may_lean_on_a_fragment() -> None:
    said = ("how did they measure the wind", "With masts.", "and how long was that in summer", "Two weeks.")
    meant = "How long was that in november? (How did they measure the wind?)"
    assert stand_alone("n november?", conversation(*said)) == meant


def test_the_hour_is_not_the_topic() -> None:
    said = ("What do I get for my bike?", "Up to £2,000.")
    meant = "It was 11 at night does that matter? (What do I get for my bike?)"
    assert stand_alone("it was 11 at nite does that matter", conversation(*said)) == meant
