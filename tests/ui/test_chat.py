import asyncio
import copy
import re
import threading
import time
from collections.abc import Iterator

import pytest
from conftest import ARTICLE
from fakes import HashingEmbedder
from scripted import BrokenGenerator, ScriptedGenerator

from index.store import Index
from rag.answer import Stage, Text
from rag.generator import Decoding
from rag.pipeline import Pipeline
from ui.chat import head
from ui.chat_conversation import Conversation, Exchange
from ui.chat_log import announcement, log_html
from ui.chat_walk import DEFECT, follow
from ui.examples import examples_for

from .reading import HOSTILE, Reader, answered, citation

PLATFORM = "What platform will the new Fiesta use?"


def walk(pipeline: Pipeline, exchange: Exchange, article: str | None = None) -> list[str]:
    """The statuses on the way, each once."""

    async def statuses() -> list[str]:
        return [exchange.status async for _ in follow(pipeline, exchange, article, ())]

    return list(dict.fromkeys(asyncio.run(statuses())))


def test_markers_become_buttons_that_carry_their_span() -> None:
    html = log_html(answered("One. [1][2] Two. [1]", citation(1, 'say "hi"'), citation(2)))
    reader = Reader(html)
    first = reader.buttons()[0]
    assert [button["aria-label"] for button in reader.buttons()] == [
        'Footnote 1: say "hi"',
        "Footnote 2: words",
        'Footnote 1: say "hi"',
    ]
    assert (first["data-article"], first["data-start"], first["data-end"]) == ("a.txt", "3", "11")
    assert first["title"] == 'say "hi"'
    assert first["type"] == "button"
    assert "One.12 Two.1" in reader.text


@pytest.mark.parametrize("text", ["See [7]. [1]", "The list[0] of it. [1]"])
def test_brackets_that_are_no_marker_stay_text(text: str) -> None:
    reader = Reader(log_html(answered(text, citation(1))))
    assert len(reader.buttons()) == 1
    assert re.sub(r" \[1\]$", "1", text) in reader.text


def test_nothing_that_people_articles_or_models_wrote_becomes_markup() -> None:
    conversation = answered(f"{HOSTILE} [1]", citation(1, f'"{HOSTILE}', article=f'"{HOSTILE}'))
    conversation.exchanges[0].question = HOSTILE
    conversation.exchanges.append(Exchange(HOSTILE))
    conversation.exchanges[1].fail(HOSTILE)
    reader = Reader(log_html(conversation))
    assert {tag for tag, _ in reader.tags} == {"div", "article", "p", "span", "sup", "button"}
    assert not any(name.startswith("on") for _, attributes in reader.tags for name in attributes)
    assert reader.text.count(HOSTILE) == 4
    assert "<img" not in announcement(conversation)


def test_the_stage_is_shown_before_the_first_words() -> None:
    exchange = Exchange("Q?")
    conversation = Conversation([exchange])
    assert "Waiting for its turn…" in log_html(conversation)
    exchange.take(Stage("searching"))
    assert "Searching…" in log_html(conversation)
    exchange.asked -= 5
    assert "5 s" in log_html(conversation)
    exchange.take(Text("It is so. [1]", (citation(1),)))
    shown = Reader(log_html(conversation))
    assert "It is so.1" in shown.text
    assert shown.buttons()


def test_what_was_shown_stays_when_stopped() -> None:
    exchange = Exchange("Q?")
    conversation = Conversation([exchange])
    exchange.take(Text("It is so. [1]", ()))
    conversation.stop()
    exchange.take(Text(" And more. [1]", ()))
    assert exchange.cancelled.is_set()
    assert conversation.pending is None
    assert "It is so.1" in Reader(log_html(conversation)).text
    assert "more" not in log_html(conversation)
    assert "Stopped." in log_html(conversation)
    assert "Stopped." in announcement(conversation)


def test_a_finished_answer_is_announced_once_and_without_markers() -> None:
    assert Reader(announcement(Conversation())).text == ""
    assert Reader(announcement(Conversation([Exchange("Q?")]))).text == ""
    conversation = answered("One. [1] Two. [2]", citation(1), citation(2))
    assert Reader(announcement(conversation)).text == "Answer 1: One. Two. 2 footnotes."


def test_the_next_question_leans_on_answered_ones_alone() -> None:
    conversation = answered("One. [1]", citation(1))
    conversation.pose("Second?")
    conversation.pose("Third?")
    assert [exchange.status for exchange in conversation.exchanges] == ["answered", "stopped", "waiting"]
    assert [(turn.role, turn.content) for turn in conversation.history()] == [
        ("user", "Q?"),
        ("assistant", "One. [1]"),
    ]


def test_a_conversation_is_bounded_and_can_begin_anew() -> None:
    conversation = Conversation()
    for number in range(60):
        conversation.pose(f"{number}?")
    assert len(conversation.exchanges) == 50
    last = conversation.exchanges[-1]
    conversation.clear()
    assert last.cancelled.is_set()
    assert "Ask a question" in log_html(conversation)


def test_a_new_page_has_a_conversation_of_its_own() -> None:
    empty = Conversation()
    copied = copy.deepcopy(empty)
    copied.pose("Q?")
    assert not empty.exchanges


def test_the_answer_cites_the_exact_words_of_the_article(ford: Index, embedder: HashingEmbedder) -> None:
    generator = ScriptedGenerator("The new Fiesta will use the AmpR small EV platform.")
    exchange, pipeline = Exchange(PLATFORM), Pipeline(ford, embedder, generator)
    statuses = walk(pipeline, exchange)
    assert statuses[-1] == "answered"
    assert statuses[0] == "searching"
    button = Reader(log_html(Conversation([exchange]))).buttons()[0]
    text = pipeline.index.articles[ARTICLE].text
    assert text[int(button["data-start"] or "") : int(button["data-end"] or "")] == button["title"]


@pytest.mark.parametrize(
    ("question", "article", "message"),
    [("x" * 2001, None, "2,000 is the limit"), ("a\x07b", None, "U+0007"), ("Who?", "b.txt", "no article")],
)
def test_bad_input_is_told_in_one_line(
    pipeline: Pipeline, question: str, article: str | None, message: str
) -> None:
    exchange = Exchange(question)
    walk(pipeline, exchange, article)
    assert exchange.status == "failed"
    assert message in log_html(Conversation([exchange]))


def test_a_defect_is_logged_but_not_shown(
    ford: Index, embedder: HashingEmbedder, caplog: pytest.LogCaptureFixture
) -> None:
    exchange = Exchange(PLATFORM)
    walk(Pipeline(ford, embedder, BrokenGenerator("A reply.")), exchange)
    assert exchange.problem == DEFECT
    assert "the model broke" in caplog.text
    assert "the model broke" not in log_html(Conversation([exchange]))


class Endless(ScriptedGenerator):
    """Reads for ever, until it is cancelled; `ended` is set then."""

    def __init__(self) -> None:
        super().__init__("")
        self.ended = threading.Event()

    def _pieces(self, reply: str, decoding: Decoding) -> Iterator[str]:
        decoding.cancelled.wait()
        self.ended.set()
        yield from ()


@pytest.mark.parametrize("leaves", [False, True])
def test_the_model_ends_within_a_second_when_stopped_or_left(
    ford: Index, embedder: HashingEmbedder, leaves: bool
) -> None:
    generator = Endless()
    exchange = Exchange(PLATFORM)

    async def some() -> None:
        answer = follow(Pipeline(ford, embedder, generator), exchange, None, ())
        async for _ in answer:
            if generator.prompts:
                if not leaves:
                    exchange.stop()
                    continue
                break
        await answer.aclose()  # type: ignore[attr-defined]

    asyncio.run(some())
    began = time.monotonic()
    assert generator.ended.wait(1)
    assert time.monotonic() - began < 1
    assert exchange.status == "stopped"


def test_only_the_shipped_article_has_examples(ford: Index) -> None:
    assert PLATFORM in examples_for(ford.articles.values())
    assert examples_for([]) == []


def test_the_page_names_no_other_host() -> None:
    assert not re.search(r"https?://", head())
