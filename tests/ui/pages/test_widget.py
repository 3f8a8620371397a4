"""The widget's script and its hash."""

import hashlib
from base64 import b64encode

import pytest
from fastapi import FastAPI
from starlette.testclient import TestClient

from ui.pages.assets import STATIC
from ui.pages.widget import widget


@pytest.fixture
def client(app: FastAPI) -> TestClient:
    return TestClient(app, raise_server_exceptions=False)


def test_the_newest_is_asked_for_each_time_and_sent_once(client: TestClient) -> None:
    given = client.get("/widget.js")
    assert given.content == (STATIC / "widget.js").read_bytes()
    assert given.headers["content-type"].startswith("text/javascript")
    assert given.headers["cache-control"] == "no-cache"
    assert given.headers["access-control-allow-origin"] == "*"
    assert given.headers["cross-origin-resource-policy"] == "cross-origin"
    tag = given.headers["etag"]
    for known in (tag, f"W/{tag}", f'"other", {tag}'):
        again = client.get("/widget.js", headers={"if-none-match": known})
        assert (again.status_code, again.content, again.headers["etag"]) == (304, b"", tag)
    assert client.get("/widget.js", headers={"if-none-match": '"other"'}).status_code == 200
    assert client.head("/widget.js").headers["etag"] == tag


def test_the_one_with_the_hash_is_exactly_the_one_that_is_told(client: TestClient) -> None:
    found = widget()
    given = client.get(f"/widget.{found.version}.js")
    assert "immutable" in given.headers["cache-control"]
    assert found.integrity == f"sha384-{b64encode(hashlib.sha384(given.content).digest()).decode()}"
    assert hashlib.sha384(given.content).hexdigest().startswith(found.version)
    for other in ("0" * 16, "..%2fchat", "", "..", found.version.upper()):
        assert client.get(f"/widget.{other}.js").status_code == 404


@pytest.mark.parametrize("ranges", ["bytes=0-0", "bytes=" + ",".join("0-" for _ in range(2000)), "bytes=9-1"])
def test_ranges_are_no_bomb(client: TestClient, ranges: str) -> None:
    for path in ("/widget.js", "/pages/article.css", "/favicon.ico", "/static/img/logo.svg"):
        given = client.get(path, headers={"range": ranges})
        assert given.status_code in {200, 206, 400, 404, 416}
        assert len(given.content) <= len(client.get(path).content)


@pytest.mark.parametrize(
    "name",
    ["../server.py", "..%2fserver.py", "%2e%2e/server.py", "..%5cserver.py", "chat.css%00", "/etc/passwd"],
)
def test_nothing_leads_out_of_the_files_of_the_pages(client: TestClient, name: str) -> None:
    for folder in ("/pages/", "/articles/", "/widget./", "/embed/"):
        given = client.get(folder + name)
        assert given.status_code in {400, 404, 405}
        assert "import " not in given.text
        assert "root:" not in given.text
