import pytest
from claims import claim_of

from rag.checks import CHECKS, failures


@pytest.mark.parametrize(
    ("sentence", "question"),
    [
        ("It took 420 metres.", "How long did it take?"),
        ("It must stand for two hours.", "At what temperature must it stand?"),
        ("The notice period is 3 months, and rent is due monthly.", "What is the rent?"),
        ("Books are lent for 14 days.", "What is the late fee for books?"),
        ("The course takes 12 hours.", "What does the course cost?"),
        ("It is 12 metres long.", "How heavy is it?"),
    ],
)
def test_an_answer_in_another_measure_is_stopped(sentence: str, question: str) -> None:
    problem = CHECKS["asked_kind"](claim_of(sentence, question, sentence))
    assert problem is not None
    assert problem.endswith(".")


@pytest.mark.parametrize(
    ("sentence", "question", "source"),
    [
        ("It took two years.", "How long did it take?", "It took two years."),
        ("It is 420 metres long.", "How long is the tunnel?", "It is 420 metres long."),
        ("Nothing for 3 days.", "How much does it cost?", "It costs nothing for 3 days, then £2."),
    ],
)
def test_an_answer_in_the_asked_measure_or_in_none_passes(sentence: str, question: str, source: str) -> None:
    assert failures(claim_of(sentence, question, source)) == {}


@pytest.mark.parametrize(
    ("sentence", "question"),
    [
        ("The late fee is 2% of the amount due.", "What is the late fee?"),
        ("The deposit is two months’ rent.", "What is the deposit?"),
        ("Rent increases by 3 percent a year.", "What is the rent increase?"),
        ("The fee must be paid 5 days before.", "What is the deadline for the fee?"),
        ("The notice period is 3 months.", "What is the notice period and how much is the rent?"),
        ("The rent covers 2 hours of cleaning.", "What does the rent cover?"),
        ("The bag weighs 12 pounds.", "How heavy is it?"),
    ],
)
def test_a_share_a_number_of_rents_and_what_is_beside_the_cost_pass(sentence: str, question: str) -> None:
    assert CHECKS["asked_kind"](claim_of(sentence, question, sentence)) is None
