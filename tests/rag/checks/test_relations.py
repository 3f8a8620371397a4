"""Before is not after, beside not in, and "at most" not "at least"."""

import pytest
from claims import claim_of

from rag.checks import CHECKS


def _problem(question: str, sentence: str, source: str) -> str | None:
    return CHECKS["relations"](claim_of(sentence, question, source))


@pytest.mark.parametrize(
    ("question", "sentence", "source", "told"),
    [
        ("When must I apply?", "You apply after 3 May.", "Applications end before 3 May.", "“after 3”"),
        ("When is it open?", "It is open from 5 pm.", "It is open until 5 pm.", "“until 5”"),
        ("When can I enter?", "Before 8 am.", "You can enter after 8 am.", "“Before 8”"),
        (
            "How much may I bring?",
            "More than 20 kg.",
            "You may bring no more than 20 kg.",
            "“no more than 20”",
        ),
        ("How long is it?", "It takes less than 3 hours.", "It takes more than 3 hours.", "“less than 3”"),
        ("How many came?", "More than 200 people came.", "Nearly 200 people came.", "“Nearly 200”"),
        ("Who may swim?", "Children under 12.", "Children aged 12 and over may swim.", "“12 and over”"),
        ("Who may swim?", "Children under 12.", "Children of 12 years or older swim.", "“12 years or older”"),
        ("Who pays?", "Groups of more than 5 pay.", "Groups of 5 or fewer pay.", "“5 or fewer”"),
        ("When did he go?", "He went after the long war.", "He went before the war.", "“before the war”"),
        (
            "Where is it?",
            "It lies in the fern house.",
            "He lies beside the fern house.",
            "“beside the fern house”",
        ),
        ("Where is it?", "It is under the mat.", "The key lies on the mat.", "“on the mat”"),
        ("Where is it?", "It is opposite the mill.", "The café is behind the mill.", "“behind the mill”"),
    ],
)
def test_another_relation_to_the_same_is_stopped(
    question: str, sentence: str, source: str, told: str
) -> None:
    problem = _problem(question, sentence, source)
    assert problem is not None
    assert told in problem


@pytest.mark.parametrize(
    ("question", "sentence", "source"),
    [
        (
            "How many came?",
            "At least 200 people came.",
            "Over 200 people came.",
        ),
        ("Who may swim?", "Children over 12.", "Children aged 12 and over may swim."),
        ("Who may swim?", "Children under 12.", "Children under 12 and those of 12 and over may swim."),
        ("From when do I pay?", "You pay from 8 am.", "Parking is free until 8 am."),
        ("When does it open?", "It opens after 9.", "It is closed until 9."),
        ("When can I enter?", "You can't enter before 8.", "You may enter from 8."),
        ("By when must I pay?", "You must pay before 5 May.", "You must pay by 5 May."),
        ("Where do they sit?", "They sit in the garden.", "They sit in the garden, beside the house."),
        ("Where do they sit?", "They sit in the house.", "They sit beside the house, then in the house."),
        ("Where do they sit?", "They sit in the house.", "They went beside the house. The house is old."),
        ("When did he go?", "He went before it ended.", "He went after it began, before it ended."),
        ("Who found it?", "Ana found it in 1952.", "It was unknown until 1952, when Ana found it."),
        ("Is it above the cap?", "It is above the cap.", "Under its cap a club may spend 5 million."),
    ],
)
def test_the_same_relation_another_matter_and_what_stands_in_several_pass(
    question: str, sentence: str, source: str
) -> None:
    assert _problem(question, sentence, source) is None
