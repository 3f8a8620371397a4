"""Making suggested questions from the command line, after indexing."""

from collections.abc import Sequence
from pathlib import Path
from typing import TYPE_CHECKING

import typer

from index.article import Article
from index.errors import FootnoteError
from rag.suggesting import make_questions
from rag.suggestions import keep_questions, without_questions

if TYPE_CHECKING:
    from rich.progress import TaskID

    from rag.pipeline import Pipeline

MOST_ARTICLES = 6
"""For how many articles `footnote index` makes questions; `footnote serve` goes on when it is idle."""


def add_questions(store: Path, model: str | None, runtime: str, server: str | None) -> None:
    """Makes questions for the articles of a store that have none, with progress on stderr.

    Indexing has been done before, so whatever goes wrong is told in a line, and no more.

    Args:
        store: The store.
        model: See `rag.runtime.load_generator`.
        runtime: Likewise.
        server: Likewise.
    """
    from index.embedding import MiniLM
    from index.store import open_index
    from rag.pipeline import Pipeline
    from rag.runtime import as_runtime, load_generator

    embedder = MiniLM()
    try:
        index = open_index(store, embedder.fingerprint)
        missing = list(without_questions(index.articles.values()))
        if not missing:
            return
        pipeline = Pipeline(index, embedder, load_generator(model, as_runtime(runtime), server))
        _make(pipeline, missing[:MOST_ARTICLES])
    except FootnoteError as error:
        typer.echo(f"No questions are suggested yet: {error}", err=True)
    except Exception as error:
        typer.echo(f"No questions are suggested yet: {type(error).__name__}: {error}", err=True)


def _make(pipeline: "Pipeline", articles: Sequence[Article]) -> None:
    """Makes and keeps them, with a bar on stderr for each article."""
    from rich.console import Console
    from rich.progress import Progress

    with Progress(console=Console(stderr=True), transient=True) as display:
        for article in articles:
            task = display.add_task(f"questions about {article.name}", total=None)

            def show(done: int, total: int, task: "TaskID" = task) -> None:
                display.update(task, completed=done, total=total)

            keep_questions(article, make_questions(pipeline, article, show))
