"""Turns what people said of answers into candidates for gold questions, which a person then goes through.

A candidate is a line of a gold file. One that a person must complete has a category that says what to do, so
it can't be taken for a finished one.
"""

import hashlib
import json
import re
from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from pathlib import Path
from typing import Any, Literal

from pydantic import BaseModel, ValidationError

from eval.goldset import stands_in
from index.errors import BadInputError

ANSWERED = "feedback: check the answer"
SHORTEN = "feedback: shorten the answer"
REFUSED = "feedback: check that the article does not say"
COMPLETE = "feedback: write answers and evidence, or check that the article does not say"

_MARKER = re.compile(r"\s*\[\d+\]")


class _Citation(BaseModel):
    article: str
    start: int
    end: int
    quote: str


class _Feedback(BaseModel):
    """A line of the feedback, as far as it matters here."""

    rating: Literal["up", "down"]
    question: str
    answer: str
    refused: bool
    article: str | None = None
    citations: tuple[_Citation, ...] = ()


@dataclass(frozen=True, slots=True)
class Candidates:
    """Lines of a gold file; `passed_over` counts what was said of articles that are not there any more."""

    rows: tuple[dict[str, Any], ...]
    passed_over: int


def candidates(feedback: Path, articles: Mapping[str, str]) -> Candidates:
    """The candidates in a feedback file; of the same question about the same article the latest counts.

    Args:
        feedback: The file that `footnote serve` writes.
        articles: The articles' texts by name.

    Raises:
        BadInputError: The file can't be read.
    """
    latest: dict[tuple[str | None, str], _Feedback] = {}
    for said in _lines(feedback):
        key = _article(said), " ".join(said.question.split())
        latest.pop(key, None)
        latest[key] = said
    rows = [_row(question, article, said, articles) for (article, question), said in latest.items()]
    found = tuple(row for row in rows if row is not None)
    return Candidates(found, len(rows) - len(found))


def write_candidates(found: Candidates, out: Path) -> None:
    """Writes them as a gold file; what is there already is never written over.

    Raises:
        BadInputError: There is such a file, or it can't be written.
    """
    lines = "".join(f"{json.dumps(row, ensure_ascii=False)}\n" for row in found.rows)
    try:
        with open(out, "x", encoding="utf-8", newline="\n") as file:
            file.write(lines)
    except FileExistsError:
        raise BadInputError(f"There is a file {str(out)!r} already; name another one with --out.") from None
    except OSError as error:
        raise BadInputError(f"{str(out)!r} can't be written ({error.strerror}); name another file.") from None


def _lines(feedback: Path) -> Iterable[_Feedback]:
    try:
        lines = feedback.read_bytes().splitlines()
    except OSError as error:
        raise BadInputError(
            f"{str(feedback)!r} can't be read ({error.strerror}); name a feedback file with --feedback."
        ) from None
    for number, line in enumerate(lines, start=1):
        try:
            said = _Feedback.model_validate_json(line)
        except ValidationError as error:
            first = error.errors(include_url=False)[0]
            place = ".".join(map(str, first["loc"])) or "line"
            raise BadInputError(
                f"{str(feedback)!r}, line {number}: `{place}` can't be used: {first['msg']}; mend it."
            ) from None
        if said.question.strip():
            yield said


def _article(said: _Feedback) -> str | None:
    """The only article that it is about, if that is known."""
    cited = {citation.article for citation in said.citations}
    return said.article or (cited.pop() if len(cited) == 1 else None)


def _row(
    question: str, article: str | None, said: _Feedback, articles: Mapping[str, str]
) -> dict[str, Any] | None:
    """The line of a gold file; None when its article has gone or says something else now."""
    still = all(
        articles.get(one.article, "")[one.start : one.end] == one.quote and one.quote.strip()
        for one in said.citations
    )
    if not still or (article is not None and article not in articles):
        return None
    row: dict[str, Any] = {"id": _identity(article, question)}
    if article is not None:
        row["article"] = article
    good = said.rating == "up"
    evidence = [one.quote for one in said.citations] if good and not said.refused else []
    answer, category = _answer(said, evidence) if good else ("", COMPLETE)
    answers = [answer] if answer else []
    return {**row, "question": question, "answers": answers, "evidence": evidence, "category": category}


def _answer(said: _Feedback, evidence: list[str]) -> tuple[str, str]:
    """The answer that people liked, as the gold format wants it: in the words of its evidence."""
    if said.refused:
        return "", REFUSED
    if not evidence:
        return "", COMPLETE
    answer = _MARKER.sub("", said.answer).strip()
    return (answer, ANSWERED) if answer and stands_in(answer, evidence) else (evidence[0], SHORTEN)


def _identity(article: str | None, question: str) -> str:
    digest = hashlib.sha256(f"{article or ''}\n{question}".encode()).hexdigest()
    return f"feedback-{digest[:12]}"
