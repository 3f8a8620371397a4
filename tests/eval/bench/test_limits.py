from collections.abc import Callable
from pathlib import Path

import pytest
from tiny_gguf import HIDDEN, VOCABULARY, write_tiny_gguf

from eval.bench import limits
from eval.bench.limits import best_possible
from eval.bench.world import World
from eval.command_line import ModelChoice

MakeBench = Callable[..., World]


@pytest.fixture(autouse=True)
def _small(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(limits, "_FLOATS", 2**12)
    monkeypatch.setattr(limits, "_ROWS", 64)


def _first(bench: World) -> dict[str, float]:
    return {measure.name: value for measure, value in next(iter(limits.rounds(bench))).items()}


def test_the_machine_is_measured_where_no_model_file_is(bench: World) -> None:
    found = _first(bench)
    assert list(found) == ["limits.bandwidth", "limits.int8", "limits.fp32"]
    assert all(value > 0 for value in found.values())


def test_a_token_takes_every_weight_once(make_bench: MakeBench, tmp_path: Path) -> None:
    file = write_tiny_gguf(tmp_path / "tiny.gguf")
    found = _first(make_bench(choice=ModelChoice(str(file))))
    layers = found["limits.operations"] / 2
    assert found["limits.bytes"] == pytest.approx(layers + VOCABULARY * HIDDEN / 1e9)
    assert layers > 0


def test_what_the_best_is_follows_from_the_machine_and_the_model() -> None:
    measured = {
        "limits.bandwidth": 12.0,
        "limits.bytes": 1.5,
        "limits.int8": 500.0,
        "limits.operations": 2.5,
        "speed.prompt": 400,
    }
    best = best_possible(measured)
    assert (best["speed.writing"], best["speed.reading"], best["plain.writing"]) == (8, 200, 2)
    assert (best["answers.new.first"], best["start.ask"]) == (2, 0.125)
    assert "speed.writing" not in best_possible({"limits.bandwidth": 12.0})
    assert best_possible({}) == {}
