"""The plots of a report, as SVG that stands in the page itself and takes the page's colours."""

import io
import re
import warnings
from collections.abc import Mapping, Sequence
from typing import TYPE_CHECKING, Any, Literal, NamedTuple

if TYPE_CHECKING:
    from matplotlib.axes import Axes
    from matplotlib.figure import Figure

_INK = "#010203"
_GRID = "#040506"
_SERIES = ("#0708a1", "#0708a2", "#0708a3", "#0708a4", "#0708a5", "#0708a6", "#0708a7")
_DASHES: Any = ("-", "--", "-.", ":", (0, (5, 1)), (0, (3, 1, 1, 1)), (0, (1, 1)))
_COLOURS = {
    _INK: "currentColor",
    _GRID: "var(--rule)",
    **{stand_in: f"var(--series-{number})" for number, stand_in in enumerate(_SERIES, start=1)},
}


class Spot(NamedTuple):
    """A spot of a curve: how far right, the median, and the middle half of the values."""

    x: float
    middle: float
    low: float
    high: float


def category_bars(categories: Mapping[str, Mapping[str, Any]]) -> str:
    """For each category the part that was right: answered correctly, or rightly refused."""
    rows = []
    for name, found in categories.items():
        for number, metric in enumerate(("correct", "refusal_recall")):
            if found["metrics"][metric] is not None:
                rows.append((f"{name} ({found['cases']})", number, found["metrics"][metric]))
    rows.sort(key=lambda row: (-row[1], row[2]["value"]))
    figure, axes = _figure(
        0.34 * len(rows) + 0.9, "right, in %; the thin line is the 95 % interval", grid="x"
    )
    for place, (_, number, estimate) in enumerate(rows):
        value, low, high = (100 * estimate[key] for key in ("value", "low", "high"))
        axes.barh(place, value, height=0.62, color=_SERIES[number])
        axes.plot([low, high], [place, place], color=_INK, linewidth=1.2)
    axes.set_yticks(range(len(rows)), [label.replace("$", r"\$") for label, _, _ in rows])
    axes.set_xlim(0, 100)
    return _svg(figure, "categories")


def waiting_times(seconds: Mapping[str, Sequence[float]]) -> str:
    """For each system, what part of its answers was there after so many seconds."""
    figure, axes = _figure(3.2, "seconds to the whole answer", "answers, in %")
    for number, (name, times) in enumerate(seconds.items()):
        ordered = sorted(times)
        share = [100 * (place + 1) / len(ordered) for place in range(len(ordered))]
        axes.step(
            [ordered[0], *ordered],
            [0, *share],
            where="post",
            color=_SERIES[number % len(_SERIES)],
            linestyle=_DASHES[number % len(_DASHES)],
            label=name,
        )
    axes.set_ylim(0, 102)
    axes.set_xlim(left=0)
    axes.legend(frameon=False, labelcolor=_INK, loc="lower right")
    return _svg(figure, "times")


def risk_coverage(calibration: Mapping[str, Any]) -> str:
    """How many of the answers are wrong when only the surest are given."""
    figure, axes = _figure(3.2, "coverage: questions answered, in %", "risk: of those wrong, in %")
    coverage = [100 * point["coverage"] for point in calibration["curve"]]
    risk = [100 * point["risk"] for point in calibration["curve"]]
    axes.plot(coverage, risk, color=_SERIES[0], marker=".", markersize=4)
    axes.set_xlim(0, 100)
    axes.set_ylim(bottom=0)
    return _svg(figure, "risk")


def reliability(calibration: Mapping[str, Any]) -> str:
    """Whether answers given with a confidence of 80 % are right 80 % of the time."""
    figure, axes = _figure(3.2, "confidence, in %", "right, in %")
    bins = calibration["bins"]
    axes.plot([0, 100], [0, 100], color=_GRID, linewidth=1)
    axes.scatter(
        [100 * one["confidence"] for one in bins],
        [100 * one["right"] for one in bins],
        s=[12 + 4 * one["n"] for one in bins],
        color=_SERIES[0],
    )
    axes.set_xlim(0, 102)
    axes.set_ylim(0, 105)
    return _svg(figure, "reliability")


def curves(found: Mapping[str, Sequence[Spot]], across: str, logarithmic: bool = False) -> str:
    """Seconds against something that grows: a curve for each name, with the middle half of the rounds."""
    figure, axes = _figure(3.2, across, "seconds")
    for number, (name, spots) in enumerate(found.items()):
        colour, style = _SERIES[number % len(_SERIES)], _DASHES[number % len(_DASHES)]
        x, middle, low, high = zip(*sorted(spots), strict=True)
        axes.plot(x, middle, color=colour, linestyle=style, marker=".", label=name)
        axes.fill_between(x, low, high, color=colour, alpha=0.15, linewidth=0)
    if logarithmic:
        axes.set_xscale("log")
    axes.set_ylim(bottom=0)
    axes.legend(frameon=False, labelcolor=_INK)
    return _svg(figure, re.sub(r"\W+", "-", across))


def parts(seconds: Mapping[str, float]) -> str:
    """What each part of a whole took, the first on top."""
    figure, axes = _figure(0.34 * len(seconds) + 0.9, "seconds", grid="x")
    places = range(len(seconds) - 1, -1, -1)
    axes.barh(places, list(seconds.values()), height=0.62, color=_SERIES[0])
    axes.set_yticks(places, list(seconds))
    return _svg(figure, "parts")


def _figure(
    height: float, across: str, up: str = "", grid: Literal["x", "both"] = "both"
) -> "tuple[Figure, Axes]":
    """An empty plot with its two labels."""
    from matplotlib.figure import Figure

    figure = Figure(figsize=(6.4, height), layout="constrained")
    axes = figure.add_subplot()
    axes.set_axisbelow(True)
    for name, spine in axes.spines.items():
        spine.set_visible(name in {"left", "bottom"})
        spine.set_color(_INK)
    axes.tick_params(colors=_INK)
    axes.xaxis.label.set_color(_INK)
    axes.yaxis.label.set_color(_INK)
    axes.set_xlabel(across)
    axes.set_ylabel(up)
    axes.grid(axis=grid, color=_GRID, linewidth=0.6)
    return figure, axes


def _svg(figure: "Figure", name: str) -> str:
    """The figure as an SVG element: no outside names, ids of its own, the page's colours."""
    from matplotlib import rc_context

    buffer = io.StringIO()
    style: Any = {"svg.fonttype": "none", "svg.hashsalt": name, "font.family": "sans-serif"}
    with rc_context(style), warnings.catch_warnings():
        warnings.filterwarnings("ignore", "Glyph .* missing from font")  # the browser has fonts of its own
        figure.savefig(buffer, format="svg", transparent=True, metadata={"Date": None})
    text = buffer.getvalue()
    text = text[text.index("<svg") :]
    text = re.sub(r"<(metadata|style)\b.*?</\1>", "", text, flags=re.DOTALL)
    text = re.sub(r' xmlns(?::\w+)?="[^"]*"', "", text)
    text = text.replace("xlink:href=", "href=")
    text = re.sub(r'( id="|href="#|url\(#)', rf"\g<1>{name}-", text)
    for stand_in, colour in _COLOURS.items():
        text = text.replace(stand_in, colour)
    return text
