"""What each check and stage gives, as a table for a terminal."""

from collections.abc import Mapping
from typing import Any

from rich.box import SIMPLE
from rich.table import Table

_HEADS = {"hallucination": "halluci-\nnation", "citation_precision": "citation\npreci-\nsion"}
_CAPTION = "First the figure without it, below it what it adds (with it, less without)."


def table(report: Mapping[str, Any]) -> Table:
    """Each figure with everything, then without each name, and below it what the name adds."""
    whole: Mapping[str, float | None] = report["whole"]
    failed = f", {report['errors']} failed" if report["errors"] else ""
    made = Table(title=f"{report['questions']} questions{failed}", caption=_CAPTION, box=SIMPLE, padding=0)
    made.add_column("without", no_wrap=True)
    figures = (_HEADS.get(name, name.replace("_", " ")) for name in whole)
    for head in ("asked again", *figures, "trust\n95 %"):
        made.add_column(head, justify="right")
    made.add_row("–", "", *(_value(value) for value in whole.values()), "")
    for name, part in report["without"].items():
        cells = (f"{_value(part['figures'][figure])}\n{_signed(part['adds'][figure])}" for figure in whole)
        asked = part["asked_again"]
        made.add_row(name, str(asked), *((*cells, _interval(part["trust"])) if asked else ()))
    return made


def _value(value: float | None) -> str:
    return "–" if value is None else f"{value:.3f}"


def _signed(value: float | None) -> str:
    return "–" if value is None else f"{value:+.3f}"


def _interval(gap: Mapping[str, float] | None) -> str:
    return "–" if gap is None else f"{gap['low']:+.3f}\n{gap['high']:+.3f}"
