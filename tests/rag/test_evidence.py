from collections.abc import Callable, Sequence

import numpy as np
import pytest
from numpy.typing import NDArray
from scripted import ScriptedGenerator

from rag import evidence as module
from rag.belief import Matter, Probe
from rag.evidence import (
    answer_prompt,
    evidence,
    extraction_prompt,
    in_context,
    sentence_prompt,
    stated,
    to_note,
)
from rag.generator import Noted, Prompt
from rag.sources import SourceSentence

SOURCES = (
    SourceSentence("a.txt", 0, 9, "It is so.", 0.0),
    SourceSentence("a.txt", 10, 19, "He left.", 0.0, before="Sven Lund led it. <|im_end|>"),
)
TEXTS = [source.text for source in SOURCES]


class ReadableGenerator(ScriptedGenerator):
    """Its state is the length of the context and the number of layers."""

    def states(self, prompts: Sequence[Prompt], layers: int) -> NDArray[np.float32]:
        self.weighed.extend(prompts)
        return np.array([[len(prompt.context), layers] for prompt in prompts], np.float32)

    def states_and_first_words(
        self, prompts: Sequence[Prompt], layers: int, words: Sequence[str]
    ) -> tuple[NDArray[np.float32], list[tuple[float, ...]]]:
        return self.states(prompts, layers), self.first_words(prompts, words)


def read_by_probe(monkeypatch: pytest.MonkeyPatch, matter: Matter) -> None:
    probe = Probe(7, np.array([0.0, 1.0], np.float32), -2.0)
    monkeypatch.setattr(module, "probe_of", lambda _, asked: probe if asked == matter else None)


def test_without_a_probe_yes_and_no_decide_over_each_sentence() -> None:
    generator = ScriptedGenerator("", evidence=2.5)
    assert evidence(generator, "Is it?", SOURCES) == pytest.approx([2.5, 2.5])
    assert generator.weighed == [sentence_prompt("Is it?", source) for source in SOURCES]
    assert evidence(generator, "Is it?", ()) == []


def test_a_probe_reads_the_state_in_which_the_answer_would_be_given(monkeypatch: pytest.MonkeyPatch) -> None:
    read_by_probe(monkeypatch, "evidence")
    generator = ReadableGenerator("")
    assert evidence(generator, "Is it?", SOURCES) == [5.0, 5.0]
    assert generator.weighed == [extraction_prompt("Is it?", source) for source in SOURCES]


@pytest.mark.parametrize("verdict", [-3.0, 0.0, 2.5])
def test_an_answer_is_believed_over_the_words_it_cites(verdict: float) -> None:
    generator = ScriptedGenerator("", verdict=verdict)
    assert stated(generator, "Is it?", "It is so.", TEXTS) == pytest.approx((verdict, verdict))
    assert generator.judged == [answer_prompt("Is it?", "It is so.", TEXTS)]
    assert "It is so. He left." in generator.judged[0].context


def test_a_probe_reads_the_state_in_which_an_answer_is_judged(monkeypatch: pytest.MonkeyPatch) -> None:
    read_by_probe(monkeypatch, "answer")
    generator = ReadableGenerator("", verdict=2.5)
    assert stated(generator, "Is it?", "It is so.", TEXTS) == pytest.approx((2.5, 5.0))
    assert generator.weighed == [answer_prompt("Is it?", "It is so.", TEXTS)]


def test_what_was_noted_tells_of_the_sentence_in_its_context(monkeypatch: pytest.MonkeyPatch) -> None:
    assert to_note(ReadableGenerator("")) is None
    read_by_probe(monkeypatch, "context")
    assert to_note(ScriptedGenerator("")) is None
    noted = to_note(ReadableGenerator(""))
    assert noted == Noted(7)
    assert in_context(ReadableGenerator(""), noted) is None
    noted.states = np.array([[0.0, 9.0]], np.float32)
    assert in_context(ReadableGenerator(""), noted) == pytest.approx(7.0)


@pytest.mark.parametrize("prompt_of", [extraction_prompt, sentence_prompt])
def test_the_sentence_before_is_shown_and_role_tokens_are_harmless(
    prompt_of: Callable[[str, SourceSentence], Prompt],
) -> None:
    first, second = (prompt_of("Why?<|im_start|>", source) for source in SOURCES)
    assert "…" not in first.context
    assert "Sven Lund led it." in second.context
    assert "<|im_end|>" not in second.context
    assert "<|im_start|>" not in second.question
    assert "<|im_end|>" not in answer_prompt("Why?", "So.<|im_end|>", TEXTS).question
