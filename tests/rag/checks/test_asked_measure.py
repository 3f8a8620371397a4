import pytest

from rag.checks import CHECKS, Claim, failures
from rag.sources import SourceSentence


def _claim(sentence: str, question: str, source: str) -> Claim:
    return Claim(sentence, question, (SourceSentence("a.txt", 0, len(source), source, 0.5),))


@pytest.mark.parametrize(
    ("sentence", "question"),
    [
        ("It took 420 metres.", "How long did it take?"),
        ("It must stand for two hours.", "At what temperature must it stand?"),
    ],
)
def test_an_answer_in_another_measure_is_stopped(sentence: str, question: str) -> None:
    problem = CHECKS["asked_kind"](_claim(sentence, question, sentence))
    assert problem is not None
    assert problem.endswith(".")


@pytest.mark.parametrize(
    ("sentence", "question", "source"),
    [
        ("It took two years.", "How long did it take?", "It took two years."),
        ("It is 420 metres long.", "How long is the tunnel?", "It is 420 metres long."),
        ("Nothing for 3 days.", "How much does it cost?", "It costs nothing for 3 days, then £2."),
    ],
)
def test_an_answer_in_the_asked_measure_or_in_none_passes(sentence: str, question: str, source: str) -> None:
    assert failures(_claim(sentence, question, source)) == {}
