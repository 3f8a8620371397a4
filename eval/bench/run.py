"""A run of benchmarks: each in its turn, every figure with its spread, and all that decided them."""

import json
import os
import time
from collections.abc import Callable, Iterator, Mapping, Sequence
from itertools import islice
from typing import Any

from eval.bench import BENCHMARKS
from eval.bench.limits import best_possible
from eval.bench.measure import Benchmark, Figure, Readings, gathered
from eval.bench.page import page
from eval.bench.world import Options, World
from eval.case_file import write_whole
from eval.configuration import configuration
from eval.systems.choice import Tools
from index.errors import BadInputError, NotReadyError

NAME = "bench.json"
PAGE = "bench.html"

Progress = Callable[[str, int, int], None]
"""Told which benchmark runs, and how many of its rounds are done."""


def names_of(text: str) -> tuple[str, ...]:
    """The benchmarks named in a text such as ``help,retrieval``, in the order in which they run.

    Raises:
        BadInputError: There is no such benchmark.
    """
    named = [name.strip() for name in text.split(",") if name.strip()]
    for name in named:
        if name not in BENCHMARKS:
            raise BadInputError(f"There is no benchmark {name!r}; write some of {', '.join(BENCHMARKS)}.")
    return tuple(name for name in BENCHMARKS if name in named)


def run(
    options: Options,
    tools: Tools,
    progress: Progress = lambda name, done, total: None,
    benchmarks: Mapping[str, Benchmark] = BENCHMARKS,
) -> dict[str, Any]:
    """Measures, and writes ``bench.json`` and ``bench.html`` after each benchmark; returns the report.

    A benchmark that is not ready is skipped, and the report says why; so is one that breaks, but the report
    says so.

    Raises:
        BadInputError: The questions or the articles can't be used.
        NotReadyError: The folder can't be written to.
    """
    world = World(options, tools)
    record = options.choice.record()
    found = configuration(options.gold, options.seeds, world.index, tools.embedder, record)
    report: dict[str, Any] = {
        "repeats": options.repeats,
        "questions": len(world.questions),
        "load": os.getloadavg()[0],
        "seconds": {},
        "skipped": {},
        "broken": {},
        "figures": [],
        "configuration": found,
    }
    figures: list[Figure] = []
    for name in _chosen(options.only, benchmarks):
        before = time.perf_counter()
        try:
            figures += _measured(name, benchmarks[name], world, options.repeats, progress)
        except NotReadyError as error:
            report["skipped"][name] = str(error)
            progress(name, 0, 0)
        except Exception as error:
            report["broken"][name] = f"{type(error).__name__}: {error}"
            progress(name, 0, 0)
        report["seconds"][name] = round(time.perf_counter() - before, 3)
        report["figures"] = _with_limits(figures)
        write_whole(options.out / NAME, json.dumps(report, ensure_ascii=False, indent=2))
        write_whole(options.out / PAGE, page(report))
    return report


def _chosen(only: Sequence[str], benchmarks: Mapping[str, Benchmark]) -> Iterator[str]:
    for name, benchmark in benchmarks.items():
        if name in only or not (only or benchmark.slow):
            yield name


def _measured(
    name: str, benchmark: Benchmark, world: World, repeats: int, progress: Progress
) -> list[Figure]:
    """The figures of a benchmark over its rounds, without the one that warms up."""
    spare = int(benchmark.warm_up)
    progress(name, 0, repeats + spare)
    rounds: list[Readings] = []
    running = benchmark.rounds(world)
    try:
        for readings in islice(running, repeats + spare):
            rounds.append(readings)
            progress(name, len(rounds), repeats + spare)
    finally:
        close = getattr(running, "close", None)
        if close is not None:
            close()
    return gathered(rounds[spare:])


def _with_limits(figures: Sequence[Figure]) -> list[dict[str, Any]]:
    """The figures as JSON, each with the best that it could be where that can be told."""
    best = best_possible({figure.measure.name: figure.median for figure in figures})
    rows = []
    for figure in figures:
        limit, value = best.get(figure.measure.name), figure.median
        lower_is_better = figure.measure.unit in {"s", "GB"}
        near = None if not limit or not value else limit / value if lower_is_better else value / limit
        rows.append(
            figure.to_json()
            | {"limit": None if limit is None else round(limit, 6)}
            | {"of_limit": None if near is None else round(near, 4)}
        )
    return rows
