"""Where the time of an answer goes: by stage of the walk, and by operation of torch."""

import os
from collections import defaultdict
from collections.abc import Iterator

from eval.bench.measure import Measure, Readings
from eval.bench.timed_generator import timed
from eval.bench.world import World, ask
from rag.pipeline import Pipeline

_QUESTIONS = 8
_OPERATIONS = 8

STAGES = ("retrieve", "lay out", "evidence", "read", "write", "check", "rest")
"""In the order of the walk; `rest` is what none of the others is, such as words, alignment and checks."""


def measure(stage: str) -> Measure:
    """A stage's part of an answer, on average, so that the parts add up."""
    return Measure(f"stages.{stage.replace(' ', '_')}", f"an answer's {stage}, mean")


def operation(name: str) -> Measure:
    """An operation's part of the computing for one answer."""
    return Measure(f"operations.{name}", f"{name} in one answer", "share")


def rounds(world: World) -> Iterator[Readings]:
    """Answers questions with a clock on the generator, and one under torch's profiler."""
    generator = timed(world.tools.generator("chosen"))
    world.pipeline().warm()
    questions = world.answerable(_QUESTIONS)
    while True:
        pipeline = Pipeline(world.index, world.tools.embedder, generator)
        total: defaultdict[str, float] = defaultdict(float)
        for question in questions:
            generator.restart()
            took = ask(pipeline, question).timings
            parts = {**generator.seconds, "retrieve": took["retrieve"]}
            parts["rest"] = max(took["total"] - sum(parts.values()), 0.0)
            for stage, seconds in parts.items():
                total[stage] += seconds
        stages = {measure(stage): total[stage] / len(questions) for stage in STAGES}
        yield {**stages, **_operations(world)}


def _operations(world: World) -> Readings:
    """The operations that took most of the processor's time."""
    os.environ.setdefault("KINETO_LOG_LEVEL", "99")  # else the profiler tells stderr of its stages
    from torch.profiler import ProfilerActivity, profile

    pipeline, question = world.pipeline(), world.answerable(1)[0]
    with profile(activities=[ProfilerActivity.CPU]) as profiled:
        ask(pipeline, question)
    found = sorted(profiled.key_averages(), key=lambda one: -one.self_cpu_time_total)
    whole = sum(one.self_cpu_time_total for one in found)
    return {operation(one.key): one.self_cpu_time_total / whole for one in found[:_OPERATIONS]}
