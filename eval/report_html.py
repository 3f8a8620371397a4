"""The page of a run: one file without scripts or outside hosts, for who decides and for who mends."""

from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass
from functools import cache
from importlib.resources import files
from typing import TYPE_CHECKING, Any, Literal

from eval import plots
from eval.highlights import Excerpt, excerpts
from eval.report import Run, Scored, figures
from eval.stress import PLAIN
from eval.systems.choice import PRODUCT

if TYPE_CHECKING:
    from jinja2 import Template

Unit = Literal["share", "score", "seconds"]


@dataclass(frozen=True, slots=True)
class Row:
    """A line of the headline table: a figure, what it says, and its goal, if there is one."""

    figure: str
    label: str
    meaning: str
    unit: Unit = "share"
    at_least: float | None = None
    at_most: float | None = None

    @property
    def goal(self) -> str:
        """The goal in words."""
        if self.at_least is not None:
            return f"≥ {self.shown(self.at_least)}"
        return f"≤ {self.shown(self.at_most)}" if self.at_most is not None else ""

    def shown(self, value: float | None) -> str:
        """A value as people read it."""
        if value is None:
            return "–"
        if self.unit == "share":
            return f"{100 * value:.1f} %".replace(".0 %", " %")
        return f"{value:.2f} s" if self.unit == "seconds" else f"{value:.2f}"

    def interval(self, low: float, high: float) -> str:
        """An interval as people read it; nothing when all questions came out alike."""
        if low == high:
            return ""
        joint = " to " if low < 0 else "–"
        return f"{self.shown(low)}{joint}{self.shown(high)}".replace(" %–", "–")

    def verdict(self, value: float | None) -> str:
        """Whether the value meets the goal."""
        if value is None or not self.goal:
            return ""
        low = self.at_least is not None and value < self.at_least
        high = self.at_most is not None and value > self.at_most
        return "missed" if low or high else "met"


HEADLINE = (
    Row("correct", "Correct", "of answerable questions, answered with a gold answer", at_least=0.9),
    Row("refusal_recall", "Refusal recall", "of unanswerable questions, refused", at_least=0.9),
    Row("over_refusal", "Over-refusal", "of answerable questions, refused", at_most=0.07),
    Row("citation_precision", "Citation precision", "of footnotes, those on gold evidence", at_least=0.95),
    Row("citation_recall", "Citation recall", "of correct answers, those with such a footnote"),
    Row("verbatim", "Verbatim", "of footnotes, those that quote to the letter", at_least=1.0),
    Row("hallucination", "Hallucination", "of all questions, answered wrongly"),
    Row("trust", "Trust score", "+1 right, 0 wrong refusal, −1 hallucination, on average", "score"),
    Row(
        "correct_or_in_quote", "Correct or in quote", "the gold answer stands in the answer or a cited quote"
    ),
    Row("refusal_precision", "Refusal precision", "of refusals, those of unanswerable questions"),
    Row("exact_match", "Exact match", "SQuAD 2.0"),
    Row("token_f1", "Token F1", "SQuAD 2.0"),
    Row("recall_at_5", "Recall at 5", "of gold evidence, found by the first five passages"),
    Row("mrr", "MRR", "how far up the first good passage stands", "score"),
    Row("ndcg_10", "nDCG at 10", "how well the passages are ordered", "score"),
    Row("retrieve.p50", "Retrieval, median", "seconds to the passages", "seconds", at_most=0.02),
    Row("first_token.p50", "First words, median", "seconds to the first words", "seconds", at_most=0.5),
    Row("total.p50", "Whole answer, median", "seconds to the whole answer", "seconds", at_most=2.0),
    Row(
        "total.p95",
        "Whole answer, slowest 5 %",
        "seconds that 95 of 100 answers keep within",
        "seconds",
        at_most=5.0,
    ),
)
_CATEGORY_ROWS = ("correct", "over_refusal", "refusal_recall", "citation_precision", "hallucination", "trust")


@dataclass(frozen=True, slots=True)
class Cell:
    """A figure in a table, with its interval, the number of questions, and whether the goal is met."""

    value: str
    interval: str = ""
    n: int | None = None
    verdict: str = ""


@dataclass(frozen=True, slots=True)
class Failure:
    """A case in which the product did not do what it should."""

    fault: str
    scored: Scored
    excerpts: tuple[Excerpt, ...]


def page(report: Mapping[str, Any], runs: Sequence[Run]) -> str:
    """The whole page."""
    main = PRODUCT if PRODUCT in report["systems"] else next(iter(report["systems"]))
    shown = report["systems"][main]
    failures = list(_failures(next(run for run in runs if (run.system, run.condition) == (main, PLAIN))))
    return template("report.html").render(
        report=report,
        configuration=report["configuration"],
        main=main,
        goals=_goals(report, main),
        shown=shown,
        headline=[(row, [_cell(row, figures_of) for figures_of in _all_figures(report)]) for row in HEADLINE],
        stress=list(_stress_rows(report)),
        category_head=[row for row in HEADLINE if row.figure in _CATEGORY_ROWS],
        categories=list(_category_rows(shown)),
        plots=list(_plots(shown, runs)),
        failures=failures,
        faults=_counts(failures),
    )


@cache
def template(name: str) -> "Template":
    """A page of ``templates/`` to fill in."""
    from jinja2 import Environment, FileSystemLoader, StrictUndefined

    folder = str(files("eval").joinpath("templates"))
    environment = Environment(
        loader=FileSystemLoader(folder),
        autoescape=True,
        undefined=StrictUndefined,
        trim_blocks=True,
        lstrip_blocks=True,
    )
    return environment.get_template(name)


def _all_figures(report: Mapping[str, Any]) -> Iterator[dict[str, Any]]:
    """For each system its figures by name, with the intervals where there are any."""
    for name, found in report["systems"].items():
        yield {**figures(report, name), **found["metrics"]}


def _cell(row: Row, found: Mapping[str, Any]) -> Cell:
    figure = found.get(row.figure)
    if figure is None:
        return Cell("–")
    if not isinstance(figure, Mapping):
        return Cell(row.shown(figure), verdict=row.verdict(figure))
    interval = row.interval(figure["low"], figure["high"])
    return Cell(row.shown(figure["value"]), interval, figure["n"], row.verdict(figure["value"]))


def _goals(report: Mapping[str, Any], system: str) -> tuple[list[str], list[str]]:
    """The figures of a system that meet their goals, and those that miss them."""
    found = figures(report, system)
    verdicts = [(row.label, row.verdict(found.get(row.figure))) for row in HEADLINE]
    met, missed = ([label for label, verdict in verdicts if verdict == which] for which in ("met", "missed"))
    return met, missed


def _category_rows(shown: Mapping[str, Any]) -> Iterator[tuple[str, int, list[Cell]]]:
    for name, found in shown["categories"].items():
        cells = [_cell(row, found["metrics"]) for row in HEADLINE if row.figure in _CATEGORY_ROWS]
        yield name, found["cases"], cells


def _stress_rows(report: Mapping[str, Any]) -> Iterator[tuple[str, str, int, list[Cell]]]:
    """A row for each system and condition, the plain one first, where there are others."""
    rows = [row for row in HEADLINE if row.figure in _CATEGORY_ROWS]
    changed = Row("follows_changed_text", "", "")
    for name, found in report["systems"].items():
        conditions = {"as they are": found, **found["stress"]} if found["stress"] else {}
        for condition, part in conditions.items():
            cells = [_cell(row, part["metrics"]) for row in rows]
            yield name, condition, part["cases"], [*cells, _cell(changed, part)]


def _plots(shown: Mapping[str, Any], runs: Sequence[Run]) -> Iterator[tuple[str, str, str]]:
    """Each plot's title, its description for who can't see it, and the picture."""
    text = "Bars: the part of answerable questions answered correctly (blue), of others refused (orange)."
    yield "By category", text, plots.category_bars(shown["categories"])
    seconds = {run.system: _seconds(run) for run in runs if run.condition == PLAIN}
    timed = {name: times for name, times in seconds.items() if times}
    if timed:
        text = (
            "Curves: the part of answers that is there after so many seconds; medians are in the first table."
        )
        yield "Waiting times", text, plots.waiting_times(timed)
    calibration = shown["calibration"]
    if calibration is not None and calibration["curve"]:
        text = "Curve: the part of wrong answers when only the surest are given."
        yield "Risk and coverage", text, plots.risk_coverage(calibration)
        text = "Points: how often answers of a confidence are right; on the line, as often as they should be."
        yield "Reliability", text, plots.reliability(calibration)


def _seconds(run: Run) -> list[float]:
    answers = (one.case.answer for one in run.cases)
    return [answer["timings"]["total"] for answer in answers if answer and "total" in answer["timings"]]


def _failures(run: Run) -> Iterator[Failure]:
    for one in run.cases:
        fault = _fault(one)
        if fault:
            yield Failure(fault, one, excerpts(one.case, run.articles))


def _fault(one: Scored) -> str:
    """What went wrong, if anything did."""
    case, right = one.case, {name: bool(score and score.hits) for name, score in one.scores.items()}
    if case.answer is None:
        return "failed with an error"
    if not case.gold.answerable:
        return "answered, though the article does not say" if case.answered else ""
    if not case.answered:
        return "refused, though the article says it"
    if not right["correct_or_in_quote"]:
        return "wrong answer"
    if not right["correct"]:
        return "right only in the quote"
    return "" if right["citation_recall"] else "right, but the footnote is elsewhere"


def _counts(failures: Sequence[Failure]) -> dict[str, int]:
    counts: dict[str, int] = {}
    for failure in failures:
        counts[failure.fault] = counts.get(failure.fault, 0) + 1
    return counts
