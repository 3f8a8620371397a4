"""The page of a run of benchmarks: the table, the plots, and how the figures were made."""

from collections.abc import Iterator, Mapping
from typing import Any

from eval import plots
from eval.bench.shown import asides, headline, rows
from eval.plots import Spot
from eval.report_html import template

_ACROSS = {
    "retrieval": ("passages", True),
    "answers among passages": ("other passages", True),
    "article length": ("words of the article", False),
    "users": ("people asking at once", False),
}
"""For each plot what grows, and whether it grows by factors."""

_STAGE = "stages."


def page(report: Mapping[str, Any]) -> str:
    """The whole page."""
    return template("bench.html").render(
        report=report,
        headline=headline(report),
        rows=list(rows(report)),
        asides=list(asides(report)),
        plots=list(_plots(report)),
        configuration=report["configuration"],
    )


def _plots(report: Mapping[str, Any]) -> Iterator[tuple[str, str, str]]:
    """Each plot's title, its description for who can't see it, and the picture."""
    for plot, (across, logarithmic) in _ACROSS.items():
        found = _curves(report, plot)
        if found:
            text = f"Curves: seconds by {across}, with the middle half of the rounds, as in the table."
            yield plot.capitalize(), text, plots.curves(found, across, logarithmic)
    stages = {
        figure["name"].removeprefix(_STAGE).replace("_", " "): figure["median"]
        for figure in report["figures"]
        if figure["name"].startswith(_STAGE)
    }
    if stages:
        yield "An answer's stages", "Bars: mean seconds of each stage.", plots.parts(stages)


def _curves(report: Mapping[str, Any], plot: str) -> dict[str, list[Spot]]:
    """The spots of each curve of a plot."""
    found: dict[str, list[Spot]] = {}
    for figure in report["figures"]:
        point = figure["point"]
        if point is not None and point["plot"] == plot:
            spot = Spot(point["x"], figure["median"], figure["low"], figure["high"])
            found.setdefault(point["curve"], []).append(spot)
    return found
