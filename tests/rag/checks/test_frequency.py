"""Twice a week is not every two weeks, but twice a month is."""

import pytest
from claims import claim_of

from rag.checks import CHECKS


def _problem(sentence: str, source: str, question: str = "How often is it done?") -> str | None:
    return CHECKS["relations"](claim_of(sentence, question, source))


@pytest.mark.parametrize(
    ("sentence", "source", "told"),
    [
        ("Bins are emptied twice a week.", "Bins are emptied every two weeks.", "every two weeks"),
        ("Every hour.", "It runs twice an hour.", "twice an hour"),
        ("It is done weekly.", "It is done monthly.", "monthly"),
        ("Once a year.", "It is checked every other year.", "every other year"),
        ("Daily.", "It is wound every 3 days.", "every 3 days"),
        ("Four times a year.", "It meets four times per month.", "four times per month"),
    ],
)
def test_another_frequency_is_stopped(sentence: str, source: str, told: str) -> None:
    problem = _problem(sentence, source)
    assert problem is not None
    assert f"“{told}”" in problem


def test_a_yes_says_what_the_question_has() -> None:
    question = "Is it emptied twice a week?"
    assert _problem("Yes.", "It is emptied every two weeks.", question) is not None
    assert _problem("Yes.", "It is emptied two times per week.", question) is None
    assert _problem("No.", "It is emptied every two weeks.", question) is None


@pytest.mark.parametrize(
    ("sentence", "source"),
    [
        ("Twice a month.", "It is done every two weeks."),
        ("It is done every fortnight.", "It is done every two weeks."),
        ("Once a week.", "It is done weekly."),
        ("Every three months.", "It is done quarterly."),
        ("Eight times a day.", "It sails five times a day, in summer eight times."),
        ("Every fifteen minutes.", "Every eight minutes by day and fifteen at night."),
        ("Every day.", "It is open."),
        ("On Mondays.", "It is done every week, on Mondays."),
        ("Weekly, and monthly in winter.", "It is done daily."),
        ("It was in the Daily Mail.", "It is in the Daily Mail every week."),
        ("Every 0 days.", "It is done daily."),
    ],
)
def test_the_same_or_an_unsure_frequency_passes(sentence: str, source: str) -> None:
    assert _problem(sentence, source) is None
