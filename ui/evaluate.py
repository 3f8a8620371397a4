"""The `footnote eval` commands. Heavy imports stand inside the functions."""

import json
import shlex
from collections.abc import Iterator, Mapping, Sequence
from contextlib import contextmanager
from pathlib import Path
from typing import TYPE_CHECKING, Annotated, Any

import typer

from index.errors import BadInputError
from ui.candidates import candidates

if TYPE_CHECKING:
    from eval.command_line import ModelChoice
    from eval.gate import Bound
    from eval.run import Options, Progress
    from eval.systems.choice import Tools

evaluation = typer.Typer(help="Asks gold questions and scores the answers.", invoke_without_command=True)
evaluation.command()(candidates)


_Gold = Annotated[Path | None, typer.Option("--gold", help="Gold questions, one JSON object a line.")]
_Seeds = Annotated[Path | None, typer.Option("--seeds", help="The folder of the articles they are about.")]
_Out = Annotated[Path | None, typer.Option("--out", help="Where cases and reports go.")]
_Systems = Annotated[str, typer.Option("--systems", help="Who is asked, separated by commas.")]
_HalfName = Annotated[
    str | None, typer.Option("--half", help="Only this half of the questions: dev or test.")
]
_Limit = Annotated[int | None, typer.Option("--limit", min=1, help="A fixed sample of so many questions.")]
_Category = Annotated[str | None, typer.Option("--category", help="Only the questions of this category.")]
_Resume = Annotated[bool, typer.Option("--resume", help="Go on with a run that was stopped.")]
_Stress = Annotated[str, typer.Option("--stress", help="Ask again under these: distractors, altered.")]
_Floors = Annotated[
    Path | None, typer.Option("--check", help="Fail when a figure is out of its bounds here.")
]
_Model = Annotated[str | None, typer.Option("--model", help="As for ask.", envvar="FOOTNOTE_MODEL")]
_Runtime = Annotated[str, typer.Option("--runtime", help="As for ask.", envvar="FOOTNOTE_RUNTIME")]
_Server = Annotated[str | None, typer.Option("--server", help="As for ask.", envvar="FOOTNOTE_SERVER")]
_AsJson = Annotated[bool, typer.Option("--json", help="Print the report as JSON and nothing else.")]


@evaluation.callback()
def evaluate(
    context: typer.Context,
    gold: _Gold = None,
    seeds: _Seeds = None,
    out: _Out = None,
    systems: _Systems = "product",
    half: _HalfName = None,
    limit: _Limit = None,
    category: _Category = None,
    resume: _Resume = False,
    stress: _Stress = "",
    check: _Floors = None,
    model: _Model = None,
    runtime: _Runtime = "auto",
    server: _Server = None,
    as_json: _AsJson = False,
) -> None:
    """Asks gold questions and scores the answers; writes cases.jsonl, report.json and report.html."""
    if context.invoked_subcommand is not None:
        return
    from eval.command_line import ModelChoice, tools_of

    asked = _asked(systems, half, category, limit, stress)
    bounds = _bounds(check, limit, asked["systems"])
    choice = ModelChoice(model, runtime, server)
    options = _options(gold, seeds, out, resume, asked, choice)
    report = _run(options, tools_of(choice), check)
    if as_json:
        typer.echo(json.dumps(report, ensure_ascii=False, indent=2))
    else:
        from eval.report import summary_lines

        typer.echo("\n".join([*summary_lines(report), str(options.out / "report.html")]))
    _check(report, bounds)


@evaluation.command()
def compare(
    a: Annotated[Path, typer.Argument(help="The folder of a run, or its cases.jsonl.")],
    b: Annotated[Path, typer.Argument(help="Another one over the same gold questions.")],
) -> None:
    """Says in which figures run B differs from run A, how sure that is, and on which questions."""
    from eval.compare import compare as compare_cases
    from eval.compare import to_text
    from eval.run import read_run

    cases_a, articles_a = read_run(a)
    cases_b, articles_b = read_run(b)
    differing = [
        name for name in articles_a.keys() & articles_b.keys() if articles_a[name] != articles_b[name]
    ]
    if differing:
        raise BadInputError(
            f"The runs read different texts of {sorted(differing)[0]!r}; compare runs over the same."
        )
    typer.echo(to_text(compare_cases(cases_a, cases_b, articles_a | articles_b)))


def _asked(
    systems: str, half: str | None, category: str | None, limit: int | None, stress: str
) -> dict[str, Any]:
    """What is asked of whom, as `Options` has it."""
    from eval.selection import half_of
    from eval.stress import stresses_of
    from eval.systems.choice import systems_of

    return {
        "systems": systems_of(systems),
        "part": half_of(half),
        "category": category,
        "limit": limit,
        "stress": stresses_of(stress),
    }


def _options(
    gold: Path | None,
    seeds: Path | None,
    out: Path | None,
    resume: bool,
    asked: Mapping[str, Any],
    choice: "ModelChoice",
) -> "Options":
    """The options of a run, with the shipped questions and articles where none are named."""
    from eval.goldset import shipped_gold
    from eval.run import Options, default_out
    from eval.systems.choice import asks_a_model
    from index.home import shipped_seeds

    gold = gold or shipped_gold()
    out = out or default_out(gold, resume)
    record = choice.record() if asks_a_model(asked["systems"]) else {}
    return Options(gold, seeds or shipped_seeds(), out, resume=resume, model=record, **asked)


def _run(options: "Options", tools: "Tools", check: Path | None) -> dict[str, Any]:
    """The run, with its progress on stderr; a run that is stopped says how to go on."""
    from eval.run import run

    try:
        with _progress() as progress:
            return run(options, tools, progress)
    except KeyboardInterrupt:
        typer.echo(
            f"Stopped; the cases so far are kept. Go on with:\n  {_resume_command(options, check)}", err=True
        )
        raise typer.Exit(130) from None


def _resume_command(options: "Options", check: Path | None) -> str:
    """The command that goes on with this run."""
    given = {
        "--gold": options.gold,
        "--seeds": options.seeds,
        "--out": options.out,
        "--systems": ",".join(options.systems),
        "--half": options.part,
        "--limit": options.limit,
        "--category": options.category,
        "--stress": ",".join(options.stress),
        "--check": check,
        "--model": options.model.get("name"),
        "--runtime": options.model.get("runtime"),
        "--server": options.model.get("server"),
    }
    words = [word for option, value in given.items() if value for word in (option, str(value))]
    return shlex.join(["footnote", "eval", *words, "--resume"])


@contextmanager
def _progress() -> "Iterator[Progress]":
    """A bar on stderr for each system and condition, with the time that is left."""
    from rich.console import Console
    from rich.progress import (
        BarColumn,
        MofNCompleteColumn,
        Progress,
        TextColumn,
        TimeElapsedColumn,
        TimeRemainingColumn,
    )

    columns = (
        TextColumn("{task.description}"),
        BarColumn(),
        MofNCompleteColumn(),
        TimeElapsedColumn(),
        TextColumn("left"),
        TimeRemainingColumn(),
    )
    with Progress(*columns, console=Console(stderr=True)) as display:
        tasks: dict[str, Any] = {}

        def progress(label: str, done: int, total: int) -> None:
            if label not in tasks:
                tasks[label] = display.add_task(label, total=total)
            display.update(tasks[label], completed=done)

        yield progress


def _bounds(check: Path | None, limit: int | None, names: Sequence[str]) -> "Mapping[str, Bound]":
    """The bounds that apply: those for a sample when there is a limit."""
    if check is None:
        return {}
    from eval.gate import load_floors
    from eval.systems.choice import PRODUCT

    if PRODUCT not in names:
        raise BadInputError(f"--check looks at the figures of {PRODUCT!r}; add it to --systems.")
    floors = load_floors(check)
    return floors.full if limit is None else floors.quick


def _check(report: Mapping[str, Any], bounds: "Mapping[str, Bound]") -> None:
    """Lists each bound on stderr; exit code 1 when a figure is out of its own."""
    from eval.gate import judge

    verdicts = judge(report, bounds) if bounds else []
    for verdict in verdicts:
        typer.echo(str(verdict), err=True)
    if not all(verdict.passed for verdict in verdicts):
        raise typer.Exit(1)
