"""How long retrieval takes among few passages and among many."""

import time
from collections.abc import Iterator

from eval.bench.measure import Goal, Measure, Point, Readings, percentile
from eval.bench.world import World
from rag.retrieval import Retriever

SIZES = (10, 1_000, 100_000)


def measures(size: int) -> tuple[Measure, Measure]:
    """The median and the slow end among so many passages."""
    name, says = f"retrieval.{size}", f"retrieval among {size:,} passages"
    return (
        Measure(f"{name}.p50", f"{says}, p50", goal=Goal(0.02), point=Point("retrieval", "p50", size)),
        Measure(f"{name}.p95", f"{says}, p95", goal=Goal(0.04), point=Point("retrieval", "p95", size)),
    )


def rounds(world: World) -> Iterator[Readings]:
    """Seeks each question among each number of passages in turn."""
    retrievers = {size: Retriever(world.corpus(size), world.tools.embedder) for size in SIZES}
    while True:
        seconds: dict[int, list[float]] = {size: [] for size in SIZES}
        for question in world.questions:
            for size, retriever in retrievers.items():
                before = time.perf_counter()
                retriever.retrieve(question.question)
                seconds[size].append(time.perf_counter() - before)
        readings: dict[Measure, float] = {}
        for size, found in seconds.items():
            p50, p95 = measures(size)
            readings |= {p50: percentile(found, 50), p95: percentile(found, 95)}
        yield readings
