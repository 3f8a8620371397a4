"""What a benchmark measures, and what comes of it."""

from collections.abc import Callable, Iterator, Mapping, Sequence
from dataclasses import dataclass
from typing import TYPE_CHECKING, Any, Literal

import numpy as np

if TYPE_CHECKING:
    from eval.bench.world import World

Unit = Literal["s", "GB", "GB/s", "GFLOP/s", "tokens/s", "passages/s", "times", "share", ""]
_PLACES = 6


@dataclass(frozen=True, slots=True)
class Goal:
    """The bound that a figure should keep."""

    bound: float
    kind: Literal["at_most", "at_least"] = "at_most"

    def met_by(self, value: float) -> bool:
        """Whether the value keeps it."""
        return value <= self.bound if self.kind == "at_most" else value >= self.bound


@dataclass(frozen=True, slots=True)
class Point:
    """Where a measure stands in a plot of seconds: which plot, which curve, how far right."""

    plot: str
    curve: str
    x: float


@dataclass(frozen=True, slots=True)
class Measure:
    """One thing that is measured, by name and in words."""

    name: str
    says: str
    unit: Unit = "s"
    goal: Goal | None = None
    point: Point | None = None


Readings = Mapping[Measure, float]
"""What one round measured."""

Rounds = Callable[["World"], Iterator[Readings]]
"""A benchmark: endless rounds, each with everything it compares in turn; made ready before the first."""


@dataclass(frozen=True, slots=True)
class Benchmark:
    """A benchmark, and how it is run.

    `warm_up` says that its first round only fills caches and is not counted; one that is `slow` runs only
    when it is named.
    """

    says: str
    rounds: Rounds
    warm_up: bool = True
    slow: bool = False


@dataclass(frozen=True, slots=True)
class Figure:
    """The values of a measure, one a round."""

    measure: Measure
    values: tuple[float, ...]

    @property
    def median(self) -> float:
        """The middle value."""
        return float(np.median(self.values))

    @property
    def spread(self) -> tuple[float, float]:
        """The middle half of the values lies between these."""
        low, high = np.percentile(self.values, [25, 75])
        return float(low), float(high)

    def to_json(self) -> dict[str, Any]:
        """The figure as ``bench.json`` has it."""
        measure, (low, high) = self.measure, self.spread
        goal, point = measure.goal, measure.point
        return {
            "name": measure.name,
            "says": measure.says,
            "unit": measure.unit,
            "median": round(self.median, _PLACES),
            "low": round(low, _PLACES),
            "high": round(high, _PLACES),
            "values": [round(value, _PLACES) for value in self.values],
            "goal": None if goal is None else {goal.kind: goal.bound},
            "met": None if goal is None else goal.met_by(self.median),
            "point": None if point is None else {"plot": point.plot, "curve": point.curve, "x": point.x},
        }


def gathered(rounds: Sequence[Readings]) -> list[Figure]:
    """A figure for each measure, in the order in which they first came."""
    values: dict[Measure, list[float]] = {}
    for readings in rounds:
        for measure, value in readings.items():
            values.setdefault(measure, []).append(value)
    return [Figure(measure, tuple(found)) for measure, found in values.items()]


def percentile(seconds: Sequence[float], part: float) -> float:
    """A time that was measured: the smallest that so many of 100 are not slower than."""
    return float(np.percentile(seconds, part, method="higher"))


def middle(values: Sequence[float]) -> float:
    """The median."""
    return float(np.median(values))
