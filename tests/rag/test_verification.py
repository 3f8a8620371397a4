import pytest
from scripted import ScriptedGenerator

from rag.judgement import Decision
from rag.sources import SourceSentence
from rag.verification import Verifier

SOURCES = (
    SourceSentence("a.txt", 0, 40, "Corvid makes 40 pumps a day in Torvik.", 0.0),
    SourceSentence("a.txt", 41, 80, "Sven Lund leads Corvid since 1999.", 0.0),
)
DECISION = Decision(intercept=0.0, weights={"log_odds": 1.0}, threshold=0.5)


@pytest.mark.parametrize(
    ("sentence", "odds", "problem"),
    [
        ("Corvid makes 40 pumps a day.", 4.0, None),
        ("Corvid makes 40 pumps a day.", -4.0, "doubtful"),
        ("Corvid makes 50 pumps a day.", 4.0, "unsupported"),
        ("Ada Brook leads Corvid.", 4.0, "unsupported"),
        ("Corvid was bought by a bank.", 4.0, "unsupported"),
    ],
)
def test_a_sentence_passes_only_all_checks(sentence: str, odds: float, problem: str | None) -> None:
    verdict = Verifier(ScriptedGenerator("", verdict=odds), DECISION).check(sentence, "What?", SOURCES, 0.5)
    assert verdict.problem == problem
    assert (verdict.confidence > 0.5) == (problem is None)


def test_the_model_is_asked_only_when_the_cheap_checks_pass() -> None:
    generator = ScriptedGenerator("")
    verifier = Verifier(generator, DECISION)
    verifier.check("Corvid makes 50 pumps a day.", "What?", SOURCES, 0.5)
    assert not generator.judged
    verifier.check("Corvid makes 40 pumps a day.", "What?", SOURCES, 0.5)
    assert len(generator.judged) == 1
