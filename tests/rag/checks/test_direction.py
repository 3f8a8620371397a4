"""Whether a yes or a no is what the cited words say."""

import pytest
from claims import claim_of

from rag.checks import CHECKS, failures

FROST = "Frost damage is not covered by the guarantee."


STOPPED = [
    ("Yes.", "Does the guarantee cover frost damage?", FROST),
    ("No.", "Does the guarantee cover theft?", "The guarantee covers theft."),
    ("Yes.", "Did it sell 5 million vans?", "It sold 2 million vans."),
    ("Yes.", "Will it be built by Nissan?", "It will be built by Renault."),
    ("Yes.", "Did prices increase in May?", "Prices decreased in May."),
    ("Yes.", "May I hand it in after 3 May?", "It must be handed in before 3 May."),
    ("Yes.", "Is it the oldest mill?", "It is one of the oldest mills."),
    ("Yes.", "May I bring more than 20 kg?", "You may bring no more than 20 kg."),
    ("Yes, Ana refused to blame her.", "Did Ana blame her?", "Ana refused to blame anyone."),
    (
        "Yes, it is free for residents.",
        "Is the museum free for everyone?",
        "The museum is free for residents of Keld.",
    ),
]
PASSED = [
    ("No.", "Does the guarantee cover frost damage?", FROST),
    ("Yes.", "Does the guarantee cover theft?", "The guarantee covers theft."),
    ("No, it sold 2 million.", "Did it sell 5 million vans?", "It sold 2 million vans."),
    ("No.", "Does it make petrol cars?", "It is focused solely on electric cars."),
    ("Yes, photos are welcome without flash.", "Are photos ok with no flash?", "Photos: without flash."),
    ("Yes.", "May I come before 8?", "You may come until 8."),
    ("Yes.", "Must I pay after 8?", "Parking is free until 8."),
    ("Yes, but you cannot pay in May.", "Can I pay?", "You can pay, but you cannot pay in May."),
    ("Yes.", "Does the Tarn restart?", "It restarts by itself."),
    ("Yes.", "Does Arn use Gem?", "Technology: employs tools (like Gem)."),
    ("Yes.", "Is there parking at Carden Yard?", "There are 40 spaces for parking."),
    ("Yes, nobody pays.", "Is the museum free for everyone?", "Nobody pays to get into the museum."),
    (
        "Yes, that is all right.",
        "Is it all right to take photographs in the museum?",
        "Photographs may be taken in the museum.",
    ),
]


@pytest.mark.parametrize(("sentence", "question", "source"), STOPPED)
def test_a_wrong_claim_is_stopped(sentence: str, question: str, source: str) -> None:
    problem = CHECKS["direction"](claim_of(sentence, question, source))
    assert problem is not None
    assert problem.endswith(".")


@pytest.mark.parametrize(("sentence", "question", "source"), PASSED)
def test_a_right_claim_passes(sentence: str, question: str, source: str) -> None:
    assert failures(claim_of(sentence, question, source)) == {}
