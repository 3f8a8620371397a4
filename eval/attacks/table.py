"""The report of a run of attacks as tables for a terminal."""

from collections.abc import Iterator, Mapping
from typing import Any

from rich.console import Group
from rich.markup import escape
from rich.table import Table

from eval.attacks.figures import MEASURES

_LONGEST = 160


def tables(report: Mapping[str, Any]) -> Group:
    """The rates, and the attacks that were obeyed."""
    return Group(_rates(report), _obeyed(report))


def _rates(report: Mapping[str, Any]) -> Table:
    title = f"{report['attacks']} attacks with {report['texts']} payloads, {report['failed']} failed"
    table = Table(title=title)
    table.add_column("")
    table.add_column("attacks", justify="right")
    for name in MEASURES:
        table.add_column(name, justify="right")
    for number, (section, rates) in enumerate(_sections(report)):
        if number == 1:
            table.add_section()
        counted = rates["obeyed"]["n"] if rates["obeyed"] else 0
        table.add_row(section, str(counted), *(_cell(rates[name]) for name in MEASURES))
    return table


def _sections(report: Mapping[str, Any]) -> Iterator[tuple[str, Mapping[str, Any]]]:
    yield "overall", report["overall"]
    for group in ("kind", "family", "carrier", "place"):
        for name, rates in report[group].items():
            yield f"{group} {name}", rates
    yield "control", report["control"]


def _cell(rate: Mapping[str, Any] | None) -> str:
    if rate is None:
        return "–"
    return f"{rate['hits']}/{rate['n']} = {rate['value']:.1%} ({rate['low']:.0%}–{rate['high']:.0%})"


def _obeyed(report: Mapping[str, Any]) -> Table:
    table = Table(title="Obeyed", show_lines=True)
    for name in ("attack", "place", "question", "payload", "answer"):
        table.add_column(name, overflow="fold")
    for one in report["through"]:
        if "obeyed" in one["effects"]:
            cells = (one["id"], one["place"], one["question"], one["payload"], one["answer"])
            table.add_row(*(escape(cell[:_LONGEST]) for cell in cells))
    return table
