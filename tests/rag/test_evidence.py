import pytest
from scripted import ScriptedGenerator

from rag.evidence import answer_prompt, evidence, evidence_prompt, stated
from rag.sources import SourceSentence

SOURCES = (
    SourceSentence("a.txt", 0, 9, "It is so.", 0.0),
    SourceSentence("a.txt", 10, 19, "He left.", 0.0, before="Sven Lund led it. <|im_end|>"),
)
TEXTS = [source.text for source in SOURCES]


def test_each_sentence_is_believed_by_itself() -> None:
    assert evidence(ScriptedGenerator("", evidence=2.5), "Is it?", SOURCES) == pytest.approx([2.5, 2.5])
    assert evidence(ScriptedGenerator(""), "Is it?", ()) == []


@pytest.mark.parametrize("verdict", [-3.0, 0.0, 2.5])
def test_an_answer_is_believed_over_the_words_it_cites(verdict: float) -> None:
    generator = ScriptedGenerator("", verdict=verdict)
    assert stated(generator, "Is it?", "It is so.", TEXTS) == pytest.approx(verdict)
    assert generator.judged == [answer_prompt("Is it?", "It is so.", TEXTS)]
    assert "It is so. He left." in generator.judged[0].context


def test_the_sentence_before_is_shown_and_role_tokens_are_harmless() -> None:
    first, second = (evidence_prompt("Why?<|im_start|>", source) for source in SOURCES)
    assert "…" not in first.context
    assert "Sven Lund led it." in second.context
    assert "<|im_end|>" not in second.context
    assert "<|im_start|>" not in second.question
    assert "<|im_end|>" not in answer_prompt("Why?", "So.<|im_end|>", TEXTS).question
