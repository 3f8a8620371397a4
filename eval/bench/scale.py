"""Whether an answer takes longer when more is indexed: 100,000 passages should be as quick as 10."""

from collections.abc import Iterator

from eval.bench.measure import Goal, Measure, Point, Readings, middle
from eval.bench.world import World, ask

SIZES = (10, 1_000, 100_000)
_QUESTIONS = 4

SLOWDOWN = Measure("scale.slowdown", "answer among 100,000 passages against 10", "times", Goal(1.1))


def measure(size: int) -> Measure:
    """The whole answer when the article stands among so many other passages."""
    point = Point("answers among passages", "whole answer", size)
    return Measure(f"scale.{size}", f"whole answer among {size:,} other passages, p50", point=point)


def rounds(world: World) -> Iterator[Readings]:
    """Asks each question of everything that is indexed, however much that is."""
    indexes = {size: world.corpus(size, with_article=True) for size in SIZES}
    questions = world.answerable(_QUESTIONS)
    while True:
        pipelines = {size: world.pipeline(index) for size, index in indexes.items()}
        seconds: dict[int, list[float]] = {size: [] for size in SIZES}
        for question in questions:
            for size, pipeline in pipelines.items():
                seconds[size].append(ask(pipeline, question, names_article=False).timings["total"])
        middles = {size: middle(found) for size, found in seconds.items()}
        slowdown = middles[SIZES[-1]] / middles[SIZES[0]]
        yield {**{measure(size): value for size, value in middles.items()}, SLOWDOWN: slowdown}
