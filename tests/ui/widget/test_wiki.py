"""The example intranet by itself."""

from pathlib import Path

from starlette.testclient import TestClient

from ui.intranet.__main__ import register
from ui.intranet.wiki import create_wiki
from ui.sites.file import read_sites
from ui.sites.tokens import mint, user_of

AT = "https://qa.intranet.example"


def test_a_page_embeds_the_chat_in_one_line_and_lets_nothing_else_in() -> None:
    given = TestClient(create_wiki(f"{AT}/")).get("/")
    assert f'<script type="module" src="{AT}/widget.js"></script>' in given.text
    policy = dict(
        part.strip().partition(" ")[::2] for part in given.headers["content-security-policy"].split(";")
    )
    assert policy["default-src"] == "'none'"
    assert policy["script-src"] == AT
    assert policy["connect-src"] == f"'self' {AT}"
    assert "unsafe" not in given.headers["content-security-policy"]
    assert "style=" not in given.text
    assert given.text.count("<script") == 1


def test_only_known_modes_get_into_a_page() -> None:
    client = TestClient(create_wiki(AT))
    assert 'mode="panel"' in client.get("/?mode=panel").text
    assert "evil" not in client.get('/?mode="><evil>').text


def test_tokens_are_given_where_there_are_some() -> None:
    assert TestClient(create_wiki(AT)).get("/footnote-token").status_code == 404
    client = TestClient(create_wiki(AT, lambda: "a.b.c"))
    assert client.get("/footnote-token").text == "a.b.c"
    assert 'token-url="/footnote-token"' in client.get("/").text
    assert 'token-url="/footnote-token"' in client.get("/desk").text


def test_the_wiki_is_the_only_site_and_its_tokens_are_good(tmp_path: Path) -> None:
    file = tmp_path / "intranet.json"
    register(file)
    site = register(file)
    assert read_sites(file).sites == (site,)
    assert site.origins == ("http://127.0.0.1:8080", "http://localhost:8080")
    assert user_of(site, f"Bearer {mint(site, user='reader')}") == "reader"
