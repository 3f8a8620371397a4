"""*Seconds*: how long people wait, as p50 and p95 over the questions whose answer has that timing.

A percentile is a time that was measured: the smallest with at least that part of the others below it (numpy's
``higher``), so that it never looks quicker than it was.
"""

from collections.abc import Iterable
from dataclasses import dataclass

import numpy as np

from eval.case import Case

TIMINGS = ("retrieve", "first_token", "total")


@dataclass(frozen=True, slots=True)
class Percentiles:
    """The middle of the times, and what 95 of 100 are not slower than."""

    p50: float
    p95: float
    n: int


def percentiles(cases: Iterable[Case]) -> dict[str, Percentiles]:
    """The percentiles of each of `TIMINGS` that at least one answer has."""
    answers = [case.answer for case in cases if case.answer is not None]
    found = {}
    for name in TIMINGS:
        times = [answer["timings"][name] for answer in answers if name in answer.get("timings", {})]
        if times:
            p50, p95 = np.percentile(times, [50, 95], method="higher")
            found[name] = Percentiles(float(p50), float(p95), len(times))
    return found
