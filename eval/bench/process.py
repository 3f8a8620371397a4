"""Programs that are started to be measured, and are gone when that is done."""

import os
import re
import socket
import subprocess
import time
from collections.abc import Iterator, Mapping, Sequence
from contextlib import contextmanager, suppress
from pathlib import Path

from index.errors import NotReadyError

_PATIENCE = 600
"""Seconds after which a program is given up."""

_POLL = 0.01
_GIGA = 1e9


@contextmanager
def started(
    command: Sequence[str], environment: Mapping[str, str] | None = None
) -> Iterator[subprocess.Popen[str]]:
    """The program while it runs; it is stopped at the end.

    Raises:
        NotReadyError: There is no such program.
    """
    pipes = {"stdout": subprocess.PIPE, "stderr": subprocess.PIPE}
    surroundings = {**os.environ, **(environment or {})}
    try:
        process = subprocess.Popen(command, **pipes, env=surroundings, text=True, encoding="utf-8")  # type: ignore[call-overload]
    except OSError as error:
        raise NotReadyError(f"{command[0]!r} can't be run ({error.strerror}); run `make setup`.") from None
    try:
        yield process
    finally:
        process.kill()
        process.communicate()


def output_of(command: Sequence[str], environment: Mapping[str, str] | None = None) -> str:
    """What a program prints until it ends.

    Raises:
        NotReadyError: It fails, or takes too long.
    """
    with started(command, environment) as process:
        try:
            printed, said = process.communicate(timeout=_PATIENCE)
        except subprocess.TimeoutExpired:
            raise NotReadyError(f"{_shown(command)} took more than {_PATIENCE} s.") from None
        if process.returncode:
            raise _failed(command, process.returncode, said)
        return printed


def peak_of(command: Sequence[str], environment: Mapping[str, str] | None = None) -> float:
    """The most memory that a program held until it ended, in GB, however long it took.

    It is asked for again and again: what the system tells at the end counts in the program that started it.

    Raises:
        NotReadyError: It fails, or this system does not tell.
    """
    surroundings = {**os.environ, **(environment or {})}
    peak = 0.0
    with subprocess.Popen(command, stdout=subprocess.DEVNULL, env=surroundings) as process:
        while process.poll() is None:
            with suppress(_EndedError):
                peak = _memory(process.pid, "VmHWM")
            time.sleep(_POLL)
    if process.returncode:
        raise _failed(command, process.returncode, "")
    return peak


def free_port() -> int:
    """A port of this machine that nobody listens on."""
    with socket.socket() as free:
        free.bind(("127.0.0.1", 0))
        port: int = free.getsockname()[1]
        return port


def wait_for_port(process: subprocess.Popen[str], port: int) -> None:
    """Waits until the program takes connections.

    Raises:
        NotReadyError: It ends before, or takes too long.
    """
    deadline = time.monotonic() + _PATIENCE
    while time.monotonic() < deadline:
        if process.poll() is not None:
            raise _failed(process.args, process.returncode, process.communicate()[1])
        with socket.socket() as trial:
            if trial.connect_ex(("127.0.0.1", port)) == 0:
                return
        time.sleep(_POLL)
    raise NotReadyError(f"{_shown(process.args)} did not take connections within {_PATIENCE} s.")


def resident(process_id: int) -> float:
    """The memory that a process holds, in GB.

    Raises:
        NotReadyError: It has ended, or this system does not tell.
    """
    return _memory(process_id, "VmRSS")


class _EndedError(NotReadyError):
    """The program is gone."""


def _memory(process_id: int, which: str) -> float:
    """A line of what the system tells about a program's memory, in GB."""
    if not Path("/proc/self/status").exists():
        raise NotReadyError("Only Linux tells what memory another program holds.")
    try:
        status = Path(f"/proc/{process_id}/status").read_text(encoding="utf-8")
    except OSError:
        status = ""
    found = re.search(rf"^{which}:\s+(\d+) kB", status, re.MULTILINE)
    if found is None:
        raise _EndedError(f"The program {process_id} has ended; its memory can't be told.")
    return int(found.group(1)) * 1024 / _GIGA


def _failed(command: object, code: int, said: str) -> NotReadyError:
    last = (said.strip().splitlines() or ["it said nothing"])[-1]
    return NotReadyError(f"{_shown(command)} ended with code {code}: {last}")


def _shown(command: object) -> str:
    words = [str(word) for word in command] if isinstance(command, (list, tuple)) else [str(command)]
    return f"`{' '.join([Path(words[0]).name, *words[1:]])}`"
