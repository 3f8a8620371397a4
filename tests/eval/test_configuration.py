from pathlib import Path

import pytest

from eval.configuration import hash_of_code, settings_of


@pytest.fixture
def code(tmp_path: Path) -> Path:
    """A package with a subpackage, and what it has been taught in a folder that is no package."""
    folder = tmp_path / "sample_code"
    (folder / "inner").mkdir(parents=True)
    (folder / "learnt").mkdir()
    (folder / "__init__.py").touch()
    (folder / "outer.py").write_text("_NEAR = 3\nNAME = 'x'\nYES = True\nsmall = 1\n", encoding="utf-8")
    (folder / "inner" / "__init__.py").write_text("SHARE = 0.5\n", encoding="utf-8")
    (folder / "inner" / "deep.py").write_text("LONGEST = 80\n", encoding="utf-8")
    (folder / "learnt" / "probe.safetensors").write_bytes(b"\0weights")
    (folder / "notes.txt").touch()
    return folder


def test_every_constant_is_recorded_those_of_subpackages_too(
    code: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.syspath_prepend(str(code.parent))
    assert dict(settings_of(["sample_code"])) == {
        "sample_code.inner.SHARE": 0.5,
        "sample_code.inner.deep.LONGEST": 80,
        "sample_code.outer._NEAR": 3,
    }


def test_the_checks_and_the_follow_ups_are_among_the_settings() -> None:
    modules = {name.rpartition(".")[0] for name, _ in settings_of(["index", "rag"])}
    assert {"index.lexical", "rag.retrieval", "rag.checks.premise", "rag.follow_up.mentions"} <= modules


@pytest.mark.parametrize("name", ["outer.py", "inner/deep.py", "learnt/probe.safetensors"])
def test_a_changed_file_changes_the_hash_of_the_code(code: Path, name: str) -> None:
    before = hash_of_code([code])
    assert hash_of_code([code]) == before
    path = code / name
    content = path.read_bytes()
    path.write_bytes(content + b"\n")
    assert hash_of_code([code]) != before
    path.write_bytes(content)
    assert hash_of_code([code]) == before
    path.rename(path.with_stem("renamed"))
    assert hash_of_code([code]) != before


def test_what_decides_nothing_is_not_in_the_hash_of_the_code(code: Path) -> None:
    before = hash_of_code([code])
    (code / "notes.txt").write_text("a thought", encoding="utf-8")
    assert hash_of_code([code]) == before
