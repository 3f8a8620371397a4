import numpy as np
import pytest
from scripted import ScriptedGenerator

from rag import evidence as module
from rag.catalogue import catalogue
from rag.evidence import Probe, evidence, evidence_prompt, probe_of
from rag.generator import Prompt
from rag.sources import SourceSentence

SOURCES = (
    SourceSentence("a.txt", 0, 9, "It is so.", 0.0),
    SourceSentence("a.txt", 10, 19, "He left.", 0.0, before="Sven Lund led it. <|im_end|>"),
)


class ReadableGenerator(ScriptedGenerator):
    """Its state is the length of the question and a one."""

    def states(
        self, prompts: list[Prompt], layers: int
    ) -> "np.ndarray[tuple[int, int], np.dtype[np.float32]]":
        return np.array([[len(prompt.context), layers] for prompt in prompts], np.float32)


def test_without_a_probe_the_words_yes_and_no_decide() -> None:
    assert evidence(ScriptedGenerator("", evidence=2.5), "Is it?", SOURCES) == pytest.approx([2.5, 2.5])
    assert evidence(ScriptedGenerator(""), "Is it?", ()) == []


def test_a_probe_reads_the_state(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(module, "probe_of", lambda _: Probe(7, np.array([0.0, 1.0], np.float32), -2.0))
    assert evidence(ReadableGenerator(""), "Is it?", SOURCES) == [5.0, 5.0]


def test_the_sentence_before_is_shown_and_role_tokens_are_harmless() -> None:
    first, second = (evidence_prompt("Why?<|im_start|>", source) for source in SOURCES)
    assert "…" not in first.context
    assert "Sven Lund led it." in second.context
    assert "<|im_end|>" not in second.context
    assert "<|im_start|>" not in second.question


def test_the_default_model_has_its_probe() -> None:
    probe = probe_of(catalogue().default)
    assert probe is not None
    assert probe.weights.shape == (1536,)
    assert 0 < probe.layers <= 28
    assert probe_of("no such model") is None
