import math

import pytest
from hypothesis import given
from hypothesis import strategies as st

from rag.judgement import ANSWER_SIGNALS, QUOTE_SIGNALS, Bar, Scale, shipped_decision

SCALE = Scale(intercept=-1.0, weights={"stated": 0.5, "support": 1.0}, threshold=0.5)


def test_confidence_is_the_logistic_of_the_weighed_signals() -> None:
    # -1 + 0.5 * 4 + 1.0 * 1 = 2
    assert SCALE.confidence({"stated": 4.0, "support": 1.0}) == pytest.approx(1 / (1 + math.exp(-2)))


@given(st.floats(-1e6, 1e6), st.floats(0, 1))
def test_confidence_is_a_chance_whatever_the_signals(odds: float, support: float) -> None:
    assert 0.0 <= SCALE.confidence({"stated": odds, "support": support}) <= 1.0


def test_what_lacks_confidence_or_falls_under_a_floor_is_not_shown() -> None:
    floored = SCALE.model_copy(update={"least": {"stated": 2.0}})
    assert SCALE.allows({"stated": 1.0, "support": 1.0})
    assert not SCALE.allows({"stated": -1.0, "support": 1.0})
    assert floored.allows({"stated": 2.0, "support": 1.0})
    assert not floored.allows({"stated": 1.9, "support": 1.0})


def test_another_bar_may_be_lower() -> None:
    floored = SCALE.model_copy(update={"least": {"stated": 2.0}})
    lower = Bar(threshold=0.3, least={"stated": 0.0})
    assert not floored.allows({"stated": 0.0, "support": 0.2})
    assert floored.allows({"stated": 0.0, "support": 0.2}, lower)
    assert not floored.allows({"stated": -0.1, "support": 9.0}, lower)
    assert not floored.allows({"stated": 0.0, "support": 0.0}, lower)


def test_the_shipped_decision_weighs_known_signals() -> None:
    decision = shipped_decision()
    assert set(decision.answer.weights) == set(ANSWER_SIGNALS)
    assert set(decision.quote.weights) == set(QUOTE_SIGNALS)
    assert decision.quote.weights["evidence"] > 0
    assert 0 < decision.answer.threshold < 1
    assert 0 < decision.quote.threshold < 1
    assert decision.answer.unquoted is not None
    assert decision.answer.unquoted.threshold < decision.answer.threshold
