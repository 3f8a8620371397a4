from itertools import zip_longest

import pytest
from hypothesis import given
from hypothesis import strategies as st

from index.errors import BadInputError
from rag.question import MAX_LENGTH, NotTextError, clean_question


@pytest.mark.parametrize("text", ["", "  \n\t ", "\u200b\u200b", "?!…", "\u202e", "\0", "\x1b[31m", "\x9b1m"])
def test_a_question_without_words_is_refused(text: str) -> None:
    with pytest.raises(BadInputError, match="empty"):
        clean_question(text)


def test_half_a_character_is_named() -> None:
    with pytest.raises(NotTextError, match=r"U\+D800"):
        clean_question("what\ud800?")


@pytest.mark.parametrize(
    "text",
    [
        "Who \x1b[1;31mleads\x1b[0m it?",
        "Who \x9b4mleads it?",
        "\x1b]0;a title\x07Who leads it?",
        "\x1b]8;;http://a.example\x1b\\Who leads it?\x1b]8;;\x1b\\",
        "\x1b(BWho leads\x85it?",
        "\x1bWho le\0ads\x7f it?",
    ],
)
def test_what_only_a_terminal_understands_is_dropped(text: str) -> None:
    assert clean_question(text) == "Who leads it?"


@given(
    st.lists(
        st.characters(categories=["Cc"], exclude_characters="\t\n\x0b\x0c\r\x85\x9b\x9d\x1b"), max_size=9
    )
)
def test_controls_change_nothing_wherever_they_stand(controls: list[str]) -> None:
    plain = "Who leads?"
    dirty = "".join(f"{control}{letter}" for control, letter in zip_longest(controls, plain, fillvalue=""))
    assert clean_question(dirty) == plain


@given(st.text(st.characters(categories=["Cc", "L", "P", "Nd"]), max_size=60))
def test_a_clean_question_is_one_printable_line(text: str) -> None:
    assert clean_question(f"Who {text}").isprintable()


def test_the_limit_is_told_with_the_length() -> None:
    assert len(clean_question("a" * MAX_LENGTH)) == MAX_LENGTH
    with pytest.raises(BadInputError, match=r"2,001 characters; 2,000 is the limit"):
        clean_question("a" * (MAX_LENGTH + 1))


def test_a_joined_emoji_survives_and_white_space_is_plain() -> None:
    assert (
        clean_question(" who\u00a0is \n\U0001f468\u200d\U0001f373? ") == "who is \U0001f468\u200d\U0001f373?"
    )


@given(st.text(max_size=300))
def test_cleaning_twice_changes_nothing_more(text: str) -> None:
    try:
        once = clean_question(text)
    except BadInputError:
        return
    assert clean_question(once) == once
