"""Building an index from the command line: which paths, and what is shown meanwhile."""

from collections.abc import Sequence
from pathlib import Path

from index.build import BuildReport, build_index
from index.embedding import LibraryMiniLM
from index.home import shipped_seeds

_LONG_WORK = 512
"""Passages from which on a progress bar is worth the space."""


def default_paths() -> list[Path]:
    """The folder ``seeds`` where the command runs, or else the one that comes with Footnote."""
    here = Path("seeds")
    return [here if here.is_dir() else shipped_seeds()]


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
