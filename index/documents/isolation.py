"""Reads documents in a process of their own, which has little time and memory and takes nobody along.

A small file can ask for petabytes or for hours, and a damaged one can crash a parser; only that process ends.
"""

import json
import signal
import subprocess
import sys
from importlib.metadata import version
from typing import Any

from index.article import Place
from index.documents.extract import Extract, UnreadableError

SUFFIXES = (".html", ".htm", ".pdf", ".docx")
SECONDS = 120
CPU_SECONDS = 8
MEMORY = 1 << 30

_LIBRARIES = ("lxml", "pypdfium2", "python-docx")
_OUT_OF_TIME = (-signal.SIGXCPU, -signal.SIGKILL)


def recipe() -> str:
    """What decides which text a document gives, besides this package's own version."""
    return " ".join(f"{name}-{version(name)}" for name in _LIBRARIES)


def extract(data: bytes, suffix: str) -> Extract:
    """The text of a document of one of the `SUFFIXES`.

    Raises:
        UnreadableError: when it gives none within the limits.
    """
    _check_kind(data, suffix)
    command = [sys.executable, "-P", "-m", "index.documents.child", suffix, str(CPU_SECONDS), str(MEMORY)]
    try:
        done = subprocess.run(command, input=data, capture_output=True, timeout=SECONDS, check=False)
    except subprocess.TimeoutExpired:
        raise UnreadableError(_too_slow(SECONDS)) from None
    if done.returncode in _OUT_OF_TIME:
        raise UnreadableError(_too_slow(CPU_SECONDS))
    if done.returncode:
        raise UnreadableError(_crash(done.returncode, done.stderr))
    reply: dict[str, Any] = json.loads(done.stdout)
    if "refusal" in reply:
        raise UnreadableError(reply["refusal"])
    return Extract(reply["text"], tuple(Place(*place) for place in reply["places"]), reply["hidden"])


def _check_kind(data: bytes, suffix: str) -> None:
    """Refuses a file that is not what its name says."""
    if suffix == ".pdf" and b"%PDF-" not in data[:1024]:
        raise UnreadableError("it is not a PDF document, whatever its name says")
    if suffix == ".docx" and data.startswith(b"\xd0\xcf\x11\xe0"):
        raise UnreadableError("it is an old Word document or has a password; save it as .docx without one")
    if suffix == ".docx" and not data.startswith(b"PK\x03\x04"):
        raise UnreadableError("it is not a Word document, whatever its name says")


def _too_slow(seconds: int) -> str:
    return f"reading it takes more than {seconds} seconds; split it, or save its text as .txt"


def _crash(status: int, said: bytes) -> str:
    last = said.decode(errors="replace").strip().rpartition("\n")[2][:200]
    why = signal.Signals(-status).name if status < 0 else last or f"exit code {status}"
    return f"its reader broke down ({why}), so it is damaged or too large; save its text as .txt"
