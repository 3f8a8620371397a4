from pathlib import Path

import numpy as np
import pytest

from eval import train_probe
from eval.train_probe import Pair, fit, left_out_quality, save
from rag.belief import Probe
from rag.sources import SourceSentence


def world(count: int = 400) -> tuple[np.ndarray[tuple[int, int], np.dtype[np.float32]], list[Pair]]:
    """States whose third place tells whether a sentence states it, over four articles."""
    rng = np.random.default_rng(0)
    rows = rng.normal(size=(count, 12)).astype(np.float32)
    right = rng.random(count) < 0.4
    rows[:, 2] += np.where(right, 3.0, -3.0)
    pairs = [
        Pair("Is it?", SourceSentence(f"{number % 4}.txt", 0, 9, "It is so.", 0.0), bool(right[number]))
        for number in range(count)
    ]
    return rows, pairs


def test_the_probe_finds_the_direction_that_tells() -> None:
    rows, pairs = world()
    weights, bias = fit(rows, np.array([pair.states_it for pair in pairs]))
    assert int(np.abs(weights).argmax()) == 2
    scores = Probe(1, weights, bias).scores(rows)
    told = [score for score, pair in zip(scores, pairs, strict=True) if pair.states_it]
    silent = [score for score, pair in zip(scores, pairs, strict=True) if not pair.states_it]
    assert min(told) > max(silent)


def test_quality_is_that_on_articles_left_out() -> None:
    rows, pairs = world()
    assert left_out_quality(rows, pairs) > 0.97
    noise = np.random.default_rng(1).normal(size=rows.shape).astype(np.float32)
    assert 0.4 < left_out_quality(noise, pairs) < 0.6


def test_what_is_saved_is_what_is_read(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    from safetensors.numpy import load_file

    monkeypatch.setattr(train_probe, "PROBES", tmp_path)
    rows, pairs = world(80)
    save("tiny", 3, rows, pairs, "some.jsonl", 0.9)
    stored = load_file(tmp_path / "tiny.safetensors")
    weights, bias = fit(rows, np.array([pair.states_it for pair in pairs]))
    np.testing.assert_allclose(stored["weights"], weights, rtol=1e-5)
    assert stored["bias"][0] == pytest.approx(bias, rel=1e-5)
    assert "pairs = 80" in (tmp_path / "tiny.toml").read_text(encoding="utf-8")
