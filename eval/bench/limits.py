"""What the machine can do at best, and how near to that a figure is.

To write one token every weight is read from memory once; to read one, two operations are done for each.
"""

import time
from collections.abc import Callable, Iterator, Mapping

from eval.bench.measure import Measure, Readings
from eval.bench.world import World
from index.errors import NotReadyError
from rag.linear import PlainLinear
from rag.packing import packed

_TRIES = 5
_FLOATS = 2**27
"""Of each of two vectors that are read: more than any cache holds."""

_ROWS = 4096
_GIGA = 1e9

BANDWIDTH = Measure("limits.bandwidth", "memory read", "GB/s")
INT8 = Measure("limits.int8", "8-bit products, in the form that the model has here", "GFLOP/s")
FP32 = Measure("limits.fp32", "32-bit products", "GFLOP/s")
BYTES = Measure("limits.bytes", "8-bit weights read for a token written", "GB")
OPERATIONS = Measure("limits.operations", "billions of operations for a token read", "")

_Figures = Mapping[str, float]

_BEST: Mapping[str, Callable[[_Figures], float]] = {
    "speed.reading": lambda got: got["limits.int8"] / got["limits.operations"],
    "speed.writing": lambda got: got["limits.bandwidth"] / got["limits.bytes"],
    "plain.writing": lambda got: got["limits.bandwidth"] / (4 * got["limits.bytes"]),
    "answers.new.first": lambda got: got["speed.prompt"] * got["limits.operations"] / got["limits.int8"],
    "start.ask": lambda got: got["limits.bytes"] / got["limits.bandwidth"],
    "start.serve": lambda got: got["limits.bytes"] / got["limits.bandwidth"],
}
"""The best that a figure could be, from other figures."""


def best_possible(figures: _Figures) -> dict[str, float]:
    """The best value of each figure for which it can be told."""
    found = {}
    for name, best in _BEST.items():
        try:
            found[name] = best(figures)
        except KeyError:
            continue
    return found


def rounds(world: World) -> Iterator[Readings]:
    """Reads memory and multiplies matrices."""
    weights = _weights(world)
    while True:
        yield {**_machine(), **weights}


def _machine() -> Readings:
    import torch

    one, other = torch.ones(_FLOATS), torch.ones(_FLOATS)
    read = 2 * one.numel() * one.element_size() / _quickest(lambda: torch.dot(one, other))
    matrix = torch.ones(_ROWS, _ROWS)
    stored = PlainLinear(matrix.to(torch.int8), torch.ones(_ROWS), None)
    ((_, narrow),) = packed({"": stored}, torch.get_num_threads())
    operations = 2 * _ROWS**3
    return {
        BANDWIDTH: read / _GIGA,
        INT8: operations / _quickest(lambda: narrow(matrix)) / _GIGA,
        FP32: operations / _quickest(lambda: matrix @ matrix) / _GIGA,
    }


def _quickest(work: Callable[[], object]) -> float:
    """The seconds of the quickest try."""
    seconds = []
    for _ in range(_TRIES):
        before = time.perf_counter()
        work()
        seconds.append(time.perf_counter() - before)
    return min(seconds)


def _weights(world: World) -> Readings:
    """What a token takes, from the model's file; nothing where there is none."""
    from gguf import GGUFReader

    try:
        sizes = {tensor.name: int(tensor.n_elements) for tensor in GGUFReader(str(world.gguf())).tensors}
    except (NotReadyError, OSError, ValueError):
        return {}
    layers = sum(size for name, size in sizes.items() if name.startswith("blk."))
    output = sizes.get("output.weight", sizes.get("token_embd.weight", 0))
    return {BYTES: (layers + output) / _GIGA, OPERATIONS: 2 * layers / _GIGA}
