"""Words a slip of the pen apart."""

from hypothesis import given
from hypothesis import strategies as st

from rag.slips import SHORTEST, nearest

WORD = st.text("abcdefgh", min_size=SHORTEST, max_size=12)


@given(WORD, st.integers(1, 11))
def test_a_word_without_one_of_its_letters_is_near(word: str, at: int) -> None:
    at = min(at, len(word) - 1)
    typed = word[:at] + word[at + 1 :]
    assert nearest(typed, [word]) == ([word] if len(typed) >= SHORTEST else [])


def test_the_nearest_with_the_same_first_letter_count() -> None:
    assert nearest("montly", ["monthly", "mostly", "bontly", "month"]) == ["monthly", "mostly"]
    assert nearest("tempreature", ["temperature", "temperatures"]) == ["temperature"]
    assert nearest("montly", ["mountainly"]) == []
    assert nearest("fist", ["first"]) == []
