"""What several people at once wait for, against one alone, in the line that the server puts them in."""

import threading
import time
from collections.abc import Iterator, Sequence
from concurrent.futures import ThreadPoolExecutor

from eval.bench.measure import Goal, Measure, Point, Readings, middle
from eval.bench.world import World
from eval.goldset import GoldQuestion
from eval.systems.system import rag_turns
from ui.answering import Answering

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
    together = threading.Barrier(users)

    def wait(question: GoldQuestion) -> float:
        together.wait()
        began = time.perf_counter()
        for _ in answering.stream(question.question, question.article, rag_turns(question.history)):
            pass
        return time.perf_counter() - began

    count = users if users > 1 else _ALONE
    asked = [questions[number % len(questions)] for number in range(count)]
    with ThreadPoolExecutor(users) as pool:
        waits = list(pool.map(wait, asked))
    answering.close()
    return waits
