"""Questions of the page on their way through the line and the pipeline."""

import asyncio
from collections.abc import Callable, Iterator

import pytest
from conftest import ARTICLE
from fakes import HashingEmbedder
from scripted import BrokenGenerator, ScriptedGenerator

from index.errors import NotReadyError
from index.store import Index
from rag.answer import Kind
from rag.generator import Decoding, Generator, Prompt
from rag.pipeline import Pipeline
from ui.answering import Answering
from ui.chat_conversation import Conversation, Exchange
from ui.chat_walk import DEFECT, follow

from .conftest import PLATFORM, QUOTED
from .gated import Asked
from .reading import shown

COST = "How much will the new Fiesta cost?"


def walk(answering: Answering, exchange: Exchange) -> list[str]:
    """The statuses on the way, each once."""

    async def statuses() -> list[str]:
        return [exchange.status async for _ in follow(answering, exchange, ())]

    return list(dict.fromkeys(asyncio.run(statuses())))


def asked(ford: Index, embedder: HashingEmbedder, generator: Generator, exchange: Exchange) -> list[str]:
    return walk(Answering(Pipeline(ford, embedder, generator)), exchange)


def conversed(pipeline: Pipeline, *questions: str) -> Conversation:
    """A conversation of these questions, each answered before the next one is asked."""
    conversation, answering = Conversation(), Answering(pipeline)

    async def converse() -> None:
        for question in questions:
            conversation.pose(question)
            async for _ in follow(answering, conversation.exchanges[-1], conversation.history()):
                pass

    asyncio.run(converse())
    return conversation


def span(text: str, button: dict[str, str | None]) -> str:
    return text[int(button["data-start"] or "") : int(button["data-end"] or "")]


def test_the_answer_cites_the_exact_words_of_the_article(ford: Index, embedder: HashingEmbedder) -> None:
    exchange, text = Exchange(PLATFORM), ford.articles[ARTICLE].text
    generator = ScriptedGenerator("The new Fiesta will use the AmpR small EV platform.")
    statuses = asked(ford, embedder, generator, exchange)
    assert (statuses[0], statuses[-1]) == ("searching", "answered")
    (mark,) = shown(Conversation([exchange])).marks()
    assert span(text, mark) == mark["data-quote"]
    assert exchange.found is not None
    assert text[exchange.found.start : exchange.found.end] == exchange.found.quote


@pytest.mark.parametrize(("question", "kind"), [(COST, "refusal"), (QUOTED, "quote")])
def test_refusals_and_quotes_point_at_the_exact_words(pipeline: Pipeline, question: str, kind: Kind) -> None:
    conversation = conversed(pipeline, question)
    answer = conversation.exchanges[0].answer
    assert answer is not None
    assert answer.kind == kind
    (button,) = shown(conversation).of_class("footnote")
    text = pipeline.index.articles[ARTICLE].text
    assert span(text, button) in [one.quote for one in (*answer.citations, answer.nearby) if one]


def test_a_follow_up_after_small_talk_is_understood_from_the_question_before(pipeline: Pipeline) -> None:
    conversation = conversed(pipeline, PLATFORM, "Thanks!", "And how much will it cost?")
    text = shown(conversation).text
    assert text.count("Understood as: ") == 1
    assert "Fiesta cost?" in text.partition("Understood as: ")[2]


@pytest.mark.parametrize(
    ("question", "article", "message"),
    [
        ("x" * 2001, None, "2,000 is the limit"),
        (" ?! ", None, "The question is empty"),
        ("Who?", "b.txt", "no article"),
    ],
)
def test_bad_input_is_told_in_one_line(
    pipeline: Pipeline, question: str, article: str | None, message: str
) -> None:
    exchange = Exchange(question, article)
    walk(Answering(pipeline), exchange)
    assert exchange.status == "failed"
    assert message in exchange.problem


def test_a_defect_is_logged_but_not_shown(
    ford: Index, embedder: HashingEmbedder, caplog: pytest.LogCaptureFixture
) -> None:
    exchange = Exchange(PLATFORM)
    asked(ford, embedder, BrokenGenerator("A reply."), exchange)
    assert exchange.problem == DEFECT
    assert "the model broke" in caplog.text


class _Unreachable(ScriptedGenerator):
    """Its server is away, which it tells with the address."""

    def stream(self, prompt: Prompt, decoding: Decoding) -> Iterator[str]:
        raise NotReadyError("The server http://10.0.0.5:8000/v1 answered 401: 'bad key'.")


def test_what_only_operators_may_know_is_not_shown(ford: Index, embedder: HashingEmbedder) -> None:
    exchange = Exchange(PLATFORM)
    asked(ford, embedder, _Unreachable("A reply."), exchange)
    assert exchange.status == "failed"
    assert "language model can't be used" in exchange.problem
    assert "10.0.0.5" not in exchange.problem


@pytest.fixture
def behind_a_gate(ford: Index, embedder: HashingEmbedder) -> Asked:
    return Asked(ford, embedder, waiting=1)


async def followed(answering: Answering, exchange: Exchange) -> None:
    async for _ in follow(answering, exchange, ()):
        pass


async def holds(condition: Callable[[], bool]) -> None:
    while not condition():
        await asyncio.sleep(0.01)


def test_who_waits_knows_the_place_and_who_finds_the_line_full_is_told(behind_a_gate: Asked) -> None:
    first, second, third = Exchange(PLATFORM), Exchange(COST), Exchange(QUOTED)
    answering = behind_a_gate.answering

    async def ask() -> None:
        walks = [asyncio.ensure_future(followed(answering, first))]
        await holds(lambda: first.status == "reading")
        walks.append(asyncio.ensure_future(followed(answering, second)))
        await holds(lambda: second.place == 1)
        await followed(answering, third)
        behind_a_gate.generator.gate.set()
        await asyncio.gather(*walks)

    asyncio.run(ask())
    assert third.status == "failed"
    assert "Too many questions are waiting" in third.problem
    assert (first.status, second.status) == ("answered", "answered")


@pytest.mark.parametrize("leaves", [False, True])
def test_the_model_ends_when_stopped_or_left(behind_a_gate: Asked, leaves: bool) -> None:
    exchange = Exchange(PLATFORM)

    async def some() -> None:
        steps = follow(behind_a_gate.answering, exchange, ())
        async for _ in steps:
            if behind_a_gate.generator.running and leaves:
                break
            if behind_a_gate.generator.running:
                exchange.stop()
        await steps.aclose()

    asyncio.run(some())
    behind_a_gate.settled()
    assert behind_a_gate.outcomes() == ["cancelled"]
    assert exchange.status == "stopped"
