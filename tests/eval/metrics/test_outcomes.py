from collections.abc import Callable

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from eval.case import Case
from eval.metrics import METRICS

Make = Callable[..., Case]
Value = Callable[..., tuple[float, float] | None]

YEAR = {"answers": ["2028"], "evidence": ["in 2028"]}
COLOURS = {"answers_all": ["red", "blue"], "evidence": ["Red and blue"]}
RED = ("car.txt", 46, 49, None)
SHARED = (
    "correct",
    "correct_in_quote",
    "over_refusal",
    "refusal_recall",
    "refusal_precision",
    "hallucination",
    "trust",
)

ROWS: list[tuple[str, dict[str, object], tuple[int | None, ...]]] = [
    # what happened, the case, and a score for each of SHARED
    ("right", {"answer": "In 2028 [1].", **YEAR}, (1, 0, 0, None, None, 0, 1)),
    (
        "in the quote",
        {"answer": "Soon.", "cites": [("car.txt", 0, 22, None)], **YEAR},
        (0, 1, 0, None, None, 0, 1),
    ),
    ("wrong", {"answer": "In 2030.", **YEAR}, (0, 0, 0, None, None, 1, -1)),
    ("wrongly refused", {**YEAR}, (0, 0, 1, None, 0, 0, 0)),
    ("rightly refused", {}, (None, None, None, 1, 1, 0, 1)),
    ("invented", {"answer": "In 2028."}, (None, None, None, 0, None, 1, -1)),
    ("failed, answerable", {"failed": True, **YEAR}, (0, 0, 0, None, None, 0, 0)),
    ("failed, unanswerable", {"failed": True}, (None, None, None, 0, None, 0, 0)),
    ("each of all", {"answer": "Blue, or red.", **COLOURS}, (1, 0, 0, None, None, 0, 1)),
    ("one of all", {"answer": "Blue.", **COLOURS}, (0, 0, 0, None, None, 1, -1)),
    (
        "all in two parts",
        {"answer": "Blue", "cites": [("car.txt", 46, 49, None)], **COLOURS},
        (0, 1, 0, None, None, 0, 1),
    ),
]


@pytest.mark.parametrize(("case", "expected"), [row[1:] for row in ROWS], ids=[row[0] for row in ROWS])
def test_one_case(
    make: Make, value: Value, case: dict[str, object], expected: tuple[int | None, ...]
) -> None:
    got = [value(METRICS[name], [make(**case)]) for name in SHARED]
    assert got == [None if hits is None else (hits, 1) for hits in expected]


def test_a_whole_run(make: Make, value: Value) -> None:
    cases = [make(**row[1]) for row in ROWS]
    expected = {
        "correct": (2, 8),
        "correct_in_quote": (2, 8),
        "correct_or_in_quote": (4, 8),
        "over_refusal": (1, 8),
        "refusal_recall": (1, 3),
        "refusal_precision": (1, 2),
        "hallucination": (3, 11),
        "trust": (4 + 1 - 3, 11),  # four right answers and one right refusal, three hallucinations
    }
    assert {name: value(METRICS[name], cases) for name in expected} == expected


def test_answers_and_answers_all_together(make: Make, value: Value) -> None:
    both = {"answers": ["2028", "soon"], **COLOURS}
    cases = [make(answer, **both) for answer in ("Soon: red, blue", "Red, blue", "2028 red")]
    assert value(METRICS["correct"], cases) == (1, 3)


def test_a_bare_number_may_match_a_marker(make: Make, value: Value) -> None:
    assert value(METRICS["correct"], [make("Two [1].", answers=["1"], evidence=["x"])]) == (1, 1)


def test_no_score_without_an_eligible_case(make: Make, value: Value) -> None:
    assert value(METRICS["correct"], [make()]) is None
    assert value(METRICS["refusal_recall"], [make(**YEAR)]) is None
    assert value(METRICS["refusal_precision"], [make("2028", **YEAR)]) is None


@settings(deadline=None)
@given(rows=st.lists(st.sampled_from([row[1] for row in ROWS]), min_size=1, max_size=12))
def test_the_parts_add_up(make: Make, value: Value, rows: list[dict[str, object]]) -> None:
    cases = [make(**row) for row in rows]
    hits = {name: (value(METRICS[name], cases) or (0, 0))[0] for name in METRICS}
    assert hits["correct"] + hits["correct_in_quote"] == hits["correct_or_in_quote"]
    assert hits["trust"] == hits["correct_or_in_quote"] + hits["refusal_recall"] - hits["hallucination"]
    assert hits["refusal_precision"] == hits["refusal_recall"]


@settings(deadline=None)
@given(rows=st.lists(st.sampled_from([row[1] for row in ROWS]), min_size=1, max_size=12))
def test_every_metric_keeps_to_its_scale(make: Make, value: Value, rows: list[dict[str, object]]) -> None:
    cases = [make(**row) for row in rows]
    for name, score in METRICS.items():
        hits, of = value(score, cases) or (0.0, 1.0)
        assert (-1 if name == "trust" else 0) <= hits / of <= 1, name
