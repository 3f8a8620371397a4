import os
import socket
from collections.abc import Iterator

import pytest
from conftest import ARTICLE, SEEDS
from fastapi import FastAPI
from starlette.routing import Mount
from starlette.testclient import TestClient

from index.errors import BadInputError
from ui.server import check_port
from ui.server_guards import MAX_BODY

EVIL = "https://evil.example"


@pytest.fixture
def client(app: FastAPI) -> TestClient:
    return TestClient(app, raise_server_exceptions=False)


def test_it_is_alive_and_ready(client: TestClient) -> None:
    assert client.get("/livez").json() == {"status": "alive"}
    ready = client.get("/readyz").json()
    assert ready["status"] == "ready"
    assert ready["articles"] == 1


def test_articles_are_listed_and_given_whole(client: TestClient) -> None:
    assert client.get("/api/articles").json() == {"articles": [ARTICLE]}
    given = client.get(f"/api/articles/{ARTICLE}").json()
    text = (SEEDS / ARTICLE).read_text(encoding="utf-8")
    assert given == {"name": ARTICLE, "text": text, "questions": []}


@pytest.mark.parametrize(
    ("path", "code"),
    [
        ("/api/articles/secret-name.txt", "no_such_article"),
        ("/api/articles/..%2f..%2fetc%2fpasswd", "no_such_article"),
        ("/api/articles/%00", "no_such_article"),
        ("/api/secret-name", "not_found"),
    ],
)
def test_what_is_not_there_is_said_without_echo(client: TestClient, path: str, code: str) -> None:
    given = client.get(path)
    assert given.status_code == 404
    assert given.json()["error"]["code"] == code
    assert "secret-name" not in given.text
    assert len(given.content) < 1024


def test_another_method_is_an_error_of_the_same_shape(client: TestClient) -> None:
    for path in ("/api/articles", f"/api/articles/{ARTICLE}", "/livez", "/version", "/openapi.json"):
        given = client.post(path, json={})
        assert given.status_code == 405
        assert "GET" in given.headers["allow"]
        assert given.json()["error"]["code"] == "method_not_allowed"
        assert set(given.json()["error"]) == {"code", "message"}


@pytest.mark.parametrize("path", ["/", "/livez", "/api/articles", "/nothing", "/gradio_api/upload"])
def test_every_response_has_the_security_headers(client: TestClient, path: str) -> None:
    headers = client.get(path).headers
    assert headers["x-content-type-options"] == "nosniff"
    assert headers["referrer-policy"] == "same-origin"
    assert "frame-ancestors '" in headers["content-security-policy"]
    assert "http" not in headers["content-security-policy"]


@pytest.mark.parametrize("origin", [EVIL, "null"])
@pytest.mark.parametrize("path", ["/", "/config", "/api/articles"])
def test_no_other_site_may_read(client: TestClient, origin: str, path: str) -> None:
    asked = {"origin": origin, "host": "intranet.example"}
    preflight = {**asked, "access-control-request-method": "POST"}
    for given in (client.get(path, headers=asked), client.options(path, headers=preflight)):
        assert not [name for name in given.headers if name.startswith("access-control-allow-origin")]
        assert "access-control-allow-credentials" not in given.headers


@pytest.mark.parametrize(
    ("method", "path"),
    [
        ("POST", "/gradio_api/upload"),
        ("GET", "/gradio_api/file=/etc/passwd"),
        ("GET", "/gradio_api/file/etc/passwd"),
        ("GET", "/gradio_api/proxy=http://127.0.0.1/"),
        ("GET", "/gradio_api/deep_link?session_hash=x"),
        ("GET", "/?deep_link=x"),
        ("GET", "/gradio_api/info"),
        ("GET", "/gradio_api/runs"),
        ("GET", "/monitoring"),
        ("GET", "/docs"),
    ],
)
def test_routes_that_the_page_does_not_need_are_not_there(client: TestClient, method: str, path: str) -> None:
    files = {"files": ("x.html", b"<script>")} if method == "POST" else None
    assert client.request(method, path, files=files).status_code == 404


def test_nothing_leads_out_of_the_static_folders(client: TestClient) -> None:
    for path in (
        "/assets/..%2f..%2f..%2froutes.py",
        "/static/%2e%2e/%2e%2e/routes.py",
        "/svelte/..%2fpackage.json",
    ):
        assert client.get(path).status_code in {400, 403, 404}


@pytest.mark.parametrize("announced", [True, False])
@pytest.mark.parametrize("path", ["/gradio_api/queue/join", "/api/articles", "/api/ask"])
def test_large_bodies_are_refused(client: TestClient, path: str, announced: bool) -> None:
    def chunks() -> Iterator[bytes]:
        for _ in range(MAX_BODY // 1024 + 2):
            yield b'{"a":"' + b"x" * 1018

    body = b"x" * (MAX_BODY + 1) if announced else chunks()
    given = client.post(path, content=body, headers={"content-type": "application/json"})
    # A route that takes no body answers before it has read one.
    assert given.status_code == (405 if path == "/api/articles" and not announced else 413)
    assert len(given.content) < 1024


def test_the_queue_can_not_be_passed_by(client: TestClient, app: FastAPI) -> None:
    config = client.get("/config").json()
    queued = [one["id"] for one in config["dependencies"] if one["queue"]]
    body = {"data": [None, ""], "fn_index": queued[0], "session_hash": "mine"}
    assert client.post("/gradio_api/run/predict", json=body).status_code in {401, 403, 404}


def test_gradio_tells_nobody_and_keeps_nothing(client: TestClient) -> None:
    config = client.get("/config").json()
    assert os.environ["GRADIO_ANALYTICS_ENABLED"] == "False"
    assert not config["analytics_enabled"]
    assert config["footer_links"] == []
    assert not config.get("run_history")


def test_the_memory_of_conversations_is_bounded(app: FastAPI) -> None:
    page = next(route.app for route in app.routes if isinstance(route, Mount))
    assert page.state_holder.capacity == 200  # type: ignore[attr-defined]


@pytest.mark.enable_socket
def test_a_busy_port_and_a_foreign_address_are_told_with_the_next_step() -> None:
    with socket.socket() as other:
        other.bind(("127.0.0.1", 0))
        other.listen()
        with pytest.raises(BadInputError, match="choose another with --host or --port"):
            check_port("127.0.0.1", other.getsockname()[1])
    check_port("127.0.0.1", 0)
    with pytest.raises(BadInputError, match="--host"):
        check_port("192.0.2.1", 0)
    with pytest.raises(BadInputError, match="no address"):
        check_port("a b", 0)
