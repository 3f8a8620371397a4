import asyncio
import threading
from collections.abc import Iterator

import pytest
from fakes import HashingEmbedder
from scripted import BrokenGenerator

from index.store import Index
from rag.pipeline import Pipeline
from ui.answering import Answering
from ui.problems import ProblemError
from ui.walk import Question, Record

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


@pytest.mark.parametrize("held", [0, 1])
def test_an_answer_that_takes_too_long_ends_with_deadline(
    ford: Index, embedder: HashingEmbedder, held: int
) -> None:
    """Whether it is being answered or waits for another."""
    asked = Asked(ford, embedder, deadline=0.05)

    async def late() -> None:
        before = [asked.answering.follow(ASKED) for _ in range(held)]
        following = asked.answering.follow(ASKED)
        with pytest.raises(ProblemError) as problem:
            async for _ in following:
                pass
        assert problem.value.code == "deadline"
        for other in before:
            await other.aclose()

    asyncio.run(late())
    asked.settled()
    assert asked.generator.running == 0
    assert {record.code for record in asked.records} == {"deadline"}


@pytest.mark.parametrize("waits", [False, True])
def test_the_model_stops_when_whoever_asked_leaves(asked: Asked, waits: bool) -> None:
    async def leave() -> None:
        first = asked.answering.follow(ASKED)
        following = asked.answering.follow(ASKED) if waits else first
        await anext(following)
        await following.aclose()
        if waits:
            assert asked.answering.waiting == 0
            await first.aclose()

    asyncio.run(leave())
    asked.settled()
    assert asked.generator.running == 0
    assert set(asked.outcomes()) == {"cancelled"}


def test_a_defect_frees_the_place_and_is_logged_but_not_told(
    ford: Index, embedder: HashingEmbedder, caplog: pytest.LogCaptureFixture
) -> None:
    records: list[Record] = []
    answering = Answering(Pipeline(ford, embedder, BrokenGenerator("A reply.")), observers=[records.append])

    async def ask() -> None:
        for _ in range(2):
            with pytest.raises(ProblemError) as problem:
                async for _ in answering.follow(ASKED):
                    pass
            assert problem.value.code == "defect"
            assert "the model broke" not in str(problem.value)

    asyncio.run(ask())
    assert "the model broke" in caplog.text
    assert [record.code for record in records] == ["defect", "defect"]


def test_closing_sends_those_who_wait_away_and_lets_the_running_one_end(asked: Asked) -> None:
    async def close() -> tuple[list[str], str]:
        running, waiting = asked.answering.follow(ASKED), asked.answering.follow(ASKED)
        asked.answering.close()
        with pytest.raises(ProblemError) as sent_away:
            async for _ in waiting:
                pass
        with pytest.raises(ProblemError, match="shutting down"):
            asked.answering.follow(ASKED)
        asked.generator.gate.set()
        return kinds([event async for event in running]), sent_away.value.code  # type: ignore[misc]

    events, code = asyncio.run(close())
    assert events[-1] == "Answer"
    assert code == "shutting_down"
    assert asked.answering.state == "shutting_down"


def test_stopping_ends_the_running_one_with_a_reason(asked: Asked) -> None:
    async def stop() -> str:
        running = asked.answering.follow(ASKED)
        asked.answering.close()
        asked.answering.stop()
        with pytest.raises(ProblemError) as stopped:
            async for _ in running:
                pass
        return stopped.value.code

    assert asyncio.run(stop()) == "shutting_down"
    assert asked.answering.ended(10)


def test_no_thread_stays_for_those_who_left(asked: Asked) -> None:
    asked.generator.gate.set()
    told(asked.answering, PLATFORM)
    before = threading.active_count()

    async def leave() -> None:
        for _ in range(200):
            following = asked.answering.follow(ASKED)
            await anext(following)
            await following.aclose()
            await asyncio.to_thread(asked.settled)

    asyncio.run(leave())
    until(lambda: threading.active_count() <= before)
