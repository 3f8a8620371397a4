import pytest
from claims import claim_of

from rag.checks.dates import missing_date

APART = "It opens on 3 June 2027, after a trial in May 2026."


def _problem(sentence: str, source: str, question: str = "When?") -> str | None:
    return missing_date(claim_of(sentence, question, source))


@pytest.mark.parametrize(
    ("sentence", "source"),
    [
        ("It opens on 3 June.", APART),
        ("It opens in June 2027.", APART),
        ("In 2027.", "It opens early in 2027."),
        ("On May 3.", "It opens on 3 May."),
        ("On 4 May.", "It runs on 3 and 4 May 2027."),
        ("On Tuesday.", "The vote was on Tuesday, 4 March."),
        ("On 3 May 2027.", "In 2027 much changes: it opens on 3 May."),
        ("On 17 May.", "It opens on the 17th of May."),
        ("On 3 May 2027.", "It opens on 2027-05-03."),
        ("At 4 pm.", "It opens at 16:00."),
        ("At 8.30 am.", "It opens at 8:30."),
        ("At 12:00.", "It opens at noon."),
        ("It may open.", "It opens on 3 June."),
        ("In spring 2027.", "They stay until spring 2027."),
        ("August.", "August is the best month."),
        ("In February.", "January and February are the coldest months."),
        ("From June to August.", "High season: June–August."),
        ("From November to March.", "Closed: November – March."),
        ("In May and June.", "May and June are the wettest months."),
        ("In May.", "It opens in mid-May."),
        ("Monday to Friday.", "Open Mon–Fri 9–17."),
        ("Mon–Fri.", "Open Monday to Friday."),
        ("On Saturday and Sunday.", "Sat 10–14, Sun closed."),
        ("On Wednesday and Friday.", "Bins are emptied Wed and Fri."),
        ("On Saturday, 4 May.", "Concert: Sat 4 May, 19:30."),
        ("On Friday.", "Open from Monday to Fri, not at weekends."),
        ("Our Sun – a star.", "The Sun is a star."),
        ("On Friday.", "The market is held every Fri."),
        ("It orbits our Sun.", "The planet orbits the Sun."),
    ],
)
def test_a_date_that_is_held_passes(sentence: str, source: str) -> None:
    assert _problem(sentence, source) is None


@pytest.mark.parametrize(
    ("sentence", "source"),
    [
        ("It opens on 3 May 2027.", APART),
        ("It opens in May 2027.", APART),
        ("On Monday.", "The vote was on Tuesday, 4 March."),
        ("On 5 May.", "It runs on 3 and 4 May 2027."),
        ("In autumn 2027.", "They stay until spring 2027."),
        ("At 5 pm.", "It opens at 4 pm."),
        ("At 4 am.", "It opens at 4 pm."),
        ("In July.", "August is the best month."),
        ("From May to August.", "High season: June–August."),
        ("In May.", "May they come! It rains in June."),
        ("In April.", "April Jones came in June."),
        ("On Sunday.", "Open Mon–Fri 9–17."),
        ("On Monday.", "Sat 10–14, Sun closed."),
        ("On Saturday.", "They wed, and then Sat down."),
        ("On Sunday.", "It orbits the Sun, which shines."),
    ],
)
def test_parts_of_different_dates_do_not_make_a_date(sentence: str, source: str) -> None:
    assert _problem(sentence, source) is not None


def test_a_date_of_the_question_may_only_be_denied() -> None:
    assert _problem("Yes, on 3 May.", "It opens on 4 May.", "Does it open on 3 May?") is not None
    assert _problem("No, not on 3 May.", "It opens on 4 May.", "Does it open on 3 May?") is None
