from pathlib import Path

import numpy as np
import pytest
from numpy.typing import NDArray

from eval import states
from eval.train_probe import Pair, left_out_quality, save
from rag.sources import SourceSentence


def world(count: int = 400) -> tuple[NDArray[np.float32], list[Pair]]:
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


def test_quality_is_that_on_articles_left_out() -> None:
    rows, pairs = world()
    assert left_out_quality(rows, pairs) > 0.97
    noise = np.random.default_rng(1).normal(size=rows.shape).astype(np.float32)
    assert 0.4 < left_out_quality(noise, pairs) < 0.6


def test_what_is_saved_tells_what_it_was_made_from(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    from safetensors.numpy import load_file

    monkeypatch.setattr(states, "PROBES", tmp_path)
    rows, pairs = world(80)
    save("tiny", 3, rows, pairs, "some.jsonl", 0.9)
    assert int(np.abs(load_file(tmp_path / "evidence" / "tiny.safetensors")["weights"]).argmax()) == 2
    assert "pairs = 80" in (tmp_path / "evidence" / "tiny.toml").read_text(encoding="utf-8")
