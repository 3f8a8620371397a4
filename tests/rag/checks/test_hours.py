import pytest
from claims import claim_of

from rag.checks.dates import missing_date
from rag.checks.hours import loose_hours
from rag.checks.numbers import missing_number


def _problem(sentence: str, source: str, question: str = "When is it?") -> str | None:
    claim = claim_of(sentence, question, source)
    return missing_date(claim) or missing_number(claim)


@pytest.mark.parametrize(
    ("sentence", "source"),
    [
        ("From 9 to 5.", "Open 9am to 5pm."),
        ("9 to 5.", "Open 9am to 5pm."),
        ("From noon to 5.", "Open noon to 5 pm."),
        ("At seven.", "The concert starts at 7 pm."),
        ("Seven.", "The concert starts at 7 pm."),
        ("At two in the afternoon.", "It begins at 14:00."),
        ("Two o'clock.", "It begins at 14:00."),
        ("At 9 am.", "Opening hours: 9–17."),
        ("Until 5 pm.", "Mon–Fri 9–17."),
        ("By 11.", "Check-out is by 11 am."),
        ("At 10:30.", "The boat leaves at 10.30 and 14.45."),
        ("At 2.45 pm.", "The boat leaves at 10.30 and 14.45."),
        ("At 10.30 and 14.45.", "The boat leaves at 10:30 and 14:45."),
    ],
)
def test_an_hour_may_be_written_without_its_half_of_the_day(sentence: str, source: str) -> None:
    assert _problem(sentence, source) is None


@pytest.mark.parametrize(
    ("sentence", "source"),
    [
        ("From 9 to 6.", "Open 9am to 5pm."),
        ("At eight.", "The concert starts at 7 pm."),
        ("At seven.", "The concert starts at 7:30 pm."),
        ("At 10 am.", "Opening hours: 9–17."),
        ("At 9 pm.", "Pupils aged 9–17 may come at 8 pm."),
        ("At 9 am.", "For children between 9 and 12 years, at 8 am."),
        ("At 10:45.", "The boat leaves at 10.30 and 14.45."),
        ("At 10.45.", "The boat leaves at 10:30 and 14:45."),
        ("At 10.30 pm.", "The boat leaves at 10.15 and 14.30."),
    ],
)
def test_another_hour_is_missing(sentence: str, source: str) -> None:
    assert _problem(sentence, source) is not None


@pytest.mark.parametrize(
    "sentence", ["5 people.", "Five.", "At 5 or 5 schools.", "After 5 days.", "It rose to 5."]
)
def test_a_count_is_no_hour(sentence: str) -> None:
    assert _problem(sentence, "It is open from 5 pm.", "How many?") is not None


def test_each_hour_stands_where_it_is_written() -> None:
    assert loose_hours("Open from 9.30 to five.") == {
        10: frozenset({"9:30", "21:30"}),
        18: frozenset({"5:00", "17:00"}),
    }
