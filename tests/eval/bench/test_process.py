import os
import sys

import pytest

from eval.bench.process import free_port, output_of, peak_of, resident, started, wait_for_port
from index.errors import NotReadyError

LISTEN = """
import socket, sys, time
listening = socket.create_server(("127.0.0.1", int(sys.argv[1])))
time.sleep(600)
"""


def _python(code: str, *arguments: str) -> list[str]:
    return [sys.executable, "-c", code, *arguments]


def test_what_a_program_prints_is_given_back_with_its_surroundings() -> None:
    code = "import os; print(os.environ['WORD'], 'é')"
    assert output_of(_python(code), {"WORD": "quay", "PYTHONIOENCODING": "utf-8"}) == "quay é\n"


def test_a_program_that_fails_is_named_with_its_last_word() -> None:
    with pytest.raises(NotReadyError, match=r"python.* code 3: the quay is shut$"):
        output_of(_python("import sys; print('x\\nthe quay is shut', file=sys.stderr); sys.exit(3)"))
    with pytest.raises(NotReadyError, match="code 1"):
        peak_of(_python("raise SystemExit(1)"))
    with pytest.raises(NotReadyError, match=r"nosuch.*make setup"):
        output_of(["/nosuch/footnote"])


def test_the_most_memory_is_that_of_the_program() -> None:
    mine = bytearray(b"x" * 200_000_000)  # must not count
    small = peak_of(_python("import time; time.sleep(1)"))
    large = peak_of(_python("import time; a = b'x' * 300_000_000; del a; time.sleep(1)"))
    assert 0 < small < len(mine) / 1e9
    assert 0.3 <= large < small + 0.35


def test_the_memory_that_a_process_holds_is_told_while_it_lives() -> None:
    assert resident(os.getpid()) > 0.01
    with started(_python("import time; time.sleep(600)")) as process:
        assert resident(process.pid) > 0
    assert process.returncode is not None
    with pytest.raises(NotReadyError, match="has ended"):
        resident(process.pid)


@pytest.mark.enable_socket
def test_a_server_is_waited_for_and_then_gone() -> None:
    port = free_port()
    with started(_python(LISTEN, str(port))) as process:
        wait_for_port(process, port)
        assert process.poll() is None
    assert process.returncode is not None


@pytest.mark.enable_socket
def test_a_server_that_ends_at_once_is_not_waited_for() -> None:
    with (
        started(_python("raise SystemExit('no model')")) as process,
        pytest.raises(NotReadyError, match="no model"),
    ):
        wait_for_port(process, free_port())
