import pytest
from hypothesis import given
from hypothesis import strategies as st

from index.errors import BadInputError
from rag.question import MAX_LENGTH, clean_question


@pytest.mark.parametrize("text", ["", "  \n\t ", "\u200b\u200b", "?!…", "\u202e"])
def test_a_question_without_words_is_refused(text: str) -> None:
    with pytest.raises(BadInputError, match="empty"):
        clean_question(text)


@pytest.mark.parametrize(
    ("text", "code"), [("a\0b", r"U\+0000"), ("what\ud800?", r"U\+D800"), ("\x1b[31m", r"U\+001B")]
)
def test_characters_that_are_not_text_are_named(text: str, code: str) -> None:
    with pytest.raises(BadInputError, match=code):
        clean_question(text)


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
