"""That Leeds beat York is not that York beat Leeds."""

import pytest
from claims import claim_of

from rag.checks import CHECKS


def _problem(question: str, sentence: str, source: str) -> str | None:
    return CHECKS["relations"](claim_of(sentence, question, source))


@pytest.mark.parametrize(
    ("question", "sentence", "source"),
    [
        ("Who won?", "York beat Leeds.", "Leeds beat York."),
        ("Who beat Leeds?", "York.", "Leeds beat York in May."),
        ("Who beat Leeds?", "Leeds beat York in May.", "Leeds beat York in May."),
        ("Who won in May?", "York beat Leeds in May.", "In May, Leeds narrowly beat its rival York."),
        ("Did York beat Leeds?", "Yes, it did.", "Leeds beat York."),
        ("Was Petra acquired by Ovum?", "Yes.", "Ovum was acquired by Petra."),
        ("Who acquired Ovum?", "Ovum was acquired by Petra.", "Petra was acquired by Ovum."),
        ("Who acquired Ovum?", "Petra.", "Ovum acquired Petra in 2004."),
        ("Whom did Leeds beat?", "York.", "York beat Leeds."),
        ("Who was Petra acquired by?", "Ovum.", "Ovum was later acquired by Petra."),
        ("Who sued whom?", "Lind sued Kate Orr.", "Kate Orr has sued Lind over it."),
        ("Who pays the fee?", "The agent pays the tenant £50.", "The tenant pays the agent £50."),
        ("Who took over?", "Orr took over from Lind.", "Lind took over from Orr."),
        ("Who lost?", "York lost to Leeds.", "Leeds lost to York in May."),
        ("Who gave it?", "Ben gave the book to Ana.", "Ana gave the old book to Ben."),
        ("Who bought the house from Ana?", "Ben.", "Ana bought the house from Ben."),
        ("Who is it?", "Ben is the parent of Ana.", "Ana is the parent of Ben."),
        ("Which is bigger?", "Mars is bigger than Venus.", "Venus is bigger than Mars."),
        ("Which is bigger than Venus?", "Mars.", "Venus is bigger than Mars."),
        ("Is Mars bigger than Venus?", "Yes.", "Venus is much bigger than Mars."),
        ("Which has more?", "York has more people than Leeds.", "Leeds has more people than York."),
        ("Was it warm?", "2020 was warmer than 2019.", "2019 was warmer than 2020."),
        ("Where did it move?", "It moved from York to Leeds.", "It moved from Leeds to York."),
        ("Where did it move to?", "Leeds.", "It moved from Leeds to York."),
        ("Where did it come from?", "It came from York.", "It came from Leeds to York."),
        ("How did it change?", "It went from £7 to £5.", "It went from £5 to £7."),
    ],
)
def test_who_does_it_to_whom_is_as_the_cited_words_have_it(question: str, sentence: str, source: str) -> None:
    problem = _problem(question, sentence, source)
    assert problem is not None
    assert "the other way round" in problem


@pytest.mark.parametrize(
    ("question", "sentence", "source"),
    [
        ("Who won?", "Leeds beat York.", "Leeds beat York."),
        ("Who beat York?", "Leeds.", "Leeds beat York."),
        ("Whom did Leeds beat?", "York.", "Leeds beat York."),
        ("Who beat Leeds?", "York.", "Leeds beat York in May; in June York beat Leeds."),
        ("Who met Ana?", "Ben met Ana.", "Ana met Ben."),
        ("Who acquired Ovum?", "Petra.", "Ovum was acquired by Petra."),
        ("Did Leeds beat York?", "Yes.", "York was beaten by Leeds."),
        ("Did Leeds beat York?", "No.", "York beat Leeds."),
        ("Who wrote it?", "Ana Lind wrote the Saga.", "The Saga was written by Ana Lind."),
        ("Who succeeded Orr?", "Lind.", "Lind succeeded Orr, who had succeeded Berg."),
        ("Who pays the fee?", "The tenant pays the agent.", "The tenant pays the agent £50."),
        ("Which is smaller?", "Mars is smaller than Venus.", "Venus is bigger than Mars."),
        ("Who is it?", "Ben is a cousin of Ana.", "Ana is a cousin of Ben."),
        ("Where did it move to?", "York.", "It moved from Leeds to York."),
        ("Where did it move to?", "From Leeds to York.", "It moved from Leeds to York."),
        ("Where did it go?", "To Leeds.", "It went from Leeds to York, and back from York to Leeds."),
        ("Who leads it?", "Ana Orr leads it.", "The words There shall be light open it."),
        ("Who sued?", "Kate Orr sued Kate Lind.", "Kate Orr sued Kate Lind."),
    ],
)
def test_the_same_way_round_and_what_is_mutual_pass(question: str, sentence: str, source: str) -> None:
    assert _problem(question, sentence, source) is None
