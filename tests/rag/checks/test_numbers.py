import pytest
from claims import claim_of

from rag.checks.numbers import missing_number


@pytest.mark.parametrize(
    ("sentence", "source"),
    [
        ("It rose by 12%.", "It rose by 12 percent."),
        ("It rose by 12 per cent.", "It rose by 12%."),
        ("They sold 2000.", "They sold 2,000 vans."),
        ("Twenty-five people came.", "25 people came."),
        ("It cost £5 million.", "It cost £5m."),
        ("It cost 5 million pounds.", "The cost is £5 million."),
        ("5 million euros.", "Between 5 and 10 million euros."),
        ("It cost 21,000 crowns.", "The rent rose from 21,000 to 29,500 crowns."),
        ("It takes 35 minutes.", "It takes thirty-five minutes."),
        ("It takes 30 minutes.", "It takes half an hour."),
        ("The 3rd.", "It was the third attempt."),
        ("It ended in 1763.", "The war (1754–63) was long."),
        ("One of them will be electric.", "A car will be electric."),
        ("A third of them left.", "One-third of them left."),
        ("A third of them left.", "There were 60, of whom a third should leave."),
        ("The Tarn 40S.", "The Tarn 40S is made of steel."),
        ("250 came.", "Two hundred and fifty came."),
        ("24 eggs.", "Two dozen eggs."),
        ("It opens at 4 pm.", "It opens at 16:00."),
    ],
)
def test_a_number_may_be_written_in_another_way(sentence: str, source: str) -> None:
    assert missing_number(claim_of(sentence, "What?", source)) is None


@pytest.mark.parametrize(
    ("sentence", "source"),
    [
        ("They sold 5.", "They sold 5 million."),
        ("They sold 5 million.", "They sold 5."),
        ("It is 5 km away.", "It costs £5."),
        ("It cost $5.", "It cost £5."),
        ("It rose by 12%.", "It rose by 12 points."),
        ("It takes 35 hours.", "It takes 35 minutes."),
        ("The third attempt.", "Three attempts were made."),
        ("The Tarn 41S.", "The Tarn 40S is made of steel."),
        ("Two came.", "Three came."),
    ],
)
def test_another_value_or_unit_is_missing(sentence: str, source: str) -> None:
    assert missing_number(claim_of(sentence, "What?", source)) is not None


@pytest.mark.parametrize(
    ("sentence", "question", "source", "fine"),
    [
        ("Ford sold 5 million vans.", "Did Ford sell 5 million vans?", "Ford sold vans.", False),
        ("No, it sold 2 million.", "Did Ford sell 5 million vans?", "Ford sold 2 million vans.", True),
        ("Not in 2026 but in 2028.", "Do they come in 2026?", "They come in 2028.", True),
        ("Vans were sold in 2020.", "What was sold in 2020?", "In 2019 vans were sold.", False),
        ("The 7 members voted for it.", "What did the 7 members do?", "The members voted for it.", True),
        ("One.", "How many cars?", "Two cars.", False),
    ],
)
def test_a_number_of_the_question_needs_support_too(
    sentence: str, question: str, source: str, fine: bool
) -> None:
    assert (missing_number(claim_of(sentence, question, source)) is None) == fine
