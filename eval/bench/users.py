"""What several people at once wait for, against one alone, in the line that the server puts them in."""

import asyncio
import time
from collections.abc import Iterator, Sequence

from eval.bench.measure import Goal, Measure, Point, Readings, middle
from eval.bench.world import World
from eval.goldset import GoldQuestion
from eval.systems.system import rag_turns
from ui.answering import Answering
from ui.walk import Question

USERS = (1, 2, 4, 8)

_ALONE = 4
"""Questions that are asked one after the other, to compare with."""

SLOWDOWN = Measure("users.slowdown", "four at once against one alone, median answer", "times", Goal(2.5))
SLOWEST = Measure("users.slowest", "four at once against one alone, slowest answer", "times")
THROUGHPUT = Measure("users.throughput", "answers in the same time, four at once against one by one", "times")


def measure(users: int) -> Measure:
    """The answer when so many ask at once."""
    point = Point("users", "whole answer", users)
    return Measure(f"users.{users}", f"whole answer, {users} asking at once, p50", point=point)


def rounds(world: World) -> Iterator[Readings]:
    """Asks the same questions one by one and together."""
    questions = world.answerable(max(USERS))
    while True:
        seconds = {users: _waits(world, questions, users) for users in USERS}
        alone, together = seconds[1], seconds[4]
        yield {
            **{measure(users): middle(found) for users, found in seconds.items()},
            SLOWDOWN: middle(together) / middle(alone),
            SLOWEST: max(together) / max(alone),
            THROUGHPUT: sum(alone) / max(together),
        }


def _waits(world: World, questions: Sequence[GoldQuestion], users: int) -> list[float]:
    """The seconds that each waited for the answer."""
    pipeline = world.pipeline()
    pipeline.warm()
    answering = Answering(pipeline, waiting=users)
    count = users if users > 1 else _ALONE
    asked = [questions[number % len(questions)] for number in range(count)]

    async def wait_all() -> list[float]:
        if users == 1:
            return [await _wait(answering, question) for question in asked]
        return await asyncio.gather(*(_wait(answering, question) for question in asked))

    waits = asyncio.run(wait_all())
    answering.close()
    return waits


async def _wait(answering: Answering, question: GoldQuestion) -> float:
    began = time.perf_counter()
    history = tuple(rag_turns(question.history))
    async for _ in answering.follow(Question(question.question, question.article, history)):
        pass
    return time.perf_counter() - began
