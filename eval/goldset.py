"""Reads gold questions, one JSON object a line, and checks each against its article; knows no pipeline."""

import hashlib
import json
from collections.abc import Iterable, Iterator, Mapping
from dataclasses import dataclass
from importlib.resources import files
from pathlib import Path
from typing import Literal, NoReturn

from pydantic import BaseModel, ConfigDict, ValidationError

from eval.matching import holds, normalise
from index.errors import BadInputError

Role = Literal["user", "assistant"]
Half = Literal["dev", "test"]

_SHOWN = 80  # characters of a refused value that a message quotes
_WAIVED = frozenset({"yes", "no"})  # answers that a text need not contain


@dataclass(frozen=True, slots=True)
class Turn:
    """One message of the conversation before a question."""

    role: Role
    content: str


@dataclass(frozen=True, slots=True)
class GoldQuestion:
    """A question with the answers that count and the words of the article they rest on."""

    id: str
    article: str | None
    question: str
    answers: tuple[str, ...]
    answers_all: tuple[str, ...]
    evidence: tuple[str, ...]
    category: str
    history: tuple[Turn, ...]

    @property
    def answerable(self) -> bool:
        """Whether the article says it."""
        return bool(self.answers or self.answers_all)


class _TurnRow(BaseModel):
    """A turn as it is written in the file."""

    model_config = ConfigDict(extra="forbid", strict=True)

    role: Role
    content: str


class _Row(BaseModel):
    """A line as it is written in the file."""

    model_config = ConfigDict(extra="forbid", strict=True)

    id: str
    article: str | None = None
    question: str
    answers: tuple[str, ...]
    answers_all: tuple[str, ...] = ()
    evidence: tuple[str, ...]
    category: str
    history: tuple[_TurnRow, ...] = ()


@dataclass(frozen=True, slots=True)
class _Line:
    """Where a row stands, so that a message can name it."""

    file: Path
    number: int
    text: str

    def refuse(self, key: str, value: object, problem: str) -> NoReturn:
        """Raise the error that names the file, the line, the key, the value and what to do."""
        raise BadInputError(f"{self.file}, line {self.number}: `{key}` is {_shown(value)}: {problem}")


def half(question_id: str) -> Half:
    """The half of the gold set that a question belongs to: for development, or kept back for the test."""
    digest = hashlib.sha256(question_id.encode("utf-8")).hexdigest()
    return "dev" if int(digest, 16) % 2 == 0 else "test"


def shipped_gold() -> Path:
    """The gold questions about the article that comes with Footnote."""
    return Path(str(files("eval").joinpath("gold", "ford-renault.jsonl")))


def load_gold(path: Path, articles: Mapping[str, str] | None = None) -> tuple[GoldQuestion, ...]:
    """The questions of a gold file; with the texts of the articles by name, evidence is looked up in them."""
    questions: list[GoldQuestion] = []
    seen: dict[str, int] = {}
    for line in _lines(path):
        question = _question(line)
        if question.id in seen:
            line.refuse("id", question.id, f"line {seen[question.id]} has it too; give each line its own id")
        seen[question.id] = line.number
        _check_values(line, question)
        _check_support(line, question)
        if articles is not None:
            _check_article(line, question, articles)
        questions.append(question)
    if not questions:
        raise BadInputError(f"{path}, line 1: the file is empty; write one JSON object a line")
    return tuple(questions)


def _lines(path: Path) -> Iterator[_Line]:
    """The lines of the file that are not blank."""
    try:
        data = path.read_bytes()
    except OSError as error:
        raise BadInputError(f"{path} can't be read ({error.strerror}); name an existing gold file") from None
    for number, raw in enumerate(data.removeprefix(b"\xef\xbb\xbf").split(b"\n"), start=1):
        try:
            text = raw.decode("utf-8").strip()
        except UnicodeDecodeError as error:
            byte = f"0x{raw[error.start]:02x}"
            raise BadInputError(
                f"{path}, line {number}: byte {byte} is not UTF-8; save the file in UTF-8"
            ) from None
        if text:
            yield _Line(path, number, text)


def _question(line: _Line) -> GoldQuestion:
    """The question on a line."""
    try:
        row = _Row.model_validate_json(line.text)
    except ValidationError as error:
        _refuse_shape(line, error)
    turns = tuple(Turn(turn.role, turn.content) for turn in row.history)
    return GoldQuestion(
        id=row.id,
        article=row.article,
        question=row.question,
        answers=row.answers,
        answers_all=row.answers_all,
        evidence=row.evidence,
        category=row.category,
        history=turns,
    )


def _refuse_shape(line: _Line, error: ValidationError) -> NoReturn:
    """Raise for the first thing that pydantic found wrong with a line."""
    first = error.errors(include_url=False)[0]
    key = ".".join(map(str, first["loc"])) or "line"
    match first["type"]:
        case "json_invalid":
            line.refuse("line", line.text, "not valid JSON; write one JSON object a line")
        case "extra_forbidden":
            line.refuse(key, first["input"], "an unknown key; remove it or mend its spelling")
        case "missing":
            line.refuse(key, None, "the key is missing; add it")
        case _:
            line.refuse(key, first["input"], f"{first['msg'][:1].lower()}{first['msg'][1:]}; mend the value")


def _check_values(line: _Line, question: GoldQuestion) -> None:
    """Refuse texts that are blank and turns that are out of order."""
    for key, value in _texts(question):
        if not value.strip():
            line.refuse(key, value, "empty; write a text or remove it")
    for number, turn in enumerate(question.history):
        if turn.role != ("user", "assistant")[number % 2]:
            line.refuse(f"history.{number}.role", turn.role, "out of turn; start with user and take turns")
    if len(question.history) % 2:
        role = question.history[-1].role
        line.refuse("history", role, "the last turn must be the assistant's; add its answer")


def _texts(question: GoldQuestion) -> Iterator[tuple[str, str]]:
    """Every text of a question that must say something, with its key."""
    yield from (("id", question.id), ("question", question.question), ("category", question.category))
    if question.article is not None:
        yield "article", question.article
    yield from (("evidence", piece) for piece in question.evidence)
    yield from ((f"history.{number}.content", turn.content) for number, turn in enumerate(question.history))
    yield from (("answers", form) for form in question.answers)
    yield from (("answers_all", form) for form in question.answers_all)


def _check_support(line: _Line, question: GoldQuestion) -> None:
    """Refuse answers without evidence, evidence without answers, and answers that are not in the evidence."""
    if question.answerable and not question.evidence:
        line.refuse("evidence", [], "there are answers; add the words of the article they rest on")
    if question.evidence and not question.answerable:
        line.refuse("answers", [], "there is evidence; add the answers or remove the evidence")
    missing = unsupported(question)
    if missing is not None:
        line.refuse(*missing, "not in the evidence; add evidence or mend the answers")


def unsupported(question: GoldQuestion) -> tuple[str, object] | None:
    """The field with an answer that is not in the evidence, and that answer; None when there is none.

    One of `answers` is enough, as some sets give only the sentence around one; `answers_all` must all be.
    """
    if question.answers and not any(stands_in(form, question.evidence) for form in question.answers):
        return "answers", question.answers
    absent = [form for form in question.answers_all if not stands_in(form, question.evidence)]
    return ("answers_all", absent[0]) if absent else None


def stands_in(form: str, evidence: Iterable[str]) -> bool:
    """Whether a piece of evidence has the answer, normalised or to the letter, or need not have it."""
    bare = normalise(form)
    if not bare or bare in _WAIVED:
        return bool(bare)
    return any(holds(form, piece) or form in piece for piece in evidence)


def _check_article(line: _Line, question: GoldQuestion, articles: Mapping[str, str]) -> None:
    """Refuse an article that is not there, and evidence that is not in it word for word."""
    if question.article is None:
        texts, where = list(articles.values()), "any article"
    elif question.article in articles:
        texts, where = [articles[question.article]], question.article
    else:
        line.refuse("article", question.article, "no such file in the folder; add it or mend the name")
    for piece in question.evidence:
        if not any(piece in text for text in texts):
            line.refuse("evidence", piece, f"not in {where} word for word; copy it from there")


def _shown(value: object) -> str:
    """A value on one line, cut short."""
    if value is None:
        return "absent"
    text = json.dumps(value, ensure_ascii=False, default=str)
    return text if len(text) <= _SHOWN else f"{text[:_SHOWN]}…"
