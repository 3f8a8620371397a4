"""What holds for any question after any conversation."""

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from rag.conversation import Turn, stand_alone

WORDS = st.sampled_from(
    """what who when where why how which is are was did does will can the a that this it its they their
    he she his her there one and but about of in for by Ford Renault Ada Stone Mr. 2027 40S car cars museum
    open price built too instead else many old ? , ( ) ' 's it's what's [1] since whom tell""".split()
)
TEXTS = st.text(max_size=60) | st.lists(WORDS, max_size=9).map(" ".join)
HISTORIES = st.lists(st.builds(Turn, st.sampled_from(["user", "assistant"]), TEXTS), max_size=8)


@given(TEXTS)
def test_without_earlier_turns_nothing_changes(question: str) -> None:
    assert stand_alone(question, ()) == question


@settings(max_examples=300)
@given(TEXTS, HISTORIES)
def test_understanding_twice_changes_nothing_more(question: str, history: list[Turn]) -> None:
    once = stand_alone(question, history)
    assert stand_alone(once, history) == once


@settings(max_examples=300)
@given(TEXTS, HISTORIES)
def test_little_is_added_and_nothing_made_up(question: str, history: list[Turn]) -> None:
    meant = stand_alone(question, history)
    assert len(meant) <= len(question) + 700
    assert question == "" or meant != ""


@pytest.mark.parametrize(
    "content", ["", " ", "?", "\x00\ud800\u202e", "[1]", "(", "it " * 5_000, "x" * 100_000]
)
@pytest.mark.parametrize("question", ["And it?", "why?", "", "?", "it " * 600, "\x00 it"])
def test_odd_turns_do_no_harm(content: str, question: str) -> None:
    history = [Turn("assistant", content), Turn("user", content), Turn("user", content)]
    assert len(stand_alone(question, [*history, Turn("assistant", content)])) <= len(question) + 700
