"""What people say of the answers, kept in one file: a JSON object a line, for `footnote eval candidates`."""

import fcntl
import json
import os
from collections.abc import Mapping
from datetime import UTC, datetime
from pathlib import Path

from index.errors import NotReadyError
from index.home import data_home, make_folder
from ui.problems import SOON, ProblemError

MOST_BYTES = 50_000_000
"""Of the whole file; beyond it nothing is taken, for what is there was said by people."""


def feedback_file() -> Path:
    """Where feedback is kept."""
    return data_home() / "feedback.jsonl"


class Feedback:
    """Appends to the file; a line is there as a whole or not at all."""

    def __init__(self, keep: bool, most_bytes: int = MOST_BYTES) -> None:
        """Remembers whether anything is kept at all, and how much at most."""
        self._keep = keep
        self._most_bytes = most_bytes

    def add(self, said: Mapping[str, object]) -> None:
        """Appends what was said, with the time.

        Raises:
            ProblemError: Nothing is kept here, the file is full, or it can't be written.
        """
        if not self._keep:
            raise ProblemError(403, "feedback_off", "Feedback is not kept here.")
        row = {"time": datetime.now(UTC).isoformat(timespec="seconds"), **said}
        line = json.dumps(row).encode("ascii") + b"\n"
        try:
            make_folder(data_home())
            self._append(line)
        except (OSError, NotReadyError):
            message = "The server can't keep feedback just now: its disk refuses."
            raise ProblemError(503, "not_writable", message, SOON) from None

    def _append(self, line: bytes) -> None:
        flags = os.O_WRONLY | os.O_APPEND | os.O_CREAT | os.O_NOFOLLOW | os.O_CLOEXEC
        descriptor = os.open(feedback_file(), flags, 0o600)
        try:
            fcntl.flock(descriptor, fcntl.LOCK_EX)  # ends when the descriptor is closed
            size = os.fstat(descriptor).st_size
            if size + len(line) > self._most_bytes:
                message = "The server keeps no more feedback: the file is full."
                raise ProblemError(507, "feedback_full", message)
            if os.write(descriptor, line) != len(line):
                os.ftruncate(descriptor, size)
                raise OSError("the line was written in part")
        finally:
            os.close(descriptor)
