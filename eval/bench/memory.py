"""The memory that the product holds while it serves.

The page is started in a process of its own, and measured once it has read its article. What questions add is
measured in another process (`eval.bench.answering`), where all are asked.
"""

import sys
import time
from collections.abc import Iterator

from eval.bench.measure import Goal, Measure, Readings
from eval.bench.process import free_port, output_of, resident, started, wait_for_port
from eval.bench.start import serve_command
from eval.bench.world import World

_STEADY = 0.01
"""Share by which memory may still move between two looks when it has come to rest."""

_LOOKS, _PAUSE = 60, 2.0

SERVING = Measure("memory.serving", "footnote serve, article read", "GB", Goal(3.5))
ANSWERING = Measure("memory.answering", "a process after all answers, four at once", "GB", Goal(3.5))


def rounds(world: World) -> Iterator[Readings]:
    """Measures both processes."""
    options = world.options
    child = [sys.executable, "-m", "eval.bench.answering", str(options.seeds), str(options.gold)]
    while True:
        answering = output_of([*child, str(options.questions), *world.model_arguments()])
        yield {SERVING: _serving(world), ANSWERING: float(answering)}


def _serving(world: World) -> float:
    """What the server holds when that no longer changes."""
    port = free_port()
    with started(serve_command(world, port)) as process:
        wait_for_port(process, port)
        before = resident(process.pid)
        for _ in range(_LOOKS):
            time.sleep(_PAUSE)
            now = resident(process.pid)
            if abs(now - before) <= _STEADY * before:
                break
            before = now
        return now
