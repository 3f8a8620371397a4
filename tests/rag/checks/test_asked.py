"""What kind of thing a question asks for."""

import pytest

from rag.checks import Claim
from rag.checks.asked import kinds


@pytest.mark.parametrize(
    ("question", "expected"),
    [
        ("Who leads it?", {"person"}),
        ("In what year was it built?", {"time"}),
        ("How many?", {"number"}),
        ("and how long does it take?", {"duration"}),
        ("Who leads it, and when did it begin?", {"person", "time"}),
        ("Who leads it, and what is it?", {"any"}),
        ("Name both.", {"any"}),
        ("Where does it come from?", {"any"}),
        ("When does it end? (asked after: Who leads it?)", {"time"}),
    ],
)
def test_the_kind_that_is_asked_for_is_read_from_the_question(question: str, expected: set[str]) -> None:
    assert kinds(Claim("", question, ())) == expected
