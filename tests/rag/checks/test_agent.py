"""What was done by nobody in particular does not say who did it."""

import pytest
from claims import claim_of

from rag.checks import CHECKS


def _problem(question: str, sentence: str, source: str) -> str | None:
    return CHECKS["asked_kind"](claim_of(sentence, question, source))


@pytest.mark.parametrize(
    ("question", "sentence", "source"),
    [
        (
            "Who repaired the pump?",
            "Inspector Hale repaired the pump.",
            "Inspector Hale looked at a pump that had been repaired in May.",
        ),
        (
            "who shot Colonel Brandt",
            "Anders shot him.",
            "Anders got to the churchyard before Brandt was shot.",
        ),
        (
            "And who has printed it?",
            "The siege printed it.",
            "It was first printed in 1702 and tells of the siege.",
        ),
    ],
)
def test_a_passive_without_an_agent_names_nobody(question: str, sentence: str, source: str) -> None:
    assert _problem(question, sentence, source) == "The cited words say that it was done, and not who did it."


@pytest.mark.parametrize(
    ("question", "sentence", "source"),
    [
        ("Who repaired the pump?", "Anna Lund repaired it.", "The pump was repaired in May by Anna Lund."),
        (
            "Who repaired the pump?",
            "Anna Lund repaired it.",
            "It was repaired, and Anna Lund repaired the well too.",
        ),
        ("Who challenged him?", "His brother Ariq did.", "His brother Ariq was challenging his claim."),
        ("Who married Anna?", "Karl married Anna.", "Karl was married to Anna in 1900."),
        ("Who was elected?", "Karl was elected.", "Karl was elected in 1900."),
        ("Who's paid?", "Members are paid.", "Members are paid."),
        ("Who runs the mill?", "Karl runs it.", "The miller is Karl."),
        ("When was the pump repaired?", "In May.", "The pump was repaired in May."),
    ],
)
def test_an_agent_or_another_wording_passes(question: str, sentence: str, source: str) -> None:
    assert _problem(question, sentence, source) is None
