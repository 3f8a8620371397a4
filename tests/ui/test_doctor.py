import json
import time
from pathlib import Path

import pytest
from conftest import SEEDS
from fakes import HashingEmbedder

import rag.packing
import rag.runtime
from index.build import build_index
from index.home import default_store
from ui.doctor import Finding, examine

NAMES = [
    "Python",
    "packages",
    "processor",
    "memory",
    "disk",
    "folder",
    "embedding model",
    "index",
    "language model",
    "runtime",
]


def by_name() -> dict[str, Finding]:
    return {finding.name: finding for finding in examine()}


def test_a_new_machine_is_told_what_to_run() -> None:
    began = time.monotonic()
    found = by_name()
    assert time.monotonic() - began < 5
    assert list(found) == NAMES
    assert found["index"].remedy == "Run `footnote index` to build one."
    assert "footnote models fetch" in (found["language model"].remedy or "")
    assert not found["index"].good
    assert not found["language model"].good
    for name in ("Python", "packages", "processor", "folder", "runtime"):
        assert found[name].good, str(found[name])


def test_an_index_for_another_embedding_model_is_no_good() -> None:
    build_index([SEEDS], default_store(), HashingEmbedder())
    index = by_name()["index"]
    assert not index.good
    assert "hashing" in index.detail


def test_damage_is_a_finding_and_never_an_exception() -> None:
    build_index([SEEDS], default_store(), HashingEmbedder())
    (default_store() / "CURRENT").write_bytes(b"\0\xff")
    assert not by_name()["index"].good


@pytest.mark.parametrize("value", ["turbo", ""])
def test_an_unknown_runtime_is_a_finding(monkeypatch: pytest.MonkeyPatch, value: str) -> None:
    monkeypatch.setenv("FOOTNOTE_RUNTIME", value)
    assert not by_name()["runtime"].good


@pytest.mark.parametrize(
    ("form", "told"),
    [("packed", "packed for VNNI"), ("seven bits", "packed for AVX2"), ("stored", "as they are stored")],
)
def test_the_runtime_tells_how_the_weights_are_held(
    monkeypatch: pytest.MonkeyPatch, form: str, told: str
) -> None:
    monkeypatch.setattr(rag.packing, "quickest_form", lambda: form)
    monkeypatch.setattr(rag.runtime, "default_threads", lambda: 1)
    detail = by_name()["runtime"].detail
    assert told in detail
    assert detail.endswith("1 thread")


def test_a_home_that_can_not_be_a_folder_is_a_finding(
    monkeypatch: pytest.MonkeyPatch, tmp_path: Path
) -> None:
    (tmp_path / "file").write_text("x", encoding="utf-8")
    monkeypatch.setenv("FOOTNOTE_HOME", str(tmp_path / "file" / "home"))
    found = by_name()
    assert not found["folder"].good
    assert "FOOTNOTE_HOME" in (found["folder"].remedy or "")


def test_a_finding_is_one_line_and_one_object() -> None:
    bad = Finding("index", False, "There is none", "Run `footnote index`.")
    assert str(bad) == "✗ index: There is none -> Run `footnote index`."
    assert str(Finding("index", True, "there", "Run it.")) == "✓ index: there"
    assert json.loads(json.dumps(bad.to_json())) == {
        "name": "index",
        "good": False,
        "detail": "There is none",
        "remedy": "Run `footnote index`.",
    }
