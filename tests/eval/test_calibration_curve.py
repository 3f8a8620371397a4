from random import Random
from typing import Any

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from eval.calibration_curve import BestThreshold, Bin, CurvePoint, calibration
from eval.case import Case
from eval.goldset import GoldQuestion

Row = tuple[float | None, str]  # the confidence, and what became of the question


def _case(confidence: float | None, what: str) -> Case:
    answerable = what in {"right", "wrong", "over-refused"}
    gold = GoldQuestion("q", None, "?", ("2028",) if answerable else (), (), (), "any", ())
    refused = what in {"refused", "over-refused"}
    said: dict[str, Any] = {"answer": "2028" if what == "right" else "x", "refused": refused, "citations": []}
    if confidence is not None:
        said["confidence"] = confidence
    return Case(gold, None if what == "failed" else said)


def _cases(*rows: Row) -> list[Case]:
    return [_case(*row) for row in rows]


RUN = _cases(
    (0.9, "right"), (0.8, "right"), (0.8, "wrong"), (0.6, "right"), (0.4, "invented"), (0.2, "refused")
)  # fmt: skip


def test_no_confidence_no_curve() -> None:
    assert calibration([]) is None
    assert calibration(_cases((None, "right"), (0.5, "failed"))) is None


def test_cases_without_a_confidence_are_left_out() -> None:
    assert calibration([*RUN, _case(None, "wrong"), _case(0.5, "failed")]) == calibration(RUN)


def test_the_curve() -> None:
    found = calibration(RUN)
    assert found is not None
    assert found.n == 6
    assert found.curve == (
        CurvePoint(0.9, 1 / 6, 0),
        CurvePoint(0.8, 3 / 6, 1 / 3),  # two answers are as sure as each other
        CurvePoint(0.6, 4 / 6, 1 / 4),
        CurvePoint(0.4, 5 / 6, 2 / 5),
    )
    assert found.aurc == pytest.approx((0 + 1 / 3 + 1 / 3 + 1 / 4 + 2 / 5) / 5)


def test_the_best_threshold() -> None:
    found = calibration(RUN)
    assert found is not None
    # As it is +1 +1 -1 +1 -1 +1 = 2; with the invented one refused 4; with one more refused 3.
    assert found.best.trust == 4 / 6
    assert 0.4 < found.best.threshold < 0.4001


def test_keeping_every_answer_may_be_best() -> None:
    found = calibration(_cases((0.1, "right"), (0.9, "wrong")))
    assert found is not None
    assert found.best == BestThreshold(0.0, 0.0)


def test_auc() -> None:
    found = calibration(_cases((0.9, "right"), (0.5, "over-refused"), (0.5, "refused"), (0.1, "invented")))
    assert found is not None
    assert found.auc == (1 + 1 + 0.5 + 1) / 4  # four pairs, one of them tied
    only = calibration(_cases((0.9, "right")))
    assert only is not None
    assert only.auc is None


def test_reliability() -> None:
    found = calibration(_cases((0.91, "right"), (1.0, "wrong"), (0.35, "wrong"), (0.05, "refused")))
    assert found is not None
    assert found.bins == (Bin(0.3, 0.4, 0.35, 0, 1), Bin(0.9, 1.0, (0.91 + 1.0) / 2, 0.5, 2))
    assert found.ece == pytest.approx((1 * 0.35 + 2 * (0.955 - 0.5)) / 3)


def test_only_refusals() -> None:
    found = calibration(_cases((0.2, "refused"), (0.3, "over-refused")))
    assert found is not None
    assert (found.curve, found.aurc, found.bins, found.ece) == ((), None, (), None)
    assert found.best == BestThreshold(0.0, 0.5)


def test_a_confidence_that_is_no_probability_is_an_error() -> None:
    with pytest.raises(ValueError, match=r"not 1\.5"):
        calibration(_cases((1.5, "right")))


def _random_rows() -> list[Row]:
    random = Random(0)
    kinds = ["right", "wrong", "over-refused", "refused", "invented"]
    return [(round(random.random(), 2), random.choice(kinds)) for _ in range(300)]


def test_the_area_under_the_receiver_curve_is_that_of_scikit_learn() -> None:
    from sklearn.metrics import roc_auc_score

    rows = _random_rows()
    found = calibration(_cases(*rows))
    assert found is not None
    truth = [what in {"right", "wrong", "over-refused"} for _, what in rows]
    assert found.auc == pytest.approx(roc_auc_score(truth, [confidence for confidence, _ in rows]))


def test_the_calibration_error_is_that_of_torchmetrics() -> None:
    import torch
    from torchmetrics.functional.classification import binary_calibration_error

    rows = [(confidence, what) for confidence, what in _random_rows() if "refused" not in what]
    rows = [(confidence, what) for confidence, what in rows if confidence is not None and confidence * 10 % 1]
    found = calibration(_cases(*rows))
    assert found is not None
    expected = binary_calibration_error(
        torch.tensor([confidence for confidence, _ in rows]),
        torch.tensor([int(what == "right") for _, what in rows]),
        n_bins=10,
    )
    assert found.ece == pytest.approx(float(expected), abs=1e-6)


kinds = st.sampled_from(["right", "wrong", "over-refused", "refused", "invented"])


@settings(deadline=None)
@given(st.lists(st.tuples(st.floats(0, 1), kinds), min_size=1, max_size=20))
def test_properties(rows: list[Row]) -> None:
    found = calibration(_cases(*rows))
    assert found is not None
    coverages = [point.coverage for point in found.curve]
    assert coverages == sorted(set(coverages))
    assert all(0 <= point.risk <= 1 for point in found.curve)
    assert sum(one.n for one in found.bins) == sum("refused" not in what for _, what in rows)
    assert found.ece is None or 0 <= found.ece <= 1
    trusts = [_trust_at(threshold, rows) for threshold in (found.best.threshold, 0.0, 0.25, 0.5, 0.75, 1.0)]
    assert found.best.trust == pytest.approx(max(trusts))
    assert found.best.trust == pytest.approx(trusts[0])


def _trust_at(threshold: float, rows: list[Row]) -> float:
    earned = {"right": 1, "wrong": -1, "invented": -1, "refused": 1, "over-refused": 0}
    below = {"right": 0, "wrong": 0, "invented": 1, "refused": 1, "over-refused": 0}
    return sum((earned if (sure or 0) >= threshold else below)[what] for sure, what in rows) / len(rows)
