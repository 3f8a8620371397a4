import json
import sys
from collections.abc import Callable
from pathlib import Path

import pytest

from eval.bench import llama
from eval.bench.world import World
from eval.command_line import ModelChoice
from index.errors import NotReadyError

MakeBench = Callable[..., World]

PROGRAM = """#!{python}
import json, sys
given = dict(zip(sys.argv[1::2], sys.argv[2::2]))
assert given["-o"] == "json" and given["-r"] == "1"
reads = [{{"n_prompt": int(size), "n_gen": 0, "avg_ts": 100.0}} for size in given["-p"].split(",")]
print(json.dumps({printed}))
"""
WHOLE = 'reads + [{"n_prompt": 0, "n_gen": int(given["-n"]), "avg_ts": 10.0}]'


@pytest.fixture
def bench(make_bench: MakeBench, tmp_path: Path) -> World:
    (tmp_path / "model.gguf").touch()
    return make_bench(choice=ModelChoice(str(tmp_path / "model.gguf")))


def _build(folder: Path, monkeypatch: pytest.MonkeyPatch, printed: str = WHOLE) -> Path:
    """A stand-in for llama-bench where a build leaves it."""
    program = folder / "llama" / "build" / "bin" / "llama-bench"
    program.parent.mkdir(parents=True)
    program.write_text(PROGRAM.format(python=sys.executable, printed=printed), encoding="utf-8")
    program.chmod(0o755)
    monkeypatch.setenv("LLAMA_CPP", str(folder / "llama"))
    return program


def test_the_same_prompts_are_set_against_its_rates(
    bench: World, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    _build(tmp_path, monkeypatch)
    found = {measure.name: value for measure, value in next(iter(llama.rounds(bench))).items()}
    assert (found["llama.reading"], found["llama.writing"]) == (100, 10)
    assert found["llama.new"] > 0
    assert found["llama.known"] > 0
    json.dumps(found)


@pytest.mark.parametrize("printed", ["reads", "'nothing'", "[1]"])
def test_what_it_prints_must_hold_the_rates(
    bench: World, tmp_path: Path, monkeypatch: pytest.MonkeyPatch, printed: str
) -> None:
    _build(tmp_path, monkeypatch, printed)
    with pytest.raises(NotReadyError, match="llama-bench' printed"):
        next(iter(llama.rounds(bench)))


def test_what_is_missing_is_named(
    bench: World, make_bench: MakeBench, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.delenv("LLAMA_CPP", raising=False)
    with pytest.raises(NotReadyError, match="set LLAMA_CPP"):
        next(iter(llama.rounds(bench)))
    monkeypatch.setenv("LLAMA_CPP", str(tmp_path))
    with pytest.raises(NotReadyError, match="no llama-bench"):
        next(iter(llama.rounds(bench)))
    _build(tmp_path, monkeypatch)
    with pytest.raises(NotReadyError, match=r"no GGUF file.*models fetch"):
        next(iter(llama.rounds(make_bench())))
