"""The `footnote eval candidates` command."""

from pathlib import Path
from typing import Annotated

import typer


def candidates(
    out: Annotated[Path, typer.Option("--out", help="The gold file to write; it must not be there yet.")],
    feedback: Annotated[
        Path | None,
        typer.Option(
            "--feedback", help="What people said.", show_default="feedback.jsonl among Footnote's data"
        ),
    ] = None,
    seeds: Annotated[
        Path | None,
        typer.Option("--seeds", help="The folder whose index was served; the default one when left out."),
    ] = None,
) -> None:
    """Turns what people said of answers into gold questions for a person to go through."""
    from eval.candidates import candidates as found_in
    from eval.candidates import write_candidates
    from index.store import open_index
    from ui.feedback import feedback_file
    from ui.indexing import run_build
    from ui.session import store_of

    if seeds is not None:
        run_build([seeds], store_of(seeds))
    articles = open_index(store_of(seeds)).articles.values()
    found = found_in(feedback or feedback_file(), {article.name: article.text for article in articles})
    write_candidates(found, out)
    count = len(found.rows)
    typer.echo(f"Wrote {count} candidate{'s' * (count != 1)} to {out}; its categories say what to check.")
    if found.passed_over:
        typer.echo(f"Passed over {found.passed_over}: their articles have gone or changed.", err=True)
