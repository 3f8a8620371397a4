from collections.abc import Callable

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from eval.case import Case
from eval.metrics import METRICS

Make = Callable[..., Case]
Value = Callable[..., tuple[float, float] | None]


@pytest.mark.parametrize(
    ("answer", "answers", "exact", "f1"),
    [
        ("The car.", ["car"], 1, 1),  # articles, case and punctuation do not count
        ("car [1].", ["Car"], 1, 1),  # nor do markers
        ("a red car", ["red van"], 0, 0.5),  # 1 of 2 shared, both ways
        ("in 2028 [1], says Ford [2].", ["2028"], 0, 2 / 5),  # precision 1/4, recall 1
        ("red red blue", ["red blue"], 0, 4 / 5),  # precision 2/3, recall 1: "red" is shared once
        ("blue", ["red", "dark blue", "blue car paint"], 0, 2 / 3),  # the nearest of them
        ("green", ["red"], 0, 0),
        ("20,000", ["20000"], 1, 1),
        ("over-the-air", ["over the air"], 0, 0),  # SQuAD joins hyphened words: "overtheair"
        ("red", ["the", "red"], 1, 1),  # a gold answer of nothing but an article is dropped
        ("the", ["red"], 0, 0),  # nothing is left of the answer
        (None, ["red"], 0, 0),  # wrongly refused
        (None, [], 1, 1),  # rightly refused
        ("red", [], 0, 0),
        ("the!", [], 1, 1),  # an empty answer agrees with no answer
    ],
)
def test_one_case(
    make: Make, value: Value, answer: str | None, answers: list[str], exact: int, f1: float
) -> None:
    case = make(answer, answers=answers, evidence=answers)
    assert value(METRICS["exact_match"], [case]) == (exact, 1)
    assert value(METRICS["token_f1"], [case]) == pytest.approx((f1, 1))


def test_gold_answers_that_must_all_be_there_are_joined(make: Make, value: Value) -> None:
    cases = [
        make("Red, blue", answers_all=["red", "blue"], evidence=["x"]),  # 1
        make("red", answers_all=["red", "blue"], evidence=["x"]),  # precision 1, recall 1/2
        make("soon red", answers=["soon", "2028"], answers_all=["red"], evidence=["x"]),  # 1
    ]
    assert value(METRICS["exact_match"], cases) == (2, 3)
    assert value(METRICS["token_f1"], cases) == pytest.approx((1 + 2 / 3 + 1, 3))


@pytest.mark.parametrize("answers", [["red"], []])
def test_a_failure_is_not_an_empty_answer(make: Make, value: Value, answers: list[str]) -> None:
    case = make(answers=answers, evidence=answers, failed=True)
    assert value(METRICS["exact_match"], [case]) == (0, 1)
    assert value(METRICS["token_f1"], [case]) == (0, 1)


words = st.lists(st.sampled_from(["red", "Blue", "the", "car,", "in", "2028", "é", "[7]"]), max_size=6).map(
    " ".join
)


@settings(deadline=None)
@given(answer=words, gold=words, other=words)
def test_properties(make: Make, value: Value, answer: str, gold: str, other: str) -> None:
    def score(name: str, answers: list[str]) -> float:
        return (value(METRICS[name], [make(answer, answers=answers, evidence=["x"])]) or (0.0, 0.0))[0]

    exact, f1 = score("exact_match", [gold]), score("token_f1", [gold])
    assert 0 <= exact <= f1 <= 1  # an exact match shares every word
    both = [gold, other]
    assert score("exact_match", both) == max(score("exact_match", [one]) for one in both if _kept(one, both))
    assert score("token_f1", both) == max(score("token_f1", [one]) for one in both if _kept(one, both))


def _kept(gold: str, answers: list[str]) -> bool:
    def bare(text: str) -> bool:
        return not set(text.split()) <= {"the"}

    return bare(gold) or not any(map(bare, answers))
