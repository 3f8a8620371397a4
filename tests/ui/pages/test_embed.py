"""The page for frames."""

from pathlib import Path

import pytest
from conftest import ARTICLE
from fastapi import FastAPI
from starlette.testclient import TestClient

from rag.pipeline import Pipeline

from ..sites.making import PORTAL, WIKI, application, site, write


@pytest.fixture
def client(app: FastAPI) -> TestClient:
    return TestClient(app, raise_server_exceptions=False)


def test_it_holds_the_widget_as_the_address_says(client: TestClient) -> None:
    page = client.get("/embed", params={"article": "ford-renault", "theme": "dark", "lang": "de"}).text
    assert f'<footnote-chat mode="inline" theme="dark" article="{ARTICLE}" lang="de">' in page
    assert '<html lang="de">' in page
    plain = client.get("/embed").text
    assert '<footnote-chat mode="inline" theme="auto">' in plain


@pytest.mark.parametrize(
    ("asked", "status", "code"),
    [
        ({"article": '"><script>canary'}, 404, "no_such_article"),
        ({"theme": '"><script>canary'}, 422, "bad_request"),
        ({"lang": '"><script>canary'}, 422, "bad_request"),
        ({"lang": "en\n"}, 422, "bad_request"),
    ],
)
def test_what_it_can_not_say_is_refused(
    client: TestClient, asked: dict[str, str], status: int, code: str
) -> None:
    given = client.get("/embed", params=asked)
    assert (given.status_code, given.json()["error"]["code"]) == (status, code)
    assert "canary" not in given.text


def test_only_sites_may_frame_it_and_nothing_else_may_be_framed(pipeline: Pipeline, tmp_path: Path) -> None:
    path = tmp_path / "sites.json"
    client = TestClient(application(pipeline, path))

    def ancestors(address: str) -> str:
        policies = client.get(address).headers.get_list("content-security-policy")
        assert len(policies) == 1
        return policies[0].partition("frame-ancestors ")[2]

    assert ancestors("/embed") == "'none'"
    assert client.get("/embed").headers["x-frame-options"] == "DENY"
    write(path, site("wiki", WIKI), site("portal", PORTAL))
    assert ancestors("/embed") == f"{WIKI} {PORTAL}"
    assert "x-frame-options" not in client.get("/embed").headers
    for address in ("/", f"/articles/{ARTICLE}", "/api/articles", "/widget.js", "/embed?theme=x", "/nothing"):
        assert ancestors(address) in {"'self'", "'none'"}
        assert client.get(address).headers["x-frame-options"] in {"SAMEORIGIN", "DENY"}


@pytest.mark.parametrize("path", ["/embed", f"/articles/{ARTICLE}", "/articles/nothing"])
def test_nothing_inline_runs_on_the_strict_pages(client: TestClient, path: str) -> None:
    given = client.get(path)
    policy = given.headers["content-security-policy"]
    assert "default-src 'none'" in policy
    assert "require-trusted-types-for 'script'" in policy
    assert "unsafe" not in policy
    assert "<style" not in given.text
    assert " style=" not in given.text
    assert "<script>" not in given.text
    for asset in ("article.css", "article.js", "embed.css", "embed.js", "favicon.svg"):
        assert client.get(f"/pages/{asset}").status_code == 200
