"""Figures of a benchmark as people read them."""

from collections.abc import Iterator, Mapping
from dataclasses import dataclass
from typing import Any

_SIGNS = {"at_most": "≤", "at_least": "≥"}


@dataclass(frozen=True, slots=True)
class Row:
    """A line of the table: every cell as text, and whether the goal is met ("" without one)."""

    says: str
    value: str
    spread: str
    goal: str
    verdict: str
    limit: str


def rows(report: Mapping[str, Any]) -> Iterator[Row]:
    """The lines of the table."""
    for figure in report["figures"]:
        unit = figure["unit"]
        low, high = amount(figure["low"], unit), amount(figure["high"], unit)
        limit = ""
        if figure["of_limit"] is not None:
            limit = f"{amount(figure['limit'], unit)} ({figure['of_limit']:.0%} of it)"
        yield Row(
            figure["says"],
            amount(figure["median"], unit),
            "" if low == high else f"{low} – {high}",
            _goal(figure["goal"] or {}, unit),
            {None: "", True: "met", False: "missed"}[figure["met"]],
            limit,
        )


def _goal(goal: Mapping[str, float], unit: str) -> str:
    return " ".join(f"{_SIGNS[kind]} {amount(bound, unit)}" for kind, bound in goal.items())


def amount(value: float, unit: str) -> str:
    """A value with its unit, to three digits or so."""
    if unit == "share":
        return f"{100 * value:.1f} %"
    if unit == "s" and value < 1:
        return f"{1000 * value:.3g} ms"
    digits = f"{value:,.0f}" if value >= 100 else f"{value:.3g}"
    return f"{digits} {'×' if unit == 'times' else unit}".strip()


def headline(report: Mapping[str, Any]) -> str:
    """How many goals are met, and under what circumstances."""
    judged = [figure["met"] for figure in report["figures"] if figure["met"] is not None]
    machine = report["configuration"]["machine"]
    return (
        f"{sum(judged)} of {len(judged)} goals met; {report['questions']} questions, "
        f"{report['repeats']} rounds, {machine['cpu']}, {machine['threads']} cores, "
        f"load at the start {report['load']:.1f}"
    )


def asides(report: Mapping[str, Any]) -> Iterator[str]:
    """What was not measured, and why."""
    for name, reason in report["skipped"].items():
        yield f"skipped {name}: {reason}"
    for name, reason in report["broken"].items():
        yield f"broken {name}: {reason}"
