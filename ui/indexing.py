"""Building an index from the command line: which paths, and what is shown meanwhile."""

import json
import os
from collections.abc import Sequence
from pathlib import Path

from index.build import BuildReport, build_index
from index.embedding import LibraryMiniLM
from index.errors import BadInputError
from index.home import shipped_seeds
from index.store import COMMAND

_LONG_WORK = 512
"""Passages from which on a progress bar is worth the space."""


_PATHS = "paths.json"


def default_paths(store: Path) -> list[Path]:
    """What the store was last made from, if that was named; else ``seeds`` here, or what comes with Footnote.

    Raises:
        BadInputError: What was named then is gone.
    """
    named = _named_before(store)
    for path in named:
        if not path.exists():
            raise BadInputError(
                f"{str(path)!r}, which was indexed last, is gone; name what to index: `{COMMAND} PATH…`."
            )
    here = Path("seeds")
    return named or [here if here.is_dir() else shipped_seeds()]


def remember(paths: Sequence[Path], store: Path) -> None:
    """Notes what a store is made from, so that it can be brought up to date without being told again."""
    unfinished = store / f"{_PATHS}.new"
    unfinished.write_text(json.dumps([str(path.absolute()) for path in paths]), encoding="ascii")
    os.replace(unfinished, store / _PATHS)


def _named_before(store: Path) -> list[Path]:
    try:
        return [Path(path) for path in json.loads((store / _PATHS).read_text(encoding="ascii"))]
    except (OSError, ValueError):
        return []


def run_build(paths: Sequence[Path], store: Path) -> BuildReport:
    """Brings the store up to date, with progress on stderr when it takes long.

    The articles that were uploaded to this store stay in it.
    """
    from rich.console import Console
    from rich.progress import Progress, TaskID

    from ui.uploaded_files import uploaded_files

    with Progress(console=Console(stderr=True), transient=True) as display:
        tasks: dict[str, TaskID] = {}

        def on_progress(step: str, done: int, total: int) -> None:
            if total < _LONG_WORK:
                return
            if step not in tasks:
                tasks[step] = display.add_task(step, total=total)
            display.update(tasks[step], completed=done, total=total)

        return build_index([*paths, *uploaded_files(store)], store, LibraryMiniLM(), progress=on_progress)


def report_lines(report: BuildReport) -> list[str]:
    """What a build did, for people."""
    counted = f"{report.articles} article{'s' * (report.articles != 1)}, {report.passages} passages"
    if report.unchanged:
        return [f"Nothing changed: {counted}."]
    seconds = sum(report.seconds.values())
    hidden = f"  {report.hidden} hidden piece{'s' * (report.hidden != 1)} of text left out."
    return [
        f"Indexed {counted} in {seconds:.1f} s: {report.embedded} embedded, {report.reused} reused.",
        "  " + ", ".join(f"{step} {spent:.2f} s" for step, spent in report.seconds.items()),
        *([hidden] if report.hidden else []),
    ]
