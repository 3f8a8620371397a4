from collections.abc import Sequence
from pathlib import Path

import numpy as np
import pytest
from numpy.typing import NDArray
from scripted import ScriptedGenerator

from eval import states
from eval.states import (
    direction,
    left_out_scores,
    provenance_of,
    read_states,
    readable_generator,
    with_correction,
    write_probe,
)
from rag.belief import Probe
from rag.generator import Prompt

PROMPTS = [Prompt("Judge.", "Text: It is so.", question) for question in ("Is it?", "Is it so?", "Why?")]


class CountingReader:
    """States that tell how long a prompt is; counts how many were asked for."""

    def __init__(self) -> None:
        self.read = 0

    def states(self, prompts: Sequence[Prompt], layers: int) -> NDArray[np.float32]:
        self.read += len(prompts)
        return np.array([[len(prompt.question), layers] for prompt in prompts], np.float32)


def world(count: int = 400) -> tuple[NDArray[np.float32], NDArray[np.bool_], list[str]]:
    """States whose third place tells right from wrong, over four articles."""
    rng = np.random.default_rng(0)
    rows = rng.normal(size=(count, 12)).astype(np.float32)
    right = rng.random(count) < 0.4
    rows[:, 2] += np.where(right, 3.0, -3.0)
    return rows, right, [f"{number % 4}.txt" for number in range(count)]


def learn(rows: NDArray[np.float32], right: NDArray[np.bool_]) -> Probe:
    return direction(rows, right, 3, 0.1)


def test_states_that_were_kept_are_not_read_again(tmp_path: Path) -> None:
    kept, reader = tmp_path / "states.safetensors", CountingReader()
    first = read_states(reader, PROMPTS[:2], 3, kept)
    every = read_states(reader, PROMPTS, 3, kept)
    assert reader.read == len(PROMPTS)
    np.testing.assert_array_equal(every[:2], first)
    np.testing.assert_array_equal(every, read_states(CountingReader(), PROMPTS, 3))
    read_states(reader, PROMPTS, 4, kept)
    assert reader.read == 2 * len(PROMPTS)


def test_only_a_generator_whose_states_can_be_read_is_taken(monkeypatch: pytest.MonkeyPatch) -> None:
    class Readable(ScriptedGenerator):
        states = states_and_first_words = ScriptedGenerator.first_words

    readable = Readable("")
    monkeypatch.setattr("rag.runtime.load_generator", lambda: readable)
    assert readable_generator() is readable
    monkeypatch.setattr("rag.runtime.load_generator", lambda: ScriptedGenerator(""))
    with pytest.raises(SystemExit, match="does not let its states be read"):
        readable_generator()


def test_the_direction_is_the_one_that_tells() -> None:
    rows, right, _ = world()
    probe = learn(rows, right)
    assert probe.layers == 3
    assert int(np.abs(probe.weights).argmax()) == 2
    scores = np.array(probe.scores(rows))
    assert scores[right].min() > scores[~right].max()


def test_left_out_scores_tell_what_is_there_and_no_more() -> None:
    from sklearn.metrics import roc_auc_score

    rows, right, articles = world()
    noise = np.random.default_rng(1).normal(size=rows.shape).astype(np.float32)
    assert roc_auc_score(right, left_out_scores(rows, right, articles, 4, learn)) > 0.97
    assert 0.4 < roc_auc_score(right, left_out_scores(noise, right, articles, 4, learn)) < 0.6


def test_what_is_written_is_what_is_read(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    from safetensors.numpy import load_file

    monkeypatch.setattr(states, "PROBES", tmp_path)
    probe = Probe(3, np.array([1.0, -2.0], np.float32), 0.5)
    write_probe("answer", "tiny", probe, {"answers": 80, "from": "some.jsonl"}, "a test")
    stored = load_file(tmp_path / "answer" / "tiny.safetensors")
    np.testing.assert_array_equal(stored["weights"], probe.weights)
    assert (stored["bias"][0], stored["layers"][0]) == (0.5, 3)
    told = (tmp_path / "answer" / "tiny.toml").read_text(encoding="utf-8")
    assert told == '# Written by a test.\nanswers = 80\nfrom = "some.jsonl"\n'
    assert provenance_of("answer", "tiny") == {"answers": 80, "from": "some.jsonl"}


def test_each_correction_is_told_after_the_one_before(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(states, "PROBES", tmp_path)
    probe = Probe(3, np.array([1.0, -2.0], np.float32), 0.5)
    write_probe("answer", "tiny", probe, {"pairs": 80}, "a test")
    for pairs in (5, 7):
        write_probe(
            "answer", "tiny", probe, with_correction(provenance_of("answer", "tiny"), {"pairs": pairs}), "it"
        )
    assert provenance_of("answer", "tiny") == {"pairs": 80, "corrections": [{"pairs": 5}, {"pairs": 7}]}
