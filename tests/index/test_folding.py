import pytest
from hypothesis import given
from hypothesis import strategies as st

from index.folding import american, unaccented


@pytest.mark.parametrize(
    ("text", "expected"),
    [
        ("Möngke at Orléans", "Mongke at Orleans"),
        ("ﬁve Å", "five A"),
        ("한국 日本 Ørsted", "한국 日本 Ørsted"),
    ],
)
def test_marks_are_taken_off_and_letters_stay(text: str, expected: str) -> None:
    assert unaccented(text) == expected


@given(st.text())
def test_what_is_unaccented_stays_so(text: str) -> None:
    once = unaccented(text)
    assert unaccented(once) == once


@pytest.mark.parametrize(
    ("british", "spelling"),
    [
        ("colours", "colors"),
        ("kilometres", "kilometers"),
        ("organised", "organized"),
        ("analysing", "analyzing"),
        ("cancelled", "canceled"),
        ("licence", "license"),
        ("catalogue", "catalog"),
        ("programmes", "programs"),
        ("grey", "gray"),
    ],
)
def test_british_and_american_spellings_meet(british: str, spelling: str) -> None:
    assert american(british) == american(spelling) == spelling


@pytest.mark.parametrize(
    ("word", "other"),
    [("four", "for"), ("fourth", "forth"), ("hour", "hor"), ("filled", "filed"), ("pulling", "puling")],
)
def test_other_words_stay_apart(word: str, other: str) -> None:
    assert american(word) != american(other)


@given(st.text(st.characters(categories=["Ll"])))
def test_one_spelling_is_its_own_spelling(word: str) -> None:
    assert american(american(word)) == american(word)
