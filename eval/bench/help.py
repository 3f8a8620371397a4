"""How long `footnote --help` takes: what every command costs before it does anything."""

import time
from collections.abc import Iterator

from eval.bench.measure import Goal, Measure, Readings
from eval.bench.process import output_of
from eval.bench.world import World

HELP = Measure("help", "footnote --help", goal=Goal(0.3))


def rounds(world: World) -> Iterator[Readings]:
    """Runs it."""
    while True:
        before = time.perf_counter()
        output_of([*world.options.command, "--help"])
        yield {HELP: time.perf_counter() - before}
