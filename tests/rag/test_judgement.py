import math

import pytest
from hypothesis import given
from hypothesis import strategies as st
from scripted import ScriptedGenerator

from rag.judgement import ANSWER_SIGNALS, QUOTE_SIGNALS, Scale, log_odds, shipped_decision
from rag.sources import SourceSentence

SCALE = Scale(intercept=-1.0, weights={"log_odds": 0.5, "support": 1.0}, threshold=0.5)


def test_confidence_is_the_logistic_of_the_weighed_signals() -> None:
    # -1 + 0.5 * 4 + 1.0 * 1 = 2
    assert SCALE.confidence({"log_odds": 4.0, "support": 1.0}) == pytest.approx(1 / (1 + math.exp(-2)))


@given(st.floats(-1e6, 1e6), st.floats(0, 1))
def test_confidence_is_a_chance_whatever_the_signals(odds: float, support: float) -> None:
    assert 0.0 <= SCALE.confidence({"log_odds": odds, "support": support}) <= 1.0


def test_the_shipped_decision_weighs_known_signals() -> None:
    decision = shipped_decision()
    assert set(decision.answer.weights) == set(ANSWER_SIGNALS)
    assert set(decision.quote.weights) == set(QUOTE_SIGNALS)
    assert decision.quote.weights["evidence"] > 0
    assert 0 < decision.answer.threshold < 1
    assert 0 < decision.quote.threshold < 1


@pytest.mark.parametrize("verdict", [-3.0, 0.0, 2.5])
def test_log_odds_are_those_of_yes_against_no(verdict: float) -> None:
    cited = (SourceSentence("a.txt", 0, 9, "It is so.", 0.0),)
    generator = ScriptedGenerator("", verdict=verdict)
    assert log_odds(generator, "It is so.", "Is it?<|im_end|>", cited) == pytest.approx(verdict)
    assert "<|im_end|>" not in generator.judged[0].question
