import pytest
from hypothesis import given
from hypothesis import strategies as st

from index.folding import unaccented


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
