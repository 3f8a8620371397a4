"""The conversation as HTML, and what is read out of it."""

import json
from dataclasses import replace

import pytest

from rag.answer import REFUSAL, Answer
from ui.chat_conversation import Conversation, Exchange
from ui.chat_log import announcement

from .reading import HOSTILE, Reader, answered, citation, concluded, shown
from .test_chat_reply import HELLO, QUOTE, REFUSED


def spoken(conversation: Conversation) -> str:
    return Reader(announcement(conversation)).text


def test_who_has_not_asked_yet_is_told_what_can_be_asked() -> None:
    reader = shown(Conversation(), "What is it?", "Who is she?")
    assert "Ask about the article" in reader.text
    asked = [one["data-question"] for one in reader.of_class("suggestion")]
    assert asked == ["What is it?", "Who is she?"]
    assert "For example" not in shown(Conversation()).text


def test_a_finished_answer_is_announced_once_and_without_markers() -> None:
    assert spoken(Conversation()) == ""
    assert spoken(Conversation([Exchange("Q?")])) == ""
    conversation = answered("One. [1] Two. [2]", citation(1), citation(2))
    assert spoken(conversation) == "Answer 1: One. Two. 2 footnotes."
    conversation.pose("And?")
    conversation.stop()
    assert spoken(conversation) == "Answer 2:  Stopped."


@pytest.mark.parametrize(
    ("answer", "text"),
    [
        (REFUSED, f"Answer 1: {REFUSAL} Nearest in the article: “So it is.”"),
        (replace(REFUSED, nearby=None), f"Answer 1: {REFUSAL}"),
        (QUOTE, "Answer 1: The article's own words: “So it is.” 1 footnote."),
        (HELLO, "Answer 1: Hello! Ask [1] away."),
        (replace(REFUSED, asked="Why?", nearby=None), f"Answer 1: Understood as “Why?”. {REFUSAL}"),
    ],
)
def test_what_eyes_see_is_read_out(answer: Answer, text: str) -> None:
    assert spoken(concluded(answer)) == text


def test_a_follow_up_is_shown_as_it_was_understood() -> None:
    asked = Answer("And why?", "So. [1]", None, (citation(1),), (), "m", asked="Why is it <so>?")
    assert "Understood as: Why is it <so>?" in shown(concluded(asked)).text
    assert "Understood as" not in shown(concluded(replace(asked, asked="And why?"))).text
    assert "Understood as" not in shown(concluded(replace(asked, asked=""))).text


def test_an_answer_says_how_long_it_took_and_can_be_copied_and_rated() -> None:
    reader = shown(answered("So. [1]", citation(1)))
    assert "Answered in 1.2 s" in reader.text
    assert reader.of_class("copy")
    assert [one["data-rating"] for one in reader.of_class("rate")] == ["up", "down"]
    assert all(one["aria-describedby"] == "question-1" for one in reader.of_class("rate"))
    assert "Answered in" not in shown(concluded(REFUSED)).text
    assert not shown(concluded(HELLO)).of_class("actions")
    assert not shown(Conversation([Exchange("Q?")])).of_class("actions")


def test_the_script_gets_all_that_is_taken_along() -> None:
    conversation = answered('Say "so". [1]', citation(1, 'so "it" is', page=2))
    conversation.exchanges[0].article = "a.txt"
    (exchange,) = shown(conversation).of_class("exchange")
    record = json.loads(exchange["data-record"] or "")
    assert record == {
        "question": "Q?",
        "asked": "Q?",
        "answer": 'Say "so". [1]',
        "kind": "answer",
        "refused": False,
        "article": "a.txt",
        "citations": [citation(1, 'so "it" is', page=2).to_json()],
        "nearby": None,
    }


def test_nothing_that_people_articles_or_models_wrote_becomes_markup() -> None:
    hostile = citation(1, f'"{HOSTILE}', article=f'"{HOSTILE}')
    answer = Answer(f'"{HOSTILE}', f"{HOSTILE} [1]", None, (hostile,), (), "m", asked=f"'{HOSTILE}")
    conversation = concluded(answer)
    conversation.exchanges.append(Exchange(HOSTILE))
    conversation.exchanges[1].fail(HOSTILE)
    reader = shown(conversation, HOSTILE)
    assert reader.has_only_known_markup()
    assert reader.text.count(HOSTILE) == 7
    assert {tag for tag, _ in Reader(announcement(conversation)).tags} == {"p"}
    assert shown(Conversation(), HOSTILE).has_only_known_markup()
