import json
import logging
from collections.abc import Iterator

import pytest

from rag.conversation import Turn
from ui.logs import QuestionLog, configure_logs, log_request
from ui.settings import LogSettings
from ui.walk import Question, Record

ASKED = Question("Who is\n\x1b[31mit?", None, (Turn("user", "Hello"),), "/api/ask", "42")
RECORD = Record(ASKED, "answered", None, 0.25, 0.5, 1.0, 10, 1)


@pytest.fixture(autouse=True)
def _log_as_before() -> Iterator[None]:
    root = logging.getLogger()
    handlers, level = root.handlers[:], root.level
    yield
    root.handlers[:] = handlers
    root.setLevel(level)


def lines(capsys: pytest.CaptureFixture[str]) -> list[str]:
    out, err = capsys.readouterr()
    assert out == ""
    return err.splitlines()


def test_a_question_is_one_object_on_one_line_without_its_text(capsys: pytest.CaptureFixture[str]) -> None:
    configure_logs(LogSettings(as_json=True))
    QuestionLog(False).note(RECORD)
    (line,) = lines(capsys)
    told = json.loads(line)
    assert {name: told[name] for name in ("event", "id", "route", "outcome", "history", "citations")} == {
        "event": "question",
        "id": "42",
        "route": "/api/ask",
        "outcome": "answered",
        "history": 1,
        "citations": 1,
    }
    assert (told["question_length"], told["answer_length"]) == (len(ASKED.text), 10)
    assert (told["waited"], told["first_words"], told["total"]) == (0.25, 0.5, 1.0)
    assert "Who is" not in line


@pytest.mark.parametrize("as_json", [True, False])
def test_the_text_is_logged_only_when_wanted_and_stays_on_its_line(
    capsys: pytest.CaptureFixture[str], as_json: bool
) -> None:
    configure_logs(LogSettings(as_json=as_json, questions=True))
    QuestionLog(True).note(RECORD)
    (line,) = lines(capsys)
    assert "Who is" in line
    assert line.isprintable()


@pytest.mark.parametrize("as_json", [True, False])
def test_what_others_log_stays_on_its_line(capsys: pytest.CaptureFixture[str], as_json: bool) -> None:
    configure_logs(LogSettings(as_json=as_json))
    logging.getLogger("other").warning("one\ntwo \x1b[31m")
    (line,) = lines(capsys)
    assert "one two" in line
    assert line.isprintable()


def test_quiet_requests_are_told_only_when_debugging(capsys: pytest.CaptureFixture[str]) -> None:
    configure_logs(LogSettings())
    log_request(True, route="/livez")
    log_request(False, route="/api/articles")
    (line,) = lines(capsys)
    assert "/api/articles" in line
    configure_logs(LogSettings(level="debug"))
    log_request(True, route="/livez")
    assert "/livez" in "".join(lines(capsys))


def test_a_defect_keeps_its_traceback(capsys: pytest.CaptureFixture[str]) -> None:
    configure_logs(LogSettings(as_json=True))
    try:
        raise RuntimeError("the model broke")
    except RuntimeError:
        logging.getLogger("ui").exception("No answer.")
    (line,) = lines(capsys)
    assert "the model broke" in json.loads(line)["exception"]
