import re

import pytest
from hypothesis import given
from hypothesis import strategies as st

from rag.conversation import Turn
from rag.small_talk import small_talk

ASKED = (Turn("user", "What moves the pump?"), Turn("assistant", "A motor. [1]"))
KINDS = {
    "greeting": ["hi", "Hello there", "good morning!", "Hey, how are you?", "HELLO", "Hi again :)"],
    "thanks": ["thank you!", "thanks, great", "Thanks a lot for your help", "OK, thanks!", "thank you 🙂"],
    "farewell": ["bye", "Goodbye!", "thanks, bye", "good night everyone", "See you later."],
    "help": ["help", "who are you?", "What can you do?", "how does this work", "hi, what’s your name?"],
    "acknowledgement": ["ok", "great", "Cool!", "I see.", "ok, got it", "very good"],
}  # fmt: skip


@pytest.mark.parametrize(("kind", "said"), [(kind, said) for kind in KINDS for said in KINDS[kind]])
def test_each_kind_of_small_talk_has_its_reply(kind: str, said: str) -> None:
    reply = small_talk(said)
    assert reply is not None
    assert reply == small_talk(KINDS[kind][0])


def test_the_kinds_are_answered_differently() -> None:
    assert len({small_talk(examples[0]) for examples in KINDS.values()}) == len(KINDS)


@pytest.mark.parametrize("said", [examples[0] for examples in KINDS.values()])
def test_a_reply_is_short_and_states_and_cites_nothing(said: str) -> None:
    reply = small_talk(said) or ""
    assert 0 < len(reply) < 200
    assert not re.search(r"[\[\]\d]", reply)


def test_help_tells_of_footnotes_and_of_what_the_article_does_not_say() -> None:
    reply = small_talk("help") or ""
    assert "footnotes" in reply
    assert "does not say" in reply


@pytest.mark.parametrize(
    "question",
    [
        "Hi, who signed it?",
        "thanks, and when does it open?",
        "Good morning, what is the fee",
        "ok and the Nissan?",
        "What is Hi-Nam?",
        "Who are you talking about in the second paragraph?",
        "help wanted ads",
        "Help me find the fee",
        "what can you do for members?",
        "what can you do about noise",
        "Who is it?",
        "Great Britain",
        "great?",
        "What is good?",
        "hello world",
        "Hi 5",
        "thanks to whom?",
        "Is it cool?",
        "yes",
        "no",
        "why",
        "and now?",
        "today",
        "bye-laws",
        "good evening news",
        "nice weather?",
        "all",
        "",
        "?!",
        "hi " * 200,
    ],
)
def test_what_may_ask_something_is_no_small_talk(question: str) -> None:
    assert small_talk(question) is None
    assert small_talk(question, ASKED) is None


def test_how_it_works_asks_about_the_subject_once_there_is_one() -> None:
    assert small_talk("how does it work?") is not None
    assert small_talk("how does it work?", (Turn("user", "hi"), Turn("assistant", "Hello!"))) is not None
    assert small_talk("how does it work?", ASKED) is None


@given(st.text(max_size=150))
def test_any_text_is_taken(question: str) -> None:
    reply = small_talk(question, ASKED)
    assert reply is None or reply.strip() == reply != ""


@given(
    st.sampled_from([said for examples in KINDS.values() for said in examples]),
    st.sampled_from(["who signed the treaty?", "when does the museum open", "Ford", "the fee in 2027"]),
    st.sampled_from([", ", ". ", " and ", "! "]),
)
def test_small_talk_with_a_question_is_a_question(said: str, question: str, between: str) -> None:
    assert small_talk(f"{said}{between}{question}") is None
    assert small_talk(f"{question}{between}{said}") is None
