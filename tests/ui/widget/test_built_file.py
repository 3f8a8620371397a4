"""The built file is that of the sources, small, and asks no other host."""

import gzip
import hashlib
import json
import re

from conftest import ROOT

WIDGET = ROOT / "ui" / "widget"
BUILT = ROOT / "ui" / "static" / "widget.js"
MOST = 40_000


def fingerprint() -> str:
    """What ui/widget/build.mjs writes into the first line."""
    sources = [path for path in (WIDGET / "src").rglob("*") if path.is_file()]
    names = [path.relative_to(WIDGET).as_posix() for path in sources]
    digest = hashlib.sha256()
    for name in sorted([*names, "build.mjs", "package.json"]):
        digest.update(f"{name}\0".encode() + (WIDGET / name).read_bytes() + b"\0")
    return digest.hexdigest()


def test_the_built_file_is_that_of_the_sources() -> None:
    first = BUILT.read_text(encoding="utf-8").partition("\n")[0]
    assert f"sha256:{fingerprint()}" in first, "run `make widget`"


def test_it_is_small() -> None:
    assert len(gzip.compress(BUILT.read_bytes())) < MOST


def test_it_names_no_host() -> None:
    hosts = set(re.findall(r"(?:https?:)?//[\w.-]+\.\w+", BUILT.read_text(encoding="utf-8")))
    assert hosts <= {"http://www.w3.org"}


def test_its_tools_are_pinned_and_the_lock_names_no_registry() -> None:
    package = json.loads((WIDGET / "package.json").read_text(encoding="utf-8"))
    lock = (WIDGET / "package-lock.json").read_text(encoding="utf-8")
    assert "dependencies" not in package
    for name, version in package["devDependencies"].items():
        assert re.fullmatch(r"\d+\.\d+\.\d+", version)
        assert json.loads(lock)["packages"][f"node_modules/{name}"]["version"] == version
    assert "://" not in re.sub(r'"url": "[^"]*"', "", lock)


def test_every_language_says_the_same_things() -> None:
    keys = {
        path.stem: re.findall(r"^\s+(\w+): ", path.read_text(encoding="utf-8"), re.MULTILINE)
        for path in (WIDGET / "src" / "texts").glob("*.js")
    }
    assert set(keys) == {"en", "de"}
    assert keys["de"] == keys["en"]
