import pytest
from hypothesis import given
from hypothesis import strategies as st

from rag.words import content_keys, names, numbers, words


@pytest.mark.parametrize(
    ("text", "expected"),
    [
        ("Two cars in 2028", {"2", "2028"}),
        ("1,200 km and 3.5 kg", {"1200", "3.5"}),
        ("seventy percent", {"70"}),
        ("the A290 and Renault 5", {"a290", "5"}),
        ("no figures here", set()),
    ],
)
def test_numbers_are_compared_by_value_and_not_by_spelling(text: str, expected: set[str]) -> None:
    assert numbers(text) == expected


def test_content_words_meet_in_their_stems_and_without_possessives() -> None:
    assert content_keys("Renault’s platforms") == content_keys("the platform of Renault")


def test_a_word_carries_content_although_its_stem_is_a_stop_word() -> None:
    assert content_keys("It is owned") == content_keys("who owns it") == {"own"}
    assert content_keys("its own") == frozenset()


def test_a_contraction_says_no_more_than_its_words() -> None:
    assert content_keys("I'm sure they’d say we've won, didn't they?") == content_keys("sure, say won")


@pytest.mark.parametrize(
    ("text", "expected"),
    [
        ("Who is the CEO of Toyota?", ["CEO", "Toyota"]),
        ("The new Fiesta will use AmpR Small.", ["Fiesta", "AmpR", "Small"]),
        ("Approximately five people came.", []),
        ("Elon Musk runs it.", ["Elon", "Musk"]),
        ("Paris", ["Paris"]),
        ("He said: “Yes, we will.” They left.", []),
        ("Hello, I've read it, and I'm not sure we’d go.", []),
        ("Does it open on Sundays in January?", []),
    ],
)
def test_names_are_capitals_that_a_sentence_start_does_not_explain(text: str, expected: list[str]) -> None:
    assert names(text) == expected


@given(st.text())
def test_a_word_stands_where_it_says(text: str) -> None:
    for word in words(text):
        assert text[word.start : word.start + len(word.text)] == word.text
