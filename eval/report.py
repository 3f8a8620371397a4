"""The figures of a run: each system's metrics with intervals, by category and condition, and its times."""

import json
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import asdict, dataclass
from typing import Any

from eval.calibration_curve import calibration
from eval.case import Case
from eval.case_file import Scores
from eval.configuration import DRAWS, SEED
from eval.metrics import METRICS
from eval.metrics.seconds import percentiles
from eval.statistics import aggregate
from eval.stress import PLAIN
from eval.systems.choice import PRODUCT

_PLACES = 6
_SUMMARY = ("correct", "refusal_recall", "over_refusal", "citation_precision", "hallucination", "trust")


@dataclass(frozen=True, slots=True)
class Scored:
    """A case with its part in each metric."""

    case: Case
    scores: Scores


@dataclass(frozen=True, slots=True)
class Run:
    """One system under one condition.

    `articles` are the texts that were asked about, `changed` the ids of the questions whose answers an
    alteration changed, and `seconds` what the asking took this time.
    """

    system: str
    condition: str
    cases: tuple[Scored, ...]
    articles: Mapping[str, str]
    seconds: float
    changed: frozenset[str] = frozenset()


def score(case: Case, articles: Mapping[str, str]) -> Scored:
    """The case with its part in each metric."""
    return Scored(case, {name: metric(case, articles) for name, metric in METRICS.items()})


def build_report(
    runs: Sequence[Run], configuration: Mapping[str, Any], selection: Mapping[str, Any]
) -> dict[str, Any]:
    """The content of ``report.json``."""
    names = list(dict.fromkeys(run.system for run in runs))
    return {
        "gold": configuration["gold"]["file"],
        "questions": max(len(run.cases) for run in runs),
        "selection": dict(selection),
        "systems": {name: _system([run for run in runs if run.system == name]) for name in names},
        "run_seconds": _rounded(sum(run.seconds for run in runs)),
        "configuration": dict(configuration),
    }


def figures(report: Mapping[str, Any], system: str = PRODUCT) -> dict[str, float | None]:
    """Every figure of one system by a name such as ``correct``, ``total.p95`` or ``altered.correct``."""
    found = report["systems"][system]
    flat = _flat(found)
    for condition, part in found["stress"].items():
        flat |= {f"{condition}.{name}": value for name, value in _flat(part).items()}
    return flat


def summary_lines(report: Mapping[str, Any]) -> list[str]:
    """The main figures of the systems side by side, as lines of text."""
    systems = report["systems"]
    rows = [["", *systems]]
    for metric in _SUMMARY:
        found = [_value(system["metrics"][metric]) for system in systems.values()]
        rows.append(
            [metric.replace("_", " "), *("–" if value is None else f"{value:.3f}" for value in found)]
        )
    times = [system["latency"].get("total") for system in systems.values()]
    rows.append(["median seconds", *("–" if one is None else f"{one['p50']:.2f}" for one in times)])
    rows.append(["errors", *(f"{system['errors']} of {system['cases']}" for system in systems.values())])
    widths = [max(map(len, column)) for column in zip(*rows, strict=True)]
    return ["  ".join([row[0].ljust(widths[0]), *map(str.rjust, row[1:], widths[1:])]) for row in rows]


def _flat(part: Mapping[str, Any]) -> dict[str, float | None]:
    flat: dict[str, float | None] = {"errors": float(part["errors"])}
    for name in ("follows_the_text", "follows_changed_text"):
        if name in part:
            flat[name] = _value(part[name])
    flat |= {name: _value(estimate) for name, estimate in part["metrics"].items()}
    for name, times in part["latency"].items():
        flat |= {f"{name}.{which}": times[which] for which in ("p50", "p95")}
    return flat


def _value(estimate: Mapping[str, float] | None) -> float | None:
    return None if estimate is None else estimate["value"]


def _system(runs: Sequence[Run]) -> dict[str, Any]:
    """One system: its figures on the gold questions as they are, and under each stress condition."""
    (plain,) = [run for run in runs if run.condition == PLAIN]
    return {
        **_figures(plain),
        "categories": {
            category: {"cases": len(group), "metrics": _metrics(group)}
            for category, group in _by_category(plain.cases).items()
        },
        "calibration": _calibration(plain.cases),
        "stress": {run.condition: _stressed(run) for run in runs if run.condition != PLAIN},
    }


def _figures(run: Run) -> dict[str, Any]:
    return {
        "cases": len(run.cases),
        "errors": sum(one.case.error is not None for one in run.cases),
        "metrics": _metrics(run.cases),
        "latency": {
            name: _all_rounded(asdict(times))
            for name, times in percentiles(one.case for one in run.cases).items()
        },
        "run_seconds": _rounded(run.seconds),
    }


def _stressed(run: Run) -> dict[str, Any]:
    figures = _figures(run)
    if run.condition != "altered":
        return figures
    changed = [one for one in run.cases if one.case.gold.id in run.changed]
    return {
        **figures,
        "follows_the_text": figures["metrics"]["correct"],
        "follows_changed_text": _metrics(changed)["correct"],
    }


def _metrics(cases: Sequence[Scored]) -> dict[str, dict[str, float] | None]:
    """Each metric with its interval; None where no case has a part in it."""
    found: dict[str, dict[str, float] | None] = {}
    for name in METRICS:
        estimate = aggregate([one.scores[name] for one in cases], SEED, DRAWS)
        found[name] = None if estimate is None else _all_rounded(asdict(estimate))
    return found


def _by_category(cases: Iterable[Scored]) -> dict[str, list[Scored]]:
    groups: dict[str, list[Scored]] = {}
    for one in cases:
        groups.setdefault(one.case.gold.category, []).append(one)
    return dict(sorted(groups.items()))


def _calibration(cases: Iterable[Scored]) -> dict[str, Any] | None:
    """What the confidences tell, when the answers have any."""
    found = calibration(one.case for one in cases)
    if found is None:
        return None
    as_json: dict[str, Any] = json.loads(json.dumps(asdict(found)))
    return as_json


def _all_rounded(values: Mapping[str, float]) -> dict[str, float]:
    return {name: _rounded(value) for name, value in values.items()}


def _rounded(value: float) -> float:
    return value if isinstance(value, int) else round(value, _PLACES)
