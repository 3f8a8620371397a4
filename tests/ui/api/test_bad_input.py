"""Whatever is sent: an error of at most 1 KB that repeats nothing, and never a defect."""

import json
from typing import Any

import pytest
from httpx2 import Response
from hypothesis import given, settings
from hypothesis import strategies as st
from starlette.testclient import TestClient

JSON = {"content-type": "application/json"}
CANARY = "zanzibar-canary"
ROUTES = ["/api/ask", "/v1/chat/completions"]


def body(path: str, **fields: object) -> dict[str, Any]:
    """A body that would be good but for these fields."""
    if path == "/api/ask":
        return {"question": "Who will lead the work?", **fields}
    return {
        "model": "footnote",
        "messages": [{"role": "user", "content": "Who will lead the work?"}],
        **fields,
    }


def post(client: TestClient, path: str, sent: bytes) -> Response:
    return client.post(path, content=sent, headers=JSON)


@pytest.mark.parametrize(
    ("asked", "status", "code"),
    [
        ({"question": ""}, 422, "empty_question"),
        ({"question": " \t\n"}, 422, "empty_question"),
        ({"question": "\u200b\u2060"}, 422, "empty_question"),
        ({"question": "\x00\x1b"}, 422, "empty_question"),
        ({"question": "?!"}, 422, "empty_question"),
        ({"question": "x" * 2001}, 422, "too_long"),
        ({"question": "\u0300x" * 20_000}, 422, "too_long"),
        ({"question": "\x1b[31m"}, 422, "empty_question"),
        ({"question": f"Who? {CANARY}", "article": CANARY}, 404, "no_such_article"),
        ({"question": 7}, 422, "bad_request"),
        ({"question": None}, 422, "bad_request"),
        ({}, 422, "bad_request"),
        ([], 422, "bad_request"),
        (CANARY, 422, "bad_request"),
        ({"question": "Who?", CANARY: 1}, 422, "bad_request"),
        ({"question": "Who?", "stream": CANARY}, 422, "bad_request"),
        ({"question": "Who?", "stream": 1}, 422, "bad_request"),
        ({"question": "Who?", "history": CANARY}, 422, "bad_request"),
        ({"question": "Who?", "history": [{"role": CANARY, "content": ""}]}, 422, "bad_request"),
        ({"question": "Who?", "history": [{"role": "user", "content": 1}]}, 422, "bad_request"),
        ({"question": "Who?", "history": [{"role": "user", "content": "", CANARY: 1}]}, 422, "bad_request"),
        ({"question": "Who?", "history": [{"role": "user", "content": ""}] * 201}, 422, "bad_request"),
    ],
)
def test_each_bad_question_has_its_code(client: TestClient, asked: object, status: int, code: str) -> None:
    given = client.post("/api/ask", json=asked)
    assert (given.status_code, given.json()["error"]["code"]) == (status, code)
    assert set(given.json()) == {"error"}
    assert set(given.json()["error"]) == {"code", "message"}
    assert len(given.content) <= 1024
    assert CANARY not in given.text


@pytest.mark.parametrize("path", ROUTES)
@pytest.mark.parametrize(
    "sent",
    [
        b"",
        b"{",
        b"null",
        b"[" * 30_000,
        b'{"question":' * 4_000,
        b"\xff\xfe\x00",
        b"\xef\xbb\xbf{}",
        b'{"question": "\xff"}',
        b'{"question": NaN, "messages": NaN}',
        b'{"question": Infinity, "model": -Infinity}',
        rb'{"question": "\ud800", "messages": "\ud800"}',
        rb'{"question": "a", "\udfff": 1, "messages": {"\udfff": 1}}',
        rb'{"model": "footnote", "messages": [{"role": "user", "content": "\ud800b"}]}',
        rb'{"question": "a\ud800b"}',
        b'{"question": ' + b"9" * 5_000 + b"}",
        b"--x\r\ncontent-disposition: form-data\r\n\r\n",
    ],
)
def test_what_is_no_question_at_all_is_refused(client: TestClient, path: str, sent: bytes) -> None:
    given = post(client, path, sent)
    assert given.status_code in {400, 422}
    assert {"code", "message"} <= set(given.json()["error"])
    assert len(given.content) <= 1024


@pytest.mark.parametrize("path", ROUTES)
def test_a_body_that_does_not_say_that_it_is_json_is_refused(client: TestClient, path: str) -> None:
    """So that a page of another site can't send one without asking this server first."""
    for kind in ("text/plain", "application/x-www-form-urlencoded", "multipart/form-data; boundary=x", ""):
        sent = json.dumps(body(path)).encode()
        assert client.post(path, content=sent, headers={"content-type": kind}).status_code in {400, 422}


@pytest.mark.parametrize("path", ROUTES)
@settings(max_examples=150)
@given(
    st.recursive(
        st.none() | st.booleans() | st.integers() | st.floats() | st.text(),
        lambda inner: st.lists(inner, max_size=3) | st.dictionaries(st.text(max_size=9), inner, max_size=3),
        max_leaves=8,
    ),
    st.sampled_from(
        ["question", "history", "article", "stream", "messages", "model", "n", "response_format"]
    ),
)
def test_no_value_anywhere_is_a_defect(client: TestClient, path: str, value: object, field: str) -> None:
    given = post(client, path, json.dumps(body(path, **{field: value})).encode("ascii"))
    assert given.status_code < 500
    if given.status_code != 200:
        assert len(given.content) <= 1024


def test_a_long_body_is_refused_in_few_words(client: TestClient) -> None:
    given = client.post("/api/ask", json={"question": "x" * 1_000_000})
    assert given.status_code == 413
    assert given.json()["error"]["code"] == "too_large"
    assert len(given.content) <= 1024


def test_duplicate_keys_are_no_way_round_the_limits(client: TestClient) -> None:
    sent = b'{"question": "Who?", "question": "' + b"x" * 2001 + b'"}'
    assert post(client, "/api/ask", sent).json()["error"]["code"] == "too_long"
