"""The `footnote sites` commands, as people type them."""

import json
import re
from pathlib import Path

import pytest
from click.testing import Result
from typer.testing import CliRunner

from index.errors import BadInputError
from index.home import data_home
from ui.cli import app
from ui.pages.widget import widget
from ui.sites.file import read_sites
from ui.sites.tokens import user_of


@pytest.fixture(autouse=True)
def _folder_of_its_own(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.chdir(tmp_path)


def run(*arguments: str) -> Result:
    return CliRunner().invoke(app, ["sites", *arguments])


def said(*arguments: str) -> str:
    """What a command that succeeds prints."""
    done = run(*arguments)
    assert done.exit_code == 0, done
    return done.stdout


def refused(*arguments: str) -> str:
    """What a command that must not succeed says."""
    done = run(*arguments)
    assert isinstance(done.exception, BadInputError), done
    return str(done.exception)


def test_a_site_from_its_beginning_to_its_end() -> None:
    assert "no sites" in said("list")
    assert "footnote sites key wiki" in said(
        "add", "wiki", "--origin", "https://wiki.example", "--origin", "http://[::1]:80", "--require-token",
        "--requests-per-minute", "7", "--streams", "2", "--article", "pier.txt",
    )  # fmt: skip
    (row,) = json.loads(said("list", "--json"))
    assert row == {
        "name": "wiki",
        "origins": ["https://wiki.example", "http://[::1]"],
        "require_token": True,
        "requests_per_minute": 7,
        "streams": 2,
        "articles": ["pier.txt"],
        "keys": [],
    }
    assert "required" in said("list")
    said("remove", "wiki")
    assert json.loads(said("list", "--json")) == []


def test_a_secret_is_shown_once_and_signs_tokens() -> None:
    said("add", "wiki", "--origin", "https://wiki.example")
    assert "footnote sites key wiki" in refused("token", "wiki")
    first = said("key", "wiki")
    kid, secret = re.findall(r"^(?:kid|secret) +(\S+)$", first, re.MULTILINE)
    kept = read_sites(data_home() / "sites.json").named("wiki").keys[0]
    assert (kept.id, kept.secret) == (kid, secret)
    assert "--rotate" in refused("key", "wiki")
    for shown in (said("list"), said("list", "--json"), said("snippet", "wiki")):
        assert secret not in shown
    before = said("token", "wiki", "--user", "ann", "--minutes", "1").strip()
    done = run("key", "wiki", "--rotate")
    assert kid in done.stderr
    now = read_sites(data_home() / "sites.json").named("wiki")
    assert user_of(now, f"Bearer {before}") == "ann"
    said("key", "wiki", "--rotate")
    assert kid not in [key.id for key in read_sites(data_home() / "sites.json").named("wiki").keys]


@pytest.mark.parametrize(
    ("arguments", "told"),
    [
        (["remove", "nothing"], "There is no site 'nothing'. There are: wiki."),
        (["key", "nothing"], "'nothing'"),
        (["token", "nothing"], "'nothing'"),
        (["snippet", "nothing"], "'nothing'"),
        (["add", "wiki", "--origin", "https://other.example"], "footnote sites remove wiki"),
        (["add", "other", "--origin", "https://wiki.example"], "https://wiki.example"),
        (["add", "Wiki!", "--origin", "https://other.example"], "'Wiki!' is no name"),
        (["add", "other", "--origin", "null"], "anyone can make"),
        (["add", "other", "--origin", "https://other.example/page"], "write https://other.example"),
    ],
)
def test_what_can_not_be_is_told_and_changes_nothing(arguments: list[str], told: str) -> None:
    said("add", "wiki", "--origin", "https://wiki.example")
    before = (data_home() / "sites.json").read_bytes()
    message = refused(*arguments)
    assert told in message
    assert "\n" not in message
    assert (data_home() / "sites.json").read_bytes() == before


def test_the_lines_to_paste_are_of_this_server_and_this_widget(monkeypatch: pytest.MonkeyPatch) -> None:
    said("add", "wiki", "--origin", "https://wiki.example", "--article", 'a "b".txt', "--require-token")
    lines = said("snippet", "wiki", "--server", "https://qa.example/")
    assert '<script type="module" src="https://qa.example/widget.js"></script>' in lines
    assert f'"https://qa.example/widget.{widget().version}.js"' in lines
    assert f'integrity="{widget().integrity}" crossorigin="anonymous"' in lines
    assert 'article="a &quot;b&quot;.txt" token-url="/footnote-token"' in lines
    assert "http://127.0.0.1:7860/widget.js" in said("snippet", "wiki")
    monkeypatch.setenv("FOOTNOTE_HOST", "0.0.0.0")
    assert "--server" in refused("snippet", "wiki")


def test_the_file_stands_where_the_settings_say(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    Path("footnote.toml").write_text("[sites]\nfile = 'here.json'\n", encoding="utf-8")
    said("add", "wiki", "--origin", "https://wiki.example")
    assert (tmp_path / "here.json").exists()
    monkeypatch.setenv("FOOTNOTE_SITES", str(tmp_path / "there.json"))
    assert "no sites" in said("list")


def test_the_sites_of_a_server_are_changed_where_that_server_keeps_them(tmp_path: Path) -> None:
    (tmp_path / "server.toml").write_text('[sites]\nfile = "kept.json"\n', encoding="utf-8")
    given = ("add", "wiki", "--origin", "https://wiki.example")
    assert "kept.json" in run("--config", "server.toml", *given).stderr
    assert "other.json" in run("--sites", "other.json", *given).stderr
    assert read_sites(tmp_path / "kept.json") == read_sites(tmp_path / "other.json")
    assert not (data_home() / "sites.json").exists()
