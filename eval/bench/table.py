"""The figures of a run as a table for a terminal."""

from collections.abc import Mapping
from typing import Any

from rich.box import SIMPLE
from rich.console import Group
from rich.markup import escape
from rich.table import Table

from eval.bench.shown import asides, headline, rows

_MARKS = {"met": "[green]✓[/]", "missed": "[red]✗[/]", "": ""}


def table(report: Mapping[str, Any]) -> Group:
    """Each figure with its goal beside it, and below what was not measured."""
    made = Table(title=headline(report), box=SIMPLE, padding=(0, 1, 0, 0))
    made.add_column("figure")
    for head in ("median", "middle half", "goal"):
        made.add_column(head, justify="right")
    made.add_column("")
    made.add_column("best possible here", justify="right")
    for row in rows(report):
        cells = (row.says, row.value, row.spread, row.goal)
        made.add_row(*map(escape, cells), _MARKS[row.verdict], escape(row.limit))
    return Group(made, *(escape(line) for line in asides(report)))
