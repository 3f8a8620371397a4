"""A server process is told to stop."""

import os
import signal
import socket
import subprocess
import sys
import time
from collections.abc import Iterator
from concurrent.futures import ThreadPoolExecutor
from contextlib import contextmanager
from pathlib import Path
from typing import Any

import httpx
import pytest
from conftest import ROOT, SEEDS

from .api.events import Sent, events_in

SERVER = """
import socket
import sys
import time
from pathlib import Path
from fakes import HashingEmbedder
from scripted import ScriptedGenerator
from index.build import build_index
from index.store import open_index
from rag.pipeline import Pipeline
from rag.suggestions import keep_questions
from ui.server import run
from ui.settings import ServerSettings, Settings

seeds, folder, port, grace = Path(sys.argv[1]), Path(sys.argv[2]), int(sys.argv[3]), float(sys.argv[4])

class Held(ScriptedGenerator):
    def _pieces(self, reply, decoding):
        if decoding.max_tokens > 1:
            (folder / "reading").touch()
            while not (folder / "gate").exists() and not decoding.cancelled.is_set():
                time.sleep(0.01)
        yield from super()._pieces(reply, decoding)

build_index([seeds], folder / "store", HashingEmbedder())
generator = Held("The new Fiesta will use the AmpR small EV platform.")
pipeline = Pipeline(open_index(folder / "store"), HashingEmbedder(), generator)
for article in pipeline.index.articles.values():
    keep_questions(article, [])  # so that nothing but the test's own questions comes to the gate

def ready():
    socket.create_connection(("127.0.0.1", port)).close()
    (folder / "ready").touch()

run(pipeline, Settings(server=ServerSettings(port=port, grace=grace)), folder / "store", ready)
"""
QUESTION = {"question": "What platform will the new Fiesta use?", "stream": True}

pytestmark = pytest.mark.enable_socket


class Running:
    """A server process, and those who ask it."""

    def __init__(self, process: subprocess.Popen[str], address: str, folder: Path) -> None:
        self.process = process
        self.address = address
        self.folder = folder

    def ask(self) -> list[Sent]:
        with httpx.stream("POST", f"{self.address}/api/ask", json=QUESTION, timeout=30) as given:
            return list(events_in(given.iter_lines()))

    def get(self, path: str) -> httpx.Response:
        return httpx.get(self.address + path)

    def wait_for(self, path: str, status: int) -> dict[str, Any]:
        for _ in range(4000):
            try:
                given = self.get(path)
            except httpx.TransportError:
                pass
            else:
                if given.status_code == status:
                    return dict(given.json())
            assert self.process.poll() is None
            time.sleep(0.05)
        raise AssertionError(f"{path} never gave {status}")

    def wait_until_read(self) -> None:
        for _ in range(4000):
            if (self.folder / "reading").exists():
                return
            time.sleep(0.05)
        raise AssertionError("no question came to the model")


@contextmanager
def running(folder: Path, grace: float) -> Iterator[Running]:
    with socket.socket() as free:
        free.bind(("127.0.0.1", 0))
        port = free.getsockname()[1]
    environment = {**os.environ, "PYTHONPATH": f"{ROOT}:{ROOT / 'tests'}"}
    command = [sys.executable, "-c", SERVER, str(SEEDS), str(folder), str(port), str(grace)]
    process = subprocess.Popen(command, env=environment, stderr=subprocess.PIPE, text=True)
    server = Running(process, f"http://127.0.0.1:{port}", folder)
    try:
        server.wait_for("/readyz", 200)
        assert (folder / "ready").exists(), "connections are taken before it was told that they are"
        yield server
        assert process.wait(60) == 0
    finally:
        process.kill()
        _, said = process.communicate()
    assert "Traceback" not in said


@pytest.mark.parametrize("number", [signal.SIGTERM, signal.SIGINT])
def test_it_stops_soon_though_a_page_is_open(tmp_path: Path, number: signal.Signals) -> None:
    with (
        running(tmp_path, 20) as server,
        httpx.stream("GET", f"{server.address}/gradio_api/heartbeat/page") as page,
    ):
        assert next(page.iter_text()).startswith("data: ALIVE")
        server.process.send_signal(number)
        assert server.process.wait(60) == 0


def test_a_running_answer_may_end_while_those_who_wait_are_sent_away(tmp_path: Path) -> None:
    with ThreadPoolExecutor() as askers, running(tmp_path, 20) as server:
        first = askers.submit(server.ask)
        server.wait_until_read()
        second = askers.submit(server.ask)
        while "footnote_waiting 1.0" not in server.get("/metrics").text:
            time.sleep(0.02)
        server.process.terminate()
        told = server.wait_for("/readyz", 503)
        assert told["error"]["code"] == "shutting_down"
        assert server.get("/livez").status_code == 200
        waited = second.result()
        assert [event.name for event in waited] == ["stage", "error"]
        assert waited[-1].data["code"] == "shutting_down"
        (tmp_path / "gate").touch()
        assert first.result()[-1].name == "answer"


def test_an_answer_that_goes_on_for_too_long_ends_with_a_reason(tmp_path: Path) -> None:
    with ThreadPoolExecutor() as askers, running(tmp_path, 0.2) as server:
        asked = askers.submit(server.ask)
        server.wait_until_read()
        server.process.terminate()
        last = asked.result()[-1]
        assert (last.name, last.data["code"]) == ("error", "shutting_down")


def test_told_twice_it_stops_at_once(tmp_path: Path) -> None:
    with ThreadPoolExecutor() as askers, running(tmp_path, 3600) as server:
        asked = askers.submit(server.ask)
        server.wait_until_read()
        server.process.terminate()
        server.wait_for("/readyz", 503)
        server.process.terminate()
        assert server.process.wait(60) == 0
        asked.exception()
