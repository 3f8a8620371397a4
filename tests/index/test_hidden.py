"""Invisible characters: dropped and counted, but for those that writing needs."""

import pytest
from hypothesis import given
from hypothesis import strategies as st

from index.hidden import without_invisible

TAGS = "".join(chr(0xE0000 + ord(letter)) for letter in "obey")
INVISIBLE = ["\u200b", "\u2060", "\ufeff", "\u202e", "\u2066", "\U000e0101", "\ufe00", "\u3164", TAGS]


@pytest.mark.parametrize("run", INVISIBLE)
def test_invisible_characters_are_dropped_and_counted(run: str) -> None:
    assert without_invisible(f"The{run} pier{run * 3}.") == ("The pier.", 2)
    assert without_invisible(f"{run}é{run}") == ("é", 2)


def test_a_soft_hyphen_is_dropped_uncounted() -> None:
    assert without_invisible("im\u00adpor\u00adtance") == ("importance", 0)


@pytest.mark.parametrize("text", ["👩\u200d🚀", "❤\ufe0f", "می\u200cخواهم", "Plain é."])
def test_joiners_that_writing_needs_stay(text: str) -> None:
    assert without_invisible(text) == (text, 0)


@pytest.mark.parametrize("text", ["a\u200db", "é\u200c\u200d\u200cé", "a\ufe0f", "\u200d"])
def test_joiners_that_join_nothing_are_dropped(text: str) -> None:
    shown, hidden = without_invisible(text)
    assert (shown, hidden) == ("".join(letter for letter in text if letter.isalpha()), 1)


@given(st.text(st.characters() | st.sampled_from("\u200b\u200c\u200d\ufe0f\u00adaé👩")))
def test_what_is_left_is_left_for_good(text: str) -> None:
    shown, _ = without_invisible(text)
    assert without_invisible(shown) == (shown, 0)
    assert [letter for letter in shown if letter.isascii()] == [letter for letter in text if letter.isascii()]
