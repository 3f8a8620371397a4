"""The description at ``/openapi.json`` is true."""

import re
import shlex
from collections.abc import Iterator
from itertools import pairwise

import httpx
import pytest
import schemathesis
from conftest import ROOT
from fakes import HashingEmbedder
from fastapi import FastAPI
from hypothesis import HealthCheck, given, settings
from hypothesis.strategies import SearchStrategy
from schemathesis import Case, GenerationMode
from schemathesis.specs.openapi.checks import negative_data_rejection, positive_data_acceptance
from scripted import ScriptedGenerator
from starlette.testclient import TestClient

from index.store import Index
from ui.api import MCP_PATH

from ..conftest import REPLIES, serving
from .making import application

MEANING = {"empty_question", "not_text"}
"""What is wrong with a question in ways that a schema can't say."""


@pytest.mark.parametrize("mode", list(GenerationMode))
def test_whatever_fits_or_breaks_the_description_is_answered_as_it_says(
    app: FastAPI, mode: GenerationMode
) -> None:
    described = schemathesis.openapi.from_asgi("/openapi.json", app)
    operations = [found.ok() for found in described.get_all_operations()]
    assert len(operations) >= 8
    for operation in operations:
        # Every name is a good one for a path, so only a body can break the description.
        if mode is GenerationMode.POSITIVE or operation.method == "post":
            _try(operation.as_strategy(generation_mode=mode))


def _try(cases: SearchStrategy[Case]) -> None:
    @settings(max_examples=60, derandomize=True, database=None, suppress_health_check=list(HealthCheck))
    @given(cases)
    def call(case: Case) -> None:
        response = case.call()
        code = response.json()["error"]["code"] if response.status_code >= 400 else ""
        excluded = []
        if code == "too_large":
            excluded.append(negative_data_rejection)
        if code in MEANING:
            excluded.append(positive_data_acceptance)
        case.validate_response(response, excluded_checks=excluded)

    call()


def test_every_door_is_described_with_an_example_that_works(client: TestClient) -> None:
    described = client.get("/openapi.json").json()
    assert {"/api/ask", "/v1/chat/completions", "/readyz"} <= described["paths"].keys()
    schemas = described["components"]["schemas"]
    for example in schemas["AskRequest"]["examples"]:
        asked = {**example, "article": "pier"}
        assert client.post("/api/ask", json=asked).status_code == 200
    for example in schemas["ChatRequest"]["examples"]:
        assert client.post("/v1/chat/completions", json=example).status_code == 200


def test_the_description_names_no_other_host(client: TestClient) -> None:
    assert "http" not in re.sub(
        r'"(description|title|summary)": ?"[^"]*"', "", client.get("/openapi.json").text
    )
    assert client.get("/docs").status_code == 404


def test_the_handbook_and_the_description_name_the_same_doors(client: TestClient) -> None:
    handbook = (ROOT / "docs" / "api.md").read_text(encoding="utf-8")
    described = client.get("/openapi.json").json()["paths"]
    for path in [*described, MCP_PATH]:
        assert f"`{path.replace('{name}', 'NAME')}`" in handbook
    for code in re.findall(r"^\| `(\w+)` \|", handbook, re.MULTILINE):
        sources = [one for part in ("", "api", "sites") for one in (ROOT / "ui" / part).glob("*.py")]
        assert any(f'"{code}"' in source.read_text(encoding="utf-8") for source in sources), code


@pytest.mark.enable_socket
def test_the_handbooks_calls_work(address_of_ford: str) -> None:
    handbook = (ROOT / "docs" / "api.md").read_text(encoding="utf-8")
    calls = re.findall(r"^ +(curl (?:.*\\\n)*.*)$", handbook, re.MULTILINE)
    assert len(calls) >= 6
    for call in calls:
        words = shlex.split(call.replace("\\\n", " "))
        (url,) = (word for word in words if word.startswith("http"))
        headers = dict(after.split(": ") for word, after in pairwise(words) if word == "-H")
        body = next((after for word, after in pairwise(words) if word == "-d"), None)
        path = url.removeprefix("http://127.0.0.1:7860")
        method = "GET" if body is None else "POST"
        given = httpx.request(method, address_of_ford + path, headers=headers, content=body, timeout=30)
        assert given.status_code == 200, call
        assert '"error"' not in given.text
        assert '"isError":true' not in given.text


@pytest.fixture
def address_of_ford(ford: Index, embedder: HashingEmbedder) -> Iterator[str]:
    """A server over the article that the handbook asks about."""
    with serving(application(ford, embedder, ScriptedGenerator(REPLIES))) as at:
        yield at
