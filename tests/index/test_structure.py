"""What a sentence stands under comes with it: headings, the line above a list, the titles of columns."""

import pytest
from hypothesis import given
from hypothesis import strategies as st

from index.article import Article, Place
from index.chunking import Chunking, passages_of
from index.reading import source_of
from index.splitting import article_of
from index.structure import Structure, searched_texts

CLUB = """# The Club

It is old.

## 1. Adults

They row when they like. Nobody minds.

You need:

- a key
- a **boat**:
  - of wood
- a licence

### Fees

| Boat | Hour | Day |
|---|---|---|
| Skiff | 4 | 20 |
| Eight |  | 90 |

## Juniors

1. Learn to swim.
2. Come on Monday.
"""


def article(text: str, name: str = "a.md") -> Article:
    return article_of(source_of(name, text.encode()))


def told(text: str, name: str = "a.md") -> list[str]:
    found = article(text, name)
    structure = Structure(found)
    return [structure.standing(number).told for number in range(len(found.sentences))]


def test_every_sentence_comes_with_what_it_stands_under() -> None:
    assert told(CLUB) == [
        "The Club",
        "It is old.",
        "1. Adults",
        "Adults: They row when they like.",
        "Adults: Nobody minds.",
        "Adults: You need:",
        "Adults – You need: a key",
        "Adults – You need: a boat:",
        "Adults – You need: a boat: of wood",
        "Adults – You need: a licence",
        "Adults: Fees",
        "Adults – Fees: Boat; Hour; Day",
        "Adults – Fees: Boat: Skiff; Hour: 4; Day: 20",
        "Adults – Fees: Boat: Eight; Day: 90",
        "Juniors",
        "Juniors: 1. Learn to swim.",
        "Juniors: 2. Come on Monday.",
    ]


def test_only_parts_of_lists_and_tables_are_listed_and_their_titles_shown() -> None:
    found = article(CLUB)
    standings = [Structure(found).standing(number) for number in range(len(found.sentences))]
    assert [standing.told for standing in standings if standing.listed] == told(CLUB)[6:10] + [
        *told(CLUB)[11:14],
        *told(CLUB)[15:],
    ]
    assert standings[12].lead == "Adults – Fees – Boat | Hour | Day"
    assert standings[1].lead == ""


@pytest.mark.parametrize(
    ("text", "last"),
    [
        ("Bring a key.\n\n- a boat", "a boat"),
        ("Bring these\n\n- a boat", "Bring these: a boat"),
        ("# Old\n\n## Fees\n\nDue:\n\n- Fees of 4\n- boat", "Fees – Due: boat"),
        ("Bring these:\n\nOr nothing.\n\n- a boat", "a boat"),
        ("Bring " + "many " * 60 + "things:\n\n- a boat", "a boat"),
        ("Who may row?\n\n- a boat", "a boat"),
    ],
)
def test_only_a_short_line_that_goes_on_introduces_a_list(text: str, last: str) -> None:
    assert told(text)[-1] == last


@pytest.mark.parametrize(
    ("rows", "last"),
    [
        ("Boat | Hour\nSkiff | 4", "Boat: Skiff; Hour: 4"),
        (" | Mon | Tue\nSkiff | 4 | 5", "Skiff; Mon: 4; Tue: 5"),
        ("Skiff | 3\nEight | 4", "Eight; 4"),
        ("Chair | Ann Bell\nDeputy | Cal Dee", "Deputy; Cal Dee"),
        ("Boat | Hour | Day\nSkiff | 4", "Skiff; 4"),
    ],
)
def test_the_first_row_has_the_titles_where_it_alone_has_no_number(rows: str, last: str) -> None:
    assert told(rows, "a.txt")[-1] == last


def test_without_levels_only_the_nearest_heading_counts() -> None:
    text = "Old.\n\nAdults\n\nThey row.\n\nFees\n\nThey pay."
    assert told(text, "a.txt") == ["Old.", "Adults", "Adults: They row.", "Fees", "Fees: They pay."]


def test_a_question_as_a_heading_is_answered_below_it() -> None:
    assert told("Old.\n\nMay dogs come?\n\nNo.", "a.txt")[-1] == "May dogs come? No."


def test_a_page_in_the_middle_of_a_section_changes_nothing() -> None:
    found = article("One.\n\nTwo.", "a.txt")
    places = (Place(0, 1, "Boats"), Place(6, 2, "Boats"))
    paged = Article(found.name, found.text, found.sha256, found.paragraphs, found.sentences, places)
    assert [Structure(paged).standing(number).told for number in (0, 1)] == ["Boats: One.", "Boats: Two."]


@given(st.text(st.sampled_from("Aa1 .:\n|-#"), max_size=200))
def test_any_text_is_told_and_nothing_of_it_is_lost(text: str) -> None:
    if not any(character.isalnum() for character in text):
        return
    found = article(text)
    structure = Structure(found)
    for number, sentence in enumerate(found.sentences):
        letters = [c for c in found.text[sentence.start : sentence.end] if c.isalnum()]
        standing = structure.standing(number)
        assert [c for c in standing.told if c.isalnum()][-len(letters) :] == letters or standing.listed


def test_passages_are_found_by_what_they_tell() -> None:
    found = article(CLUB)
    one = passages_of(found, Chunking(1))
    assert searched_texts(one, {found.name: found}) == told(CLUB)
    two = passages_of(found, Chunking(2))
    assert searched_texts(two, {found.name: found})[3] == "Adults: They row when they like. Nobody minds."
