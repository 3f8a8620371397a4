"""Cases on disk: one JSON object a line, written as each is answered, so a stopped run keeps them."""

import json
import os
from collections.abc import Iterable, Iterator, Mapping
from contextlib import contextmanager
from dataclasses import asdict, dataclass
from pathlib import Path
from typing import Any, NamedTuple

from eval.case import Case, Ratio
from eval.goldset import GoldQuestion, Turn
from index.errors import BadInputError, NotReadyError

NAME = "cases.jsonl"
_OWN = frozenset({"id", "system", "condition", "configuration", "gold", "error", "ranking", "metrics"})

Scores = Mapping[str, Ratio | None]
"""A case's part in each metric."""


class Origin(NamedTuple):
    """What made a file's cases; `configuration` is the hash of all that decides an answer."""

    system: str
    condition: str
    configuration: str


@dataclass(frozen=True, slots=True)
class StoredCase:
    """A case as it was read, and what made it."""

    case: Case
    origin: Origin


def to_line(case: Case, origin: Origin, scores: Scores) -> str:
    """The case as one line: the gold question, every field of the answer, and each metric's value."""
    row = {
        "id": case.gold.id,
        **origin._asdict(),
        "gold": gold_row(case.gold),
        **(case.answer if case.answer is not None else _no_answer(case.gold)),
        "error": case.error,
        "ranking": case.ranking,
        "metrics": {name: _value(score) for name, score in scores.items()},
    }
    return json.dumps(row, ensure_ascii=False)


def gold_row(gold: GoldQuestion) -> dict[str, Any]:
    """The question as a line of a gold file has it."""
    row = {key: value for key, value in asdict(gold).items() if value is not None}
    return {key: value for key, value in row.items() if value or key in {"answers", "evidence"}}


def read_cases(path: Path) -> tuple[StoredCase, ...]:
    """The cases of a file; a last line that was cut off is passed over.

    Raises:
        BadInputError: The file can't be read, or another line is damaged.
    """
    try:
        lines = path.read_bytes().split(b"\n")
    except OSError as error:
        raise BadInputError(f"{str(path)!r} can't be read ({error.strerror}); name a finished run.") from None
    return tuple(_parsed(path, lines))


def _parsed(path: Path, lines: list[bytes]) -> Iterator[StoredCase]:
    for number, line in enumerate(lines, start=1):
        try:
            if line.strip():
                yield _stored(json.loads(line.decode("utf-8")))
        except (ValueError, KeyError, TypeError) as error:
            if number == len(lines):
                return
            raise BadInputError(
                f"{str(path)!r}, line {number} is damaged ({type(error).__name__}: {error}); remove it."
            ) from None


def _stored(row: dict[str, Any]) -> StoredCase:
    gold = row["gold"]
    question = GoldQuestion(
        id=row["id"],
        article=gold.get("article"),
        question=gold["question"],
        answers=tuple(gold["answers"]),
        answers_all=tuple(gold.get("answers_all", ())),
        evidence=tuple(gold["evidence"]),
        category=gold["category"],
        history=tuple(Turn(turn["role"], turn["content"]) for turn in gold.get("history", ())),
    )
    error = row["error"]
    answer = {key: value for key, value in row.items() if key not in _OWN} if error is None else None
    ranking = tuple((article, start, end) for article, start, end in row["ranking"])
    origin = Origin(row["system"], row["condition"], row["configuration"])
    return StoredCase(Case(question, answer, error, ranking), origin)


def write_whole(path: Path, text: str) -> None:
    """Writes a file whole or not at all."""
    unfinished = path.with_name(f".{path.name}.new")
    try:
        path.parent.mkdir(parents=True, exist_ok=True)
        unfinished.write_bytes(_encoded(text))
        os.replace(unfinished, path)
    except OSError as error:
        raise _unwritable(path, error) from None


class CaseWriter:
    """Appends cases to a file; each is on its way to the disk before the next question is asked."""

    def __init__(self, path: Path, descriptor: int) -> None:
        self._path = path
        self._descriptor = descriptor

    def write(self, line: str) -> None:
        """Writes one line."""
        rest = memoryview(_encoded(f"{line}\n"))
        try:
            while rest:
                rest = rest[os.write(self._descriptor, rest) :]
        except OSError as error:
            raise _unwritable(self._path, error) from None


@contextmanager
def writing(path: Path, kept: Iterable[str]) -> Iterator[CaseWriter]:
    """A writer for the file, which starts out with the lines that are kept."""
    write_whole(path, "".join(f"{line}\n" for line in kept))
    descriptor = os.open(path, os.O_WRONLY | os.O_APPEND | os.O_CLOEXEC)
    try:
        yield CaseWriter(path, descriptor)
    finally:
        os.close(descriptor)


def _encoded(text: str) -> bytes:
    return text.encode("utf-8", "backslashreplace")


def _unwritable(path: Path, error: OSError) -> NotReadyError:
    return NotReadyError(
        f"{str(path)!r} can't be written ({error.strerror or error}); the cases so far are kept. "
        "Make room and go on with --resume, or name another folder with --out."
    )


def _no_answer(gold: GoldQuestion) -> dict[str, Any]:
    """The fields of an answer for a question on which the system failed."""
    return {
        "question": gold.question,
        "answer": "",
        "refused": False,
        "citations": [],
        "passages": [],
        "model": "",
        "timings": {},
    }


def _value(score: Ratio | None) -> float | None:
    return score.hits / score.of if score is not None and score.of else None
