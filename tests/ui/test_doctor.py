import json
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
    found = by_name()
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


def test_an_unknown_runtime_is_a_finding(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setenv("FOOTNOTE_RUNTIME", "turbo")
    assert not by_name()["runtime"].good


def test_a_server_needs_no_model_here(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setenv("FOOTNOTE_SERVER", "http://127.0.0.1:9/v1")
    found = by_name()
    assert found["language model"].good
    assert "127.0.0.1:9" in found["runtime"].detail


def test_the_model_is_looked_at_that_is_chosen(monkeypatch: pytest.MonkeyPatch, tmp_path: Path) -> None:
    (tmp_path / "own.gguf").write_bytes(b"GGUF")
    monkeypatch.setenv("FOOTNOTE_MODEL", str(tmp_path / "own.gguf"))
    assert by_name()["language model"].good
    monkeypatch.setenv("FOOTNOTE_MODEL", "smollm2-135m")
    monkeypatch.setenv("FOOTNOTE_RUNTIME", "transformers")
    remedy = by_name()["language model"].remedy
    assert remedy == "Run `footnote models fetch smollm2-135m --runtime transformers`."
    monkeypatch.setenv("FOOTNOTE_MODEL", "nothing-such")
    assert "nothing-such" in by_name()["language model"].detail


def test_memory_that_files_are_kept_in_is_free(monkeypatch: pytest.MonkeyPatch, tmp_path: Path) -> None:
    kernel = {
        "/proc/meminfo": "MemAvailable: 8000000 kB\n",
        "/sys/fs/cgroup/memory.max": "4000000000\n",
        "/sys/fs/cgroup/memory.current": "3500000000\n",
        "/sys/fs/cgroup/memory.stat": "anon 1\ninactive_file 2500000000\n",
    }

    def lines(path: Path, key: str = "") -> list[str]:
        told = kernel.get(str(path), "").splitlines()
        return [line.removeprefix(key).strip(" \t:") for line in told if line.startswith(key)]

    monkeypatch.setattr("ui.doctor._lines", lines)
    assert by_name()["memory"].detail == "3.0 GB free"


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
