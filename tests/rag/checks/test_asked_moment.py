"""A moment is told as exactly as it is asked for."""

import pytest

from rag.checks import CHECKS, Claim


def _problem(question: str, sentence: str) -> str | None:
    return CHECKS["asked_kind"](Claim(sentence, question, ()))


@pytest.mark.parametrize(
    ("question", "sentence", "wanted"),
    [
        ("On what day will the data be put online?", "The data will be released in June.", "a day"),
        ("By which date must I apply?", "Apply by the end of October.", "a day"),
        ("What exact date was it signed?", "It was signed in the spring of 1998.", "a day"),
        ("At what time does the meeting end?", "The meeting is held on 3 May.", "a time of day"),
        ("What hours are they open in winter?", "They are open from November to March.", "a time of day"),
        ("In which month did the mill burn?", "The mill burnt down in 1911.", "a month"),
        ("In what year was the bridge opened?", "It was opened on 3 May.", "a year"),
        ("What year did it move?", "It moved the following spring.", "a year"),
    ],
)
def test_a_coarser_moment_or_another_one_is_not_what_was_asked_for(
    question: str, sentence: str, wanted: str
) -> None:
    assert _problem(question, sentence) == f"The question asks for {wanted}, and the answer gives none."


@pytest.mark.parametrize(
    ("question", "sentence"),
    [
        ("On what day will the data be put online?", "They will be online on 4 June."),
        ("On what day is it closed?", "It is closed on Mondays in winter."),
        ("On which day did he die?", "He died on Christmas Eve 1911."),
        ("By which day must it be paid?", "It must be paid by the 5th of each month."),
        ("On what day do I get the money?", "Three days after the end of the month."),
        ("On what date is the next meeting?", "No date has been set before spring."),
        ("What days are they open?", "They are open all year."),
        ("What day ticket do I need in May?", "In May you need the small one."),
        ("What time does it open on Sundays?", "It is closed on Sundays."),
        ("At what time is it fed in June?", "In June it is fed at seven."),
        ("At what time is it fed on Mondays?", "On Mondays it is fed in the evening."),
        ("What time of the year is it fed?", "It is fed in winter."),
        ("What time zone is used in May?", "In May the one of Lisbon is used."),
        ("In which month did the mill burn?", "The mill burnt down in June 1911."),
        ("In what year was the bridge opened?", "It was opened in May, two years later."),
        ("In what year was the bridge opened?", "It was opened in May 1911."),
        ("In what year did Livy live?", "He lived in 20 BC, in the spring of Rome."),
        ("What year group sings in May?", "The sixth form sings in May."),
        ("On what day and where is it?", "It is in June, in the hall."),
        ("When is it?", "It is in June."),
        ("On what day is it?", "Anna knows."),
    ],
)
def test_a_moment_as_exact_as_asked_for_and_one_that_cannot_be_told_pass(
    question: str, sentence: str
) -> None:
    assert _problem(question, sentence) is None
