"""What the handbook says about embedding works as it stands there."""

import json
import re
import shutil
import subprocess
from typing import Any

import pytest
from conftest import ROOT
from typer.main import get_command

from ui.cli import app
from ui.sites.tokens import user_of

from .making import key, site

HANDBOOK = (ROOT / "docs" / "embedding.md").read_text(encoding="utf-8")
SECRETS = {"FOOTNOTE_KID": key(1).id, "FOOTNOTE_SECRET": key(1).secret}


def code(language: str) -> str:
    """The handbook's example for tokens in this language."""
    found = re.findall(rf"```{language}\n(.*?)```", HANDBOOK, re.DOTALL)
    return next(str(one) for one in found if "HS256" in one)


def test_the_token_of_the_python_example_is_good(monkeypatch: pytest.MonkeyPatch) -> None:
    for name, value in SECRETS.items():
        monkeypatch.setenv(name, value)
    names: dict[str, Any] = {}
    exec(compile(code("python"), "handbook", "exec"), names)
    assert user_of(site(require_token=True), f"Bearer {names['footnote_token']('ann')}") == "ann"


@pytest.mark.parametrize(
    ("program", "language", "call"),
    [
        ("node", "js", 'process.stdout.write(footnoteToken("änn"));'),
        ("php", "php", 'echo footnote_token("änn");'),
    ],
)
def test_the_token_of_the_other_examples_is_good(program: str, language: str, call: str) -> None:
    found = shutil.which(program)
    if found is None:
        pytest.skip(f"there is no {program}")
    options = {"node": ["--input-type=module", "-e"], "php": ["-r"]}[program]
    done = subprocess.run(
        [found, *options, f"{code(language)}\n{call}"],
        env=SECRETS,
        capture_output=True,
        text=True,
        check=True,
    )
    assert user_of(site(require_token=True), f"Bearer {done.stdout}") == "änn"


def test_every_command_that_it_names_is_there() -> None:
    group = get_command(app).commands["sites"]  # type: ignore[attr-defined]
    named = set(re.findall(r"footnote sites ([a-z]+)", HANDBOOK))
    assert named == set(group.commands)
    options = {option for one in group.commands.values() for given in one.params for option in given.opts}
    for option in re.findall(r"footnote sites [^`\n]*?(--[a-z-]+)", HANDBOOK):
        assert option in options


def test_the_lines_to_paste_name_what_the_widget_knows() -> None:
    built = (ROOT / "ui" / "static" / "widget.js").read_text(encoding="utf-8")
    for attributes in re.findall(r"<footnote-chat([^>]*)>", HANDBOOK):
        for attribute in re.findall(r" ([a-z-]+)=", attributes):
            assert json.dumps(attribute) in built
