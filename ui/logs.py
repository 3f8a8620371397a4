"""The server's log, on stderr: a line for each request and each question, for people or for programs."""

import logging
import sys
from typing import Any

import structlog
from structlog.typing import EventDict

from ui.settings import LogSettings
from ui.walk import Record

_log = logging.getLogger("footnote")


def configure_logs(settings: LogSettings) -> None:
    """Sends the log of the whole process to stderr in the chosen form."""
    finish: list[Any] = [structlog.stdlib.ProcessorFormatter.remove_processors_meta]
    if settings.as_json:
        finish += [structlog.processors.format_exc_info, structlog.processors.JSONRenderer()]
    else:
        plain = structlog.dev.plain_traceback
        finish.append(
            structlog.dev.ConsoleRenderer(
                colors=sys.stderr.isatty(), repr_native_str=True, exception_formatter=plain
            )
        )
    handler = logging.StreamHandler()
    prepare: list[Any] = [
        structlog.stdlib.add_log_level,
        structlog.stdlib.add_logger_name,
        structlog.stdlib.ExtraAdder(),
        structlog.processors.TimeStamper(fmt="iso", utc=True),
        _on_one_line,
    ]
    handler.setFormatter(structlog.stdlib.ProcessorFormatter(processors=finish, foreign_pre_chain=prepare))
    root = logging.getLogger()
    root.handlers[:] = [handler]
    root.setLevel(settings.level.upper())
    for chatty in ("httpx", "mcp", "sse_starlette", "asyncio", "gradio"):
        logging.getLogger(chatty).setLevel(max(logging.WARNING, root.level))


class QuestionLog:
    """Writes a line for each question."""

    def __init__(self, questions: bool) -> None:
        """Remembers whether the questions' text is to be logged too."""
        self._questions = questions

    def note(self, record: Record) -> None:
        """Writes the line."""
        asked = record.question
        fields: dict[str, object] = {
            "id": asked.id,
            "route": asked.route,
            "outcome": record.outcome,
            "code": record.code,
            "question_length": len(asked.text),
            "history": len(asked.history),
            "answer_length": record.length,
            "citations": record.citations,
            "waited": _rounded(record.waited),
            "first_words": _rounded(record.first_words),
            "total": _rounded(record.total),
        }
        if self._questions:
            fields["question"] = asked.text
        _log.info("question", extra={name: value for name, value in fields.items() if value is not None})


def log_request(quiet: bool, **fields: object) -> None:
    """Writes the line of a request that asked no question; `quiet` ones are told only when debugging."""
    _log.log(logging.DEBUG if quiet else logging.INFO, "request", extra=fields)


def _rounded(seconds: float | None) -> float | None:
    return None if seconds is None else round(seconds, 4)


def _on_one_line(logger: object, method: str, event: EventDict) -> EventDict:
    """Keeps what other packages log from breaking out of its line."""
    event["event"] = "".join(c if c.isprintable() else " " for c in str(event["event"]))
    return event
