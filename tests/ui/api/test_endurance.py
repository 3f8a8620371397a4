"""Many at once, for long, and readers who do not read: everybody is answered or told when to ask again."""

import asyncio
import gc
import os
import socket
import threading
import tracemalloc
from collections import Counter
from collections.abc import Iterator, MutableMapping
from pathlib import Path
from typing import Any

import httpx
import pytest
from fakes import HashingEmbedder
from fastapi import FastAPI
from scripted import ScriptedGenerator
from small_world import REPLIES

from index.store import Index
from rag.generator import Decoding

from ..conftest import serving
from ..gated import until
from .making import application
from .test_ask import COST, Leaving

MANY = 120
ASKS = 300
"""More than are remembered, so that what is remembered grows no more while memory is measured."""


class Brief(ScriptedGenerator):
    """Takes a moment for each piece, so that a line comes about."""

    def _pieces(self, reply: str, decoding: Decoding) -> Iterator[str]:
        for piece in super()._pieces(reply, decoding):
            decoding.cancelled.wait(0.001)
            yield piece


@pytest.mark.enable_socket
def test_of_many_at_once_each_is_answered_or_told_when_to_ask_again(
    pier: Index, embedder: HashingEmbedder
) -> None:
    app = application(pier, embedder, Brief(REPLIES), waiting=4)

    async def all_at_once(address: str) -> list[httpx.Response]:
        limits = httpx.Limits(max_connections=MANY)
        async with httpx.AsyncClient(base_url=address, limits=limits, timeout=60) as client:
            asked = ({"question": f"{COST} {number}", "stream": number % 2 == 0} for number in range(MANY))
            return await asyncio.gather(*(client.post("/api/ask", json=body) for body in asked))

    with serving(app) as address:
        given = asyncio.run(all_at_once(address))
        assert httpx.get(f"{address}/readyz").status_code == 200
    outcomes = Counter(one.status_code for one in given)
    assert set(outcomes) == {200, 429}
    assert outcomes[200] >= 5
    for one in given:
        if one.status_code == 429:
            assert int(one.headers["retry-after"]) >= 1
        else:
            assert "event: answer" in one.text or one.json()["answer"]


def descriptors() -> int:
    return len(os.listdir("/proc/self/fd"))


@pytest.mark.skipif(not Path("/proc/self/fd").exists(), reason="counts descriptors where Linux lists them")
def test_many_asks_leave_nothing_behind(pier: Index, embedder: HashingEmbedder) -> None:
    app = application(pier, embedder, ScriptedGenerator(REPLIES))

    async def ask(client: httpx.AsyncClient, first: int) -> None:
        for number in range(first, first + ASKS):
            body = {"question": f"{COST} {number}", "stream": number % 3 == 0}
            assert (await client.post("/api/ask", json=body)).status_code == 200

    async def rounds() -> tuple[int, int]:
        transport = httpx.ASGITransport(app)
        async with httpx.AsyncClient(transport=transport, base_url="http://127.0.0.1") as client:
            await ask(client, 0)
            gc.collect()
            tracemalloc.start()
            before = threading.active_count(), descriptors(), tracemalloc.get_traced_memory()[0]
            await ask(client, ASKS)
            until(lambda: threading.active_count() <= before[0])
            gc.collect()
            grown = tracemalloc.get_traced_memory()[0] - before[2]
            tracemalloc.stop()
            return descriptors() - before[1], grown

    opened, grown = asyncio.run(rounds())
    assert opened <= 0
    assert grown / ASKS < 8_000  # what replaces remembered answers is traced, what it replaces was not


class Deaf(Leaving):
    """A client that takes nothing after the head of the response."""

    async def _send(self, message: MutableMapping[str, Any]) -> None:
        await super()._send(message)
        if message["type"] == "http.response.body":
            await asyncio.Event().wait()


def test_a_reader_that_takes_nothing_is_left_behind(
    pier: Index, embedder: HashingEmbedder, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr("ui.api.ask._SLOWEST", 0.05)
    app = application(pier, embedder, ScriptedGenerator(REPLIES))

    async def listen() -> None:
        client = Deaf(app, question=COST, stream=True)
        await client.run()
        bodies = [message for message in client.sent if message["type"] == "http.response.body"]
        assert len(bodies) == 1

    asyncio.run(listen())
    until(lambda: not app.state.services.answering.running)


@pytest.mark.enable_socket
def test_readers_that_do_not_read_hold_up_nobody(app: FastAPI, address: str) -> None:
    host, port = address.removeprefix("http://").split(":")
    body = b'{"question": "What will the work cost?", "stream": true}'
    head = f"POST /api/ask HTTP/1.1\r\nhost: {host}\r\ncontent-length: {len(body)}\r\n"
    deaf = []
    for _ in range(6):
        one = socket.socket()
        one.setsockopt(socket.SOL_SOCKET, socket.SO_RCVBUF, 1)
        one.connect((host, int(port)))
        one.sendall(f"{head}content-type: application/json\r\n\r\n".encode() + body)
        deaf.append(one)
    answering = app.state.services.answering
    until(lambda: not answering.running and not answering.waiting)
    given = httpx.post(f"{address}/api/ask", json={"question": COST}, timeout=30)
    assert given.json()["kind"] == "answer"
    for one in deaf:
        one.close()
