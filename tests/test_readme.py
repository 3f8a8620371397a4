"""The README's commands exist, and its tree is the tree."""

import re

from conftest import ROOT
from typer.main import get_command

from ui.cli import app

README = (ROOT / "README.md").read_text(encoding="utf-8")


def test_every_command_in_the_readme_exists() -> None:
    commands = set(get_command(app).commands)  # type: ignore[attr-defined]
    named = set(re.findall(r"`?footnote ([a-z]+)\b", README))
    assert named - {"is", "on", "to"} <= commands
    assert commands <= named


def test_every_make_target_in_the_readme_exists() -> None:
    makefile = (ROOT / "Makefile").read_text(encoding="utf-8")
    targets = set(re.findall(r"^([a-z]+):", makefile, re.MULTILINE))
    named = set(re.findall(r"\bmake ([a-z]+)\b", README))
    assert {"serve", "test", "help", "ask"} <= named
    assert named <= targets


def test_every_folder_is_described() -> None:
    described = set(re.findall(r"^\| `([a-z]+)/` \|", README, re.MULTILINE))
    assert described == {"seeds", "index", "rag", "ui", "eval", "tests"}
    assert all((ROOT / folder).is_dir() for folder in described)


def test_every_setting_of_the_command_line_is_in_the_readme() -> None:
    source = (ROOT / "ui" / "cli.py").read_text(encoding="utf-8")
    for variable in set(re.findall(r'"(FOOTNOTE_[A-Z]+)"', source)):
        assert f"`{variable}`" in README
