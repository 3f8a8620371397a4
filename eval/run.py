"""A run: asks systems the gold questions, keeps every case as it comes, and reports the figures."""

import glob
import json
import time
from collections.abc import Callable, Iterator, Mapping
from dataclasses import dataclass, field
from pathlib import Path
from typing import Any

from eval import report_html
from eval.case import Case
from eval.case_file import NAME, Origin, read_cases, to_line, write_whole, writing
from eval.configuration import changed, configuration, hash_of
from eval.goldset import GoldQuestion, Half
from eval.report import Run, Scored, build_report, score
from eval.stress import PLAIN, Condition, Stress, altered, as_they_are, changed_answers, with_distractors
from eval.systems.choice import PRODUCT, Tools, kind_of
from eval.systems.system import System
from index.errors import BadInputError, NotReadyError

ARTICLES = "articles.json"
_CONFIGURATION = "configuration.json"
_REPORT = "report.json"
_PAGE = "report.html"

Progress = Callable[[str, int, int], None]
"""Told what is being asked, and how many questions of how many are done."""


@dataclass(frozen=True, slots=True)
class Options:
    """What is asked of whom; `model` is recorded with the figures (see `eval.configuration.model_record`)."""

    gold: Path
    seeds: Path
    out: Path
    systems: tuple[str, ...] = (PRODUCT,)
    part: Half | None = None
    category: str | None = None
    limit: int | None = None
    stress: tuple[Stress, ...] = ()
    resume: bool = False
    model: Mapping[str, object] = field(default_factory=dict)


@dataclass(frozen=True, slots=True)
class _Job:
    """One system under one condition: where its cases go, and those that are there."""

    system: System
    condition: Condition
    folder: Path
    origin: Origin
    kept: Mapping[str, Case]


def run(
    options: Options, tools: Tools, progress: Progress = lambda label, done, total: None
) -> dict[str, Any]:
    """Runs and writes ``cases.jsonl``, ``report.json`` and ``report.html``; returns the report.

    Raises:
        BadInputError: The gold file, an option or the folder for the output can't be used.
        NotReadyError: A model or an index is missing; cases that there are stay.
    """
    kinds = [kind_of(name) for name in options.systems]
    selected = (options.part, options.category, options.limit)
    plain = as_they_are(options.gold, options.seeds, tools.embedder, *selected)
    _prepare(options)
    for kind in kinds:
        if kind.needs is not None:
            tools.generator(kind.needs)
    conditions = [plain, *(_stressed(name, plain, options, tools) for name in options.stress)]
    found = configuration(options.gold, options.seeds, plain.index, tools.embedder, options.model)
    jobs = list(_jobs(options, tools, conditions, found))
    write_whole(options.out / _CONFIGURATION, json.dumps(found, ensure_ascii=False, indent=2))
    runs = [_ask_all(job, plain, progress) for job in jobs]
    selection = {"half": options.part, "category": options.category, "limit": options.limit}
    report = build_report(runs, found, selection)
    write_whole(options.out / _PAGE, report_html.page(report, runs))
    write_whole(options.out / _REPORT, json.dumps(report, ensure_ascii=False, indent=2))
    return report


def read_run(path: Path) -> tuple[list[Case], dict[str, str]]:
    """The cases of a finished or stopped run, and the articles they are about.

    Args:
        path: A folder with ``cases.jsonl``, or that file.

    Raises:
        BadInputError: There is no run.
    """
    file = path / NAME if path.is_dir() else path
    cases = [stored.case for stored in read_cases(file)]
    try:
        articles = json.loads((file.parent / ARTICLES).read_text(encoding="utf-8"))
    except (OSError, ValueError) as error:
        raise BadInputError(
            f"{str(file.parent / ARTICLES)!r} can't be read ({error}); name a run's folder."
        ) from None
    return cases, articles


def default_out(gold: Path, resume: bool) -> Path:
    """A folder of its own for a new run; to go on with one, the newest there is.

    Raises:
        BadInputError: There is none to go on with.
    """
    parent = Path("eval") / "out"
    if not resume:
        return parent / f"{gold.stem}-{time.strftime('%Y%m%d-%H%M%S')}"
    runs = sorted(path for path in parent.glob(f"{glob.escape(gold.stem)}-*") if path.is_dir())
    if not runs:
        raise BadInputError(
            f"There is no run of {gold.stem!r} in {str(parent)!r}; name its folder with --out."
        )
    return runs[-1]


def _stressed(name: Stress, plain: Condition, options: Options, tools: Tools) -> Condition:
    if name == "distractors":
        return with_distractors(plain, options.seeds, tools.embedder)
    return altered(plain, options.out / "altered", tools.embedder)


def _prepare(options: Options) -> None:
    """Makes the folder; one with a run that was stopped is not overwritten."""
    if not options.resume and _was_stopped(options.out):
        raise BadInputError(
            f"{str(options.out)!r} has the cases of a run that was stopped. Add --resume to go on with it, "
            "or name another folder with --out."
        )
    try:
        options.out.mkdir(parents=True, exist_ok=True)
        (options.out / _REPORT).unlink(missing_ok=True)
        (options.out / _PAGE).unlink(missing_ok=True)
        (options.out / ".writable").touch()
        (options.out / ".writable").unlink()
    except OSError as error:
        reason = error.strerror or error
        raise BadInputError(
            f"Can't write to the folder {str(options.out)!r} ({reason}); name another."
        ) from None


def _was_stopped(out: Path) -> bool:
    """Whether the folder has cases of a run that wrote no report."""
    if not (out / _CONFIGURATION).exists() or (out / _REPORT).exists():
        return False
    return any(path.stat().st_size for level in ("", "*/", "*/*/") for path in out.glob(f"{level}{NAME}"))


def _jobs(
    options: Options, tools: Tools, conditions: list[Condition], found: Mapping[str, Any]
) -> Iterator[_Job]:
    for name in options.systems:
        kind = kind_of(name)
        for condition in conditions:
            folder = options.out if name == PRODUCT else options.out / name
            folder = folder if condition.name == PLAIN else folder / condition.name
            digest = hash_of(found, name, condition.name, kind.needs is not None)
            origin = Origin(name, condition.name, digest)
            kept = _kept(folder / NAME, origin, condition, options.out, found) if options.resume else {}
            yield _Job(kind.make(condition.index, tools), condition, folder, origin, kept)


def _kept(
    file: Path, origin: Origin, condition: Condition, out: Path, found: Mapping[str, Any]
) -> dict[str, Case]:
    """The cases that need not be asked again: those of this configuration that did not fail."""
    if not file.exists():
        return {}
    stored = read_cases(file)
    if any(one.origin != origin for one in stored):
        try:
            parts = changed(json.loads((out / _CONFIGURATION).read_text(encoding="utf-8")), found)
        except (OSError, ValueError):
            parts = []
        what = f" (what differs: {', '.join(parts)})" if parts else ""
        raise BadInputError(
            f"The cases in {str(file)!r} were made with another configuration{what}. "
            "Name another folder with --out, and leave out --resume."
        )
    asked = {question.id for question in condition.questions}
    foreign = [one.case.gold.id for one in stored if one.case.gold.id not in asked]
    if foreign:
        raise BadInputError(
            f"{str(file)!r} has cases that this run would not ask, such as {foreign[0]!r}; "
            "resume with the selection (--half, --category, --limit) that it was started with."
        )
    return {one.case.gold.id: one.case for one in stored if one.case.error is None}


def _ask_all(job: _Job, plain: Condition, progress: Progress) -> Run:
    """Asks what is not there yet; each case is on disk before the next question."""
    name, condition, questions = job.origin.system, job.condition, job.condition.questions
    label = name if condition.name == PLAIN else f"{name}, {condition.name}"
    articles = condition.articles
    kept = {key: score(case, articles) for key, case in job.kept.items()}
    job.folder.mkdir(parents=True, exist_ok=True)
    write_whole(job.folder / ARTICLES, json.dumps(articles, ensure_ascii=False))
    started = time.perf_counter()
    cases = []
    with writing(job.folder / NAME, (_line(one, job) for one in kept.values())) as writer:
        for done, question in enumerate(questions):
            progress(label, done, len(questions))
            scored = kept.get(question.id)
            if scored is None:
                scored = score(_asked(job.system, question, condition), articles)
                writer.write(_line(scored, job))
            cases.append(scored)
    progress(label, len(questions), len(questions))
    seconds = time.perf_counter() - started
    ids = changed_answers(plain.questions, questions)
    return Run(name, condition.name, tuple(cases), articles, seconds, ids)


def _line(scored: Scored, job: _Job) -> str:
    return to_line(scored.case, job.origin, scored.scores)


def _asked(system: System, question: GoldQuestion, condition: Condition) -> Case:
    """The case of one question; a system that fails on it is a case too, unless it is not ready for any."""
    article = question.article if condition.names_article else None
    try:
        reply = system.ask(question.question, article, question.history)
    except NotReadyError:
        raise
    except Exception as error:
        return Case(question, None, f"{type(error).__name__}: {error}")
    return Case(question, reply.answer, None, reply.ranking)
