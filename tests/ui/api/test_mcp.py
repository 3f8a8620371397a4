"""The Model Context Protocol, spoken by its own client."""

import asyncio
import json
from typing import Any

import httpx
import pytest
from fakes import HashingEmbedder
from mcp.client import Client
from mcp.types import CallToolResult, Tool
from starlette.testclient import TestClient

from index.store import Index
from rag.pipeline import Pipeline
from ui.server_guards import MAX_BODY

from ..conftest import serving
from ..gated import until
from .making import gated

LEAD = "Who will lead the work?"


def call(address: str, mode: str, **arguments: object) -> CallToolResult:
    async def ask() -> CallToolResult:
        async with Client(f"{address}/mcp", mode=mode) as client:
            return await client.call_tool("ask_article", dict(arguments))

    return asyncio.run(ask())


@pytest.mark.enable_socket
@pytest.mark.parametrize("mode", ["auto", "legacy"])
def test_the_client_gets_an_answer_with_its_footnotes(address: str, mode: str, pipeline: Pipeline) -> None:
    given = call(address, mode, question=LEAD)
    assert not given.is_error
    answer = given.structured_content or {}
    expected = json.loads(json.dumps(pipeline.ask(LEAD).to_json()))
    assert answer["citations"] == expected["citations"]
    assert answer["answer"] == expected["answer"]
    text = given.content[0].text  # type: ignore[union-attr]
    assert text.startswith(expected["answer"])
    assert expected["citations"][0]["quote"] in text


@pytest.mark.enable_socket
@pytest.mark.parametrize("mode", ["auto", "legacy"])
def test_the_client_sees_one_tool(address: str, mode: str) -> None:
    async def look() -> list[Tool]:
        async with Client(f"{address}/mcp", mode=mode) as client:
            return (await client.list_tools()).tools

    (tool,) = asyncio.run(look())
    assert tool.name == "ask_article"
    assert tool.input_schema["required"] == ["question"]
    assert tool.output_schema is not None
    assert "citations" in tool.output_schema["properties"]


@pytest.mark.enable_socket
@pytest.mark.parametrize(
    ("arguments", "code"),
    [
        ({"question": "  "}, "empty_question"),
        ({"question": LEAD, "article": "nowhere"}, "no_such_article"),
        ({"question": 7}, "bad_request"),
        ({"question": "x" * 2001}, "bad_request"),
        ({}, "bad_request"),
    ],
)
def test_what_can_not_be_asked_is_told_to_the_model(
    address: str, arguments: dict[str, Any], code: str
) -> None:
    given = call(address, "auto", **arguments)
    assert given.is_error
    assert json.loads(given.content[0].text)["error"]["code"] == code  # type: ignore[union-attr]


@pytest.mark.enable_socket
def test_the_model_stops_when_the_client_leaves(pier: Index, embedder: HashingEmbedder) -> None:
    app, generator = gated(pier, embedder)

    async def leave(address: str) -> None:
        async with Client(f"{address}/mcp") as client:
            asking = asyncio.ensure_future(client.call_tool("ask_article", {"question": LEAD}))
            await asyncio.to_thread(generator.entered.acquire)
            asking.cancel()
            with pytest.raises(asyncio.CancelledError):
                await asking
            await asyncio.to_thread(until, lambda: generator.running == 0)

    with serving(app) as address:
        asyncio.run(leave(address))
    assert 'route="/mcp"' in TestClient(app).get("/metrics").text


def test_there_is_no_stream_to_listen_to(pier: Index, embedder: HashingEmbedder) -> None:
    app, _ = gated(pier, embedder)
    given = TestClient(app).get("/mcp", headers={"accept": "text/event-stream"})
    assert given.status_code == 405
    assert given.headers["allow"] == "POST"


@pytest.mark.enable_socket
def test_a_large_body_is_refused_whether_announced_or_not(address: str) -> None:
    headers = {"content-type": "application/json", "accept": "application/json"}
    large = b"x" * (MAX_BODY + 1)
    for body in (large, iter([large])):
        assert httpx.post(f"{address}/mcp", content=body, headers=headers).status_code == 413


def test_a_server_that_is_not_running_says_so(pier: Index, embedder: HashingEmbedder) -> None:
    app, _ = gated(pier, embedder)
    given = TestClient(app).post("/mcp", json={"jsonrpc": "2.0", "id": 1, "method": "ping"})
    assert given.status_code == 503
    assert given.json()["error"]["code"] == "shutting_down"
