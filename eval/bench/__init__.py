"""The speed benchmarks, one a file."""

from collections.abc import Mapping
from types import MappingProxyType
from typing import Final

from eval.bench import (
    answers,
    help,  # noqa: A004 - what the command is called
    indexing,
    indexing_memory,
    lengths,
    limits,
    llama,
    memory,
    plain,
    retrieval,
    scale,
    speed,
    stages,
    start,
    users,
)
from eval.bench.measure import Benchmark

BENCHMARKS: Final[Mapping[str, Benchmark]] = MappingProxyType(
    {
        "limits": Benchmark("what the machine can do at best", limits.rounds),
        "help": Benchmark("footnote --help", help.rounds),
        "start": Benchmark("process start until a question is taken", start.rounds),
        "retrieval": Benchmark("retrieval among 10 to 100,000 passages", retrieval.rounds),
        "answers": Benchmark("first words and whole answers", answers.rounds),
        "speed": Benchmark("tokens read and written a second", speed.rounds),
        "stages": Benchmark("where the time of an answer goes", stages.rounds),
        "plain": Benchmark("against transformers.generate in fp32", plain.rounds),
        "llama": Benchmark("against llama.cpp with the same file", llama.rounds),
        "users": Benchmark("several people at once", users.rounds),
        "lengths": Benchmark("longer articles", lengths.rounds),
        "scale": Benchmark("answers among many passages", scale.rounds),
        "indexing": Benchmark("indexing against bare encoding", indexing.rounds),
        "memory": Benchmark("memory while serving", memory.rounds, warm_up=False),
        "indexing_memory": Benchmark(
            "memory of indexing 100,000 passages", indexing_memory.rounds, warm_up=False, slow=True
        ),
    }
)
"""Every benchmark by its name, in the order in which they run."""
