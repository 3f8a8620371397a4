from collections import Counter

import pytest
from hypothesis import given
from hypothesis import strategies as st

from eval.goldset import GoldQuestion, half
from eval.selection import half_of, sample, select
from index.errors import BadInputError


def _questions(categories: list[str]) -> list[GoldQuestion]:
    return [
        GoldQuestion(f"q{number}", "a.txt", "?", (), (), (), category, ())
        for number, category in enumerate(categories)
    ]


@given(st.lists(st.sampled_from("abcd"), min_size=1, max_size=60), st.data())
def test_a_sample_is_fixed_nested_and_fair(categories: list[str], data: st.DataObject) -> None:
    questions = _questions(categories)
    size = data.draw(st.integers(1, len(questions)))
    chosen = sample(questions, size)
    assert len(chosen) == size
    assert chosen == sample(questions, size)
    assert set(chosen) <= set(sample(questions, size + 1))
    assert [question for question in questions if question in chosen] == list(chosen)
    total, drawn = Counter(categories), Counter(question.category for question in chosen)
    for category, count in total.items():
        assert abs(drawn[category] - count * size / len(questions)) <= 1.5


def test_halves_and_categories_are_picked_in_the_order_of_the_file() -> None:
    questions = _questions(list("abab" * 10))
    chosen = select(questions, "test", "b")
    assert chosen == tuple(q for q in questions if half(q.id) == "test" and q.category == "b")


def test_what_does_not_exist_is_refused_with_what_does() -> None:
    with pytest.raises(BadInputError, match=r"'c'.*a, b"):
        select(_questions(["a", "b"]), category="c")
    with pytest.raises(BadInputError, match=r"'third'.*dev or test"):
        half_of("third")
    alone = _questions(["a"])
    other = "dev" if half(alone[0].id) == "test" else "test"
    with pytest.raises(BadInputError, match="No question is left"):
        select(alone, half_of(other))
