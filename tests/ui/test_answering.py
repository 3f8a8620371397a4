import asyncio
from collections.abc import Iterator
from contextlib import aclosing

import pytest
from conftest import ARTICLE
from fakes import HashingEmbedder

from index.errors import BadInputError
from index.store import Index
from rag.answer import Answer, Text
from rag.pipeline import Pipeline
from ui.chat_conversation import Exchange
from ui.chat_walk import follow
from ui.problems import ProblemError
from ui.walk import Question, Queued

from .conftest import PLATFORM
from .gated import Asked, kinds, told, until

ASKED = Question(PLATFORM)


@pytest.fixture
def asked(ford: Index, embedder: HashingEmbedder) -> Iterator[Asked]:
    made = Asked(ford, embedder)
    yield made
    made.generator.gate.set()
    made.answering.close()
    assert made.answering.ended(10)


def test_the_page_gets_what_the_pipeline_gives(asked: Asked, ford: Index, embedder: HashingEmbedder) -> None:
    asked.generator.gate.set()
    through = told(asked.answering, PLATFORM)
    plain = list(Pipeline(ford, embedder, asked.generator).stream(PLATFORM))
    assert kinds(through) == kinds(plain)
    assert isinstance(through[-1], Answer)
    assert isinstance(plain[-1], Answer)
    assert through[-1].text == plain[-1].text
    assert asked.outcomes() == ["answered"]
    assert asked.records[0].length == len(through[-1].text)


@pytest.mark.parametrize(("question", "article"), [("  ", None), ("x" * 2001, None), (PLATFORM, "nowhere")])
def test_a_bad_question_never_joins_the_line(asked: Asked, question: str, article: str | None) -> None:
    with pytest.raises(BadInputError):
        told(asked.answering, question, article)
    assert asked.answering.running == 0
    assert asked.outcomes() == ["error"]


def test_one_is_answered_at_a_time_in_the_order_of_asking(asked: Asked) -> None:
    async def ask(number: int) -> None:
        async with aclosing(asked.answering.follow(Question(PLATFORM, id=str(number)))) as following:
            assert isinstance([event async for event in following][-1], Answer)

    async def all_at_once() -> None:
        asks = [asyncio.ensure_future(ask(number)) for number in range(6)]
        await asyncio.sleep(0)
        asked.generator.gate.set()
        await asyncio.gather(*asks)

    asyncio.run(all_at_once())
    assert [record.question.id for record in asked.records] == list("012345")
    assert asked.generator.most_running == 1


def test_who_waits_is_told_the_place_and_each_better_one(asked: Asked) -> None:
    async def third() -> list[int]:
        first, second = asked.answering.follow(ASKED), asked.answering.follow(ASKED)
        third = asked.answering.follow(ASKED)
        await asyncio.to_thread(asked.generator.entered.acquire)
        await second.aclose()
        asked.generator.gate.set()
        async for _ in first:
            pass
        return [told.position async for told in third if isinstance(told, Queued)]

    assert asyncio.run(third()) == [2, 1]
    assert asked.outcomes() == ["cancelled", "answered", "answered"]


def test_beyond_the_bound_a_question_is_refused_at_once(ford: Index, embedder: HashingEmbedder) -> None:
    asked = Asked(ford, embedder, waiting=1)

    async def ask() -> None:
        kept = [asked.answering.follow(ASKED), asked.answering.follow(ASKED)]
        assert asked.answering.state == "busy"
        with pytest.raises(ProblemError) as refusal:
            asked.answering.follow(ASKED)
        assert refusal.value.code == "busy"
        assert refusal.value.retry_after == 4
        for following in kept:
            await following.aclose()

    asyncio.run(ask())
    asked.settled()
    assert asked.answering.state == "ready"
    assert asked.outcomes() == ["error", "cancelled", "cancelled"]


def test_the_page_shows_an_answer_after_its_turn_or_why_there_is_none(
    ford: Index, embedder: HashingEmbedder
) -> None:
    asked = Asked(ford, embedder, waiting=0)

    async def walk(exchange: Exchange) -> None:
        async for _ in follow(asked.answering, exchange, ()):
            pass

    async def both() -> tuple[Exchange, Exchange]:
        first, second = Exchange(PLATFORM), Exchange(PLATFORM)
        begun = asyncio.ensure_future(walk(first))
        await asyncio.to_thread(until, lambda: bool(asked.answering.running))
        await walk(second)
        asked.generator.gate.set()
        await begun
        return first, second

    first, second = asyncio.run(both())
    assert first.status == "answered"
    assert second.problem.startswith("Too many questions are waiting.")


def test_a_lone_article_is_read_first_and_until_then_it_is_not_ready(asked: Asked) -> None:
    asked.answering.start(warm=True)
    assert asked.answering.state == "warming"
    asked.generator.gate.set()
    until(lambda: asked.answering.state == "ready")
    assert len(asked.generator.prompts) == 1
    assert asked.records == []


def test_a_text_is_noted_as_the_first_words(asked: Asked) -> None:
    asked.generator.gate.set()
    events = told(asked.answering, PLATFORM, ARTICLE)
    assert any(isinstance(event, Text) for event in events)
    record = asked.records[0]
    assert record.waited is not None
    assert record.first_words is not None
    assert record.waited <= record.first_words <= record.total
    assert record.citations == 1
