"""From the start of the process until it takes a question, for one question and for the chat page."""

import json
import time
from collections.abc import Iterator

from eval.bench.measure import Goal, Measure, Readings
from eval.bench.process import free_port, output_of, started, wait_for_port
from eval.bench.world import World
from index.home import shipped_seeds

ASK = Measure("start.ask", "footnote ask: until the question is taken", goal=Goal(5.0))
SERVE = Measure("start.serve", "footnote serve: until the page is there", goal=Goal(5.0))


def rounds(world: World) -> Iterator[Readings]:
    """Starts both programs."""
    while True:
        yield {ASK: _until_asked(world), SERVE: _until_served(world)}


def serve_command(world: World, port: int) -> list[str]:
    """The command that serves the chat page."""
    return [*world.options.command, "serve", "--port", str(port), *_given(world)]


def _until_asked(world: World) -> float:
    """What the program took, less what it says that the answer took."""
    question = world.answerable(1)[0].question
    before = time.perf_counter()
    printed = output_of([*world.options.command, "ask", question, "--json", *_given(world)])
    total: float = json.loads(printed)["timings"]["total"]
    return time.perf_counter() - before - total


def _until_served(world: World) -> float:
    port = free_port()
    before = time.perf_counter()
    with started(serve_command(world, port)) as process:
        wait_for_port(process, port)
        return time.perf_counter() - before


def _given(world: World) -> list[str]:
    """The options that make it the same index and model; the default index needs no check of its folder."""
    seeds = world.options.seeds
    own = [] if seeds == shipped_seeds() else ["--seeds", str(seeds)]
    return [*own, *world.model_arguments()]
