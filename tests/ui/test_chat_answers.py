"""How the page shows each kind of answer: the model's, the article's own words, a refusal, small talk."""

import asyncio
from dataclasses import replace

import pytest
from conftest import ARTICLE

from rag.answer import REFUSAL, Answer, Kind
from rag.pipeline import Pipeline
from ui.chat_conversation import Conversation
from ui.chat_log import announcement, log_html
from ui.chat_walk import follow

from .conftest import PLATFORM, QUOTED
from .reading import HOSTILE, Reader, answered, citation, concluded

COST = "How much will the new Fiesta cost?"
TIMES = {"total": 1.25}
QUOTE = Answer("Q?", "So it is. [1]", None, (citation(1, "So it\nis."),), (), "m", TIMES, kind="quote")
REFUSED = Answer("Q?", REFUSAL, "model", (), (), "m", TIMES, kind="refusal", nearby=citation(1, "So it\nis."))
HELLO = Answer("Hi!", "Hello! Ask [1] away.", None, (), (), "m", TIMES, kind="small_talk")


def shown(answer: Answer) -> Reader:
    return Reader(log_html(concluded(answer)))


def spoken(answer: Answer) -> str:
    return Reader(announcement(concluded(answer))).text


def test_a_refusal_leads_to_the_nearest_words_as_a_footnote_does() -> None:
    reader = shown(REFUSED)
    assert ("p", {"class": "refusal", "dir": "auto"}) in reader.tags
    (button,) = reader.buttons()
    assert (button["data-article"], button["data-start"], button["data-end"]) == ("a.txt", "3", "12")
    assert "footnote" in (button["class"] or "").split()
    assert button["type"] == "button"
    assert f"{REFUSAL}Nearest in the article:" in reader.text
    assert "“So it is.”" in reader.text
    assert "Answered in" not in reader.text


def test_a_refusal_far_from_the_article_has_no_button() -> None:
    reader = shown(replace(REFUSED, nearby=None))
    assert REFUSAL in reader.text
    assert "Nearest" not in reader.text
    assert not reader.buttons()


def test_the_own_words_of_the_article_are_marked_as_such() -> None:
    reader = shown(QUOTE)
    assert ("blockquote", {"dir": "auto"}) in reader.tags
    assert "The article's own words:“So it is.”1Answered in 1.2 s." in reader.text
    assert [button["aria-label"] for button in reader.buttons()] == ["Footnote 1: So it\nis."]


def test_brackets_in_quoted_words_stay_text() -> None:
    quote = citation(1, "Built in 1990.[1]")
    reader = shown(replace(QUOTE, text="Built in 1990.[1] [1]", citations=(quote,)))
    assert "“Built in 1990.[1]”1" in reader.text
    assert len(reader.buttons()) == 1


def test_small_talk_is_plain() -> None:
    reader = shown(HELLO)
    assert "Hello! Ask [1] away." in reader.text
    assert "Answered in" not in reader.text
    assert {tag for tag, _ in reader.tags} == {"div", "article", "p", "span"}


def test_a_follow_up_is_shown_as_it_was_understood() -> None:
    asked = Answer("And why?", "So. [1]", None, (citation(1),), (), "m", asked="Why is it <so>?")
    assert "Understood as: Why is it <so>?" in shown(asked).text
    assert "Understood as" not in shown(replace(asked, asked="And why?")).text
    assert "Understood as" not in shown(replace(asked, asked="")).text


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
    assert spoken(answer) == text


@pytest.mark.parametrize("answer", [QUOTE, REFUSED, HELLO])
def test_no_kind_of_answer_lets_markup_through(answer: Answer) -> None:
    hostile = citation(1, f'"{HOSTILE}', article=f'"{HOSTILE}')
    conversation = concluded(
        replace(
            answer,
            text=HOSTILE,
            asked=HOSTILE,
            citations=(hostile,) if answer.kind == "quote" else (),
            nearby=hostile if answer.refused else None,
        )
    )
    reader = Reader(log_html(conversation))
    assert {tag for tag, _ in reader.tags} <= {"div", "article", "p", "span", "sup", "button", "blockquote"}
    assert not any(name.startswith("on") for _, attributes in reader.tags for name in attributes)
    assert f"Understood as: {HOSTILE}" in reader.text
    assert reader.text.count(HOSTILE) == (3 if answer.refused else 2)
    assert {tag for tag, _ in Reader(announcement(conversation)).tags} == {"p"}


def conversed(pipeline: Pipeline, *questions: str) -> Conversation:
    """A conversation of these questions, each answered before the next one is asked."""
    conversation = Conversation()

    async def converse() -> None:
        for question in questions:
            conversation.pose(question)
            async for _ in follow(pipeline, conversation.exchanges[-1], None, conversation.history()):
                pass

    asyncio.run(converse())
    return conversation


@pytest.mark.parametrize(("question", "kind"), [(COST, "refusal"), (QUOTED, "quote")])
def test_refusals_and_quotes_point_at_the_exact_words(pipeline: Pipeline, question: str, kind: Kind) -> None:
    conversation = conversed(pipeline, question)
    answer = conversation.exchanges[0].answer
    assert answer is not None
    assert answer.kind == kind
    (button,) = Reader(log_html(conversation)).buttons()
    span = pipeline.index.articles[ARTICLE].text[
        int(button["data-start"] or "") : int(button["data-end"] or "")
    ]
    assert span in [one.quote for one in (*answer.citations, answer.nearby) if one]


def test_a_follow_up_after_small_talk_is_understood_from_the_question_before(pipeline: Pipeline) -> None:
    conversation = conversed(pipeline, PLATFORM, "Thanks!", "And how much will it cost?")
    text = Reader(log_html(conversation)).text
    assert text.count("Understood as: ") == 1
    assert "Fiesta cost?" in text.partition("Understood as: ")[2]


def test_the_models_own_answer_still_has_its_time() -> None:
    assert "Answered in 1.2 s." in Reader(log_html(answered("So. [1]", citation(1)))).text
