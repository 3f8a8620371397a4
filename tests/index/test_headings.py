"""Headings of plain texts are found, and nothing else is taken for one."""

import pytest
from hypothesis import given
from hypothesis import strategies as st

from index.headings import headings

RULES = """Rules of the Rowing Club

Everybody may row.

1. Boats

The club has four boats. They lie in the shed.

Who may take one out?

Members may.

FEES
Adults pay 60 crowns.
"""


def sections(text: str) -> list[str | None]:
    return [place.section for place in headings(text)]


def test_a_line_alone_above_prose_is_a_heading_but_the_first_is_the_title() -> None:
    assert sections(RULES) == ["1. Boats", "Who may take one out?", "FEES"]


def test_a_heading_is_found_where_it_begins() -> None:
    assert [RULES[place.start :].split("\n")[0] for place in headings(RULES)] == sections(RULES)


@pytest.mark.parametrize(
    "line",
    [
        "It rained for three days.",
        "Dear members,",
        "you are welcome",
        "- a boat",
        "| Boat | Seats |",
        "The following boats lie in the shed and may be taken out by anybody at any time",
        "“Row, row”",
        "2027",
    ],
)
def test_other_lines_are_no_headings(line: str) -> None:
    assert sections(f"The Club\n\nIt is old.\n\n{line}\n\nIt goes on here.") == []


@pytest.mark.parametrize("below", ["Ann Bell", "- oars\n- ropes", ""])
def test_what_heads_no_prose_is_no_heading(below: str) -> None:
    assert sections(f"It is old.\n\nThe board\n\n{below}") == []


def test_a_heading_may_head_another_one() -> None:
    assert sections("Title\n\nIt is old.\n\nPart One\n\nBoats\n\nFour lie here.") == ["Part One", "Boats"]


def test_a_line_in_the_middle_of_a_paragraph_is_no_heading() -> None:
    assert sections("It is old.\n\nWe met\nThe Board\nand voted.") == []


@given(st.text(st.sampled_from("Aa1 .\n|-“"), max_size=200))
def test_any_text_is_read_and_places_are_in_order(text: str) -> None:
    starts = [place.start for place in headings(text)]
    assert starts == sorted(set(starts))
