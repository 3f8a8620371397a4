"""The command line. Heavy imports stand inside the commands, so that `footnote --help` is instant."""

import json
import os
import sys
import time
from dataclasses import asdict
from pathlib import Path
from typing import Annotated

import typer

from index.errors import BadInputError, FootnoteError
from ui.evaluate import evaluation
from ui.sites.commands import commands as sites

app = typer.Typer(
    name="footnote",
    help="Answers questions about an article; each sentence has a footnote to the exact words it rests on.",
    no_args_is_help=True,
    pretty_exceptions_enable=False,
    add_completion=False,
)
models = typer.Typer(help="The language models: list, fetch, verify.", no_args_is_help=True)
app.add_typer(models, name="models")
app.add_typer(evaluation, name="eval")
app.add_typer(sites, name="sites")

Seeds = Annotated[
    Path | None, typer.Option(help="A folder of articles with an index of its own, built when needed.")
]
ArticleName = Annotated[str | None, typer.Option(help="Look at this article alone.")]
Model = Annotated[
    str | None,
    typer.Option(
        help="A catalogue name, GGUF file, local folder or hub repository.", envvar="FOOTNOTE_MODEL"
    ),
]
RuntimeName = Annotated[str, typer.Option(help="auto, int8 or transformers.", envvar="FOOTNOTE_RUNTIME")]
Server = Annotated[
    str | None,
    typer.Option(help="Base address of an OpenAI-compatible server.", envvar="FOOTNOTE_SERVER"),
]
Explain = Annotated[
    bool, typer.Option("--explain", help="Show how the answer came about; for people, so not with --json.")
]
AsJson = Annotated[bool, typer.Option("--json", help="Print one JSON object and nothing else.")]


@app.command()
def index(
    paths: Annotated[
        list[Path] | None,
        typer.Argument(help="Articles or folders of articles; when left out, those named last, or seeds/."),
    ] = None,
    as_json: AsJson = False,
    questions: Annotated[
        bool, typer.Option("--questions/--no-questions", help="Make questions to suggest about new articles.")
    ] = True,
    model: Model = None,
    runtime: RuntimeName = "auto",
    server: Server = None,
) -> None:
    """Reads articles, embeds what changed, and stores an index of them."""
    from index.home import default_store
    from ui.indexing import default_paths, remember, report_lines, run_build
    from ui.questions import add_questions

    store = default_store()
    report = run_build(paths or default_paths(store), store)
    if paths:
        remember(paths, store)
    if as_json:
        print_json(asdict(report))
    else:
        typer.echo("\n".join(report_lines(report)))
    if questions:
        add_questions(store, model, runtime, server)


@app.command()
def ask(
    question: Annotated[str, typer.Argument(help="What you want to know.")],
    as_json: AsJson = False,
    explain: Explain = False,
    seeds: Seeds = None,
    article: ArticleName = None,
    model: Model = None,
    runtime: RuntimeName = "auto",
    server: Server = None,
) -> None:
    """Answers one question, with footnotes."""
    from rag.judgement import shipped_decision
    from rag.question import clean_question
    from ui.explaining import print_walk
    from ui.printing import print_answer
    from ui.session import open_pipeline

    if as_json and explain:
        raise BadInputError("--explain is for people and --json for programs; choose one of them.")
    clean_question(question)
    pipeline, startup = open_pipeline(seeds, model, runtime, server)
    answer = pipeline.ask(question, article)
    answer.timings["startup"] = startup
    if as_json:
        print_json(answer.to_json())
    elif explain:
        print_walk(answer, shipped_decision())
    else:
        print_answer(answer)


@app.command()
def serve(
    host: Annotated[
        str | None,
        typer.Option(help="Address to listen on.", envvar="FOOTNOTE_HOST", show_default="127.0.0.1"),
    ] = None,
    port: Annotated[
        int | None,
        typer.Option(
            help="Port to listen on.", min=1, max=65535, envvar="FOOTNOTE_PORT", show_default="7860"
        ),
    ] = None,
    seeds: Seeds = None,
    model: Model = None,
    runtime: Annotated[
        str | None,
        typer.Option(help="auto, int8 or transformers.", envvar="FOOTNOTE_RUNTIME", show_default="auto"),
    ] = None,
    server: Server = None,
    allow_upload: Annotated[
        bool | None,
        typer.Option("--allow-upload", help="Let people upload articles.", envvar="FOOTNOTE_ALLOW_UPLOAD"),
    ] = None,
    sites: Annotated[
        str | None, typer.Option(help="The file of sites that may embed this.", envvar="FOOTNOTE_SITES")
    ] = None,
    config: Annotated[
        Path | None, typer.Option(help="Settings to read.", show_default="footnote.toml, if it is here")
    ] = None,
) -> None:
    """Opens the chat page and the API."""
    from ui.server import check_port, run
    from ui.session import open_pipeline, store_of
    from ui.settings import load_settings

    options: dict[str, object] = {"host": host, "port": port, "model": model, "runtime": runtime}
    options |= {"server": server, "allow-upload": allow_upload, "sites": sites}
    settings = load_settings(options, config)
    check_port(settings.server.host, settings.server.port)
    chosen = settings.model
    started = time.perf_counter()
    pipeline, _ = open_pipeline(seeds, chosen.name, chosen.runtime, chosen.server)

    def tell() -> None:
        seconds = time.perf_counter() - started
        typer.echo(f"Ready in {seconds:.1f} s: {settings.server.address}", err=True)

    run(pipeline, settings, store_of(seeds), tell)


@app.command()
def doctor(as_json: AsJson = False) -> None:
    """Says whether everything is in place, and how to mend what is not."""
    from ui.doctor import examine

    findings = examine()
    if as_json:
        print_json([finding.to_json() for finding in findings])
    else:
        for finding in findings:
            typer.echo(str(finding))
    if any(not finding.good for finding in findings):
        raise typer.Exit(3)


@models.command("list")
def list_models(as_json: AsJson = False) -> None:
    """Shows the catalogue and what is on this machine."""
    from ui.models import model_rows, print_rows

    rows = model_rows()
    if as_json:
        print_json(rows)
    else:
        print_rows(rows)


@models.command("fetch")
def fetch_model(
    name: Annotated[
        str | None, typer.Argument(help="A catalogue name; the default model when left out.")
    ] = None,
    runtime: RuntimeName = "auto",
    force: Annotated[bool, typer.Option(help="Convert again, and fetch again what is altered.")] = False,
) -> None:
    """Brings a model to this machine and converts it once."""
    from rag.runtime import as_runtime
    from ui.models import fetch

    typer.echo(fetch(name, as_runtime(runtime), force))


@models.command("verify")
def verify_models(
    name: Annotated[
        str | None, typer.Argument(help="A catalogue name; all present ones when left out.")
    ] = None,
) -> None:
    """Checks every file of the models on this machine against its hash."""
    from ui.models import verify

    for line in verify(name):
        typer.echo(line)


def print_json(value: object) -> None:
    """Prints one JSON value on stdout."""
    typer.echo(json.dumps(value, ensure_ascii=False, indent=2))


def main() -> None:
    """Runs the command; errors become one line on stderr and an exit code, never a traceback."""
    os.environ["GRADIO_ANALYTICS_ENABLED"] = "False"
    try:
        app(standalone_mode=True)
    except FootnoteError as error:
        _fail(str(error), error.exit_code)
    except KeyboardInterrupt:
        _fail("Stopped.", 130)
    except BrokenPipeError:
        sys.stderr.close()
        sys.exit(0)
    except Exception as error:
        if os.environ.get("FOOTNOTE_DEBUG"):
            raise
        _fail(
            f"A defect in Footnote: {type(error).__name__}: {error}. Set FOOTNOTE_DEBUG=1 to see where, "
            "and report it.",
            1,
        )


def _fail(message: str, code: int) -> None:
    text = message.encode("utf-8", "backslashreplace").decode("utf-8")
    typer.echo(f"Error: {text}", err=True)
    sys.exit(code)
