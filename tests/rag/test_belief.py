import numpy as np
import pytest
from scripted import ScriptedGenerator

from rag import belief as module
from rag.belief import Probe, beliefs, probe_of
from rag.catalogue import catalogue
from rag.generator import Prompt

PROMPTS = [Prompt("Judge.", "Text: It is so.\n", "Is it?"), Prompt("Judge.", "Text: He left.\n", "Is it?")]


class ReadableGenerator(ScriptedGenerator):
    """Its state is the length of the context and the number of layers."""

    def states(
        self, prompts: list[Prompt], layers: int
    ) -> "np.ndarray[tuple[int, int], np.dtype[np.float32]]":
        return np.array([[len(prompt.context), layers] for prompt in prompts], np.float32)


def test_without_a_probe_the_words_yes_and_no_decide() -> None:
    generator = ScriptedGenerator("", evidence=2.5)
    assert beliefs(generator, PROMPTS) == pytest.approx([2.5, 2.5])
    assert beliefs(generator, []) == []


def test_a_probe_reads_the_state(monkeypatch: pytest.MonkeyPatch) -> None:
    probe = Probe(7, np.array([0.0, 1.0], np.float32), -2.0)
    monkeypatch.setattr(module, "probe_of", lambda _: probe)
    assert beliefs(ReadableGenerator(""), PROMPTS) == [5.0, 5.0]


def test_the_default_model_has_its_probe() -> None:
    probe = probe_of(catalogue().default)
    assert probe is not None
    assert probe.weights.shape == (2 * 1536,)
    assert 0 < probe.layers <= 28
    assert probe_of("no such model") is None
