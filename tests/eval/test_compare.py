from collections.abc import Mapping
from dataclasses import replace

import pytest

from eval.case import Case, Ratio
from eval.compare import Difference, compare, rows, to_text
from eval.goldset import GoldQuestion
from index.errors import BadInputError

ARTICLES = {"car.txt": "The car comes in 2028."}


def _case(name: str, answer: str | None, answerable: bool = True) -> Case:
    gold = GoldQuestion(
        id=name,
        article="car.txt",
        question=f"Question {name}?",
        answers=("2028",) if answerable else (),
        answers_all=(),
        evidence=("in 2028",) if answerable else (),
        category="any",
        history=(),
    )
    said = {"answer": answer or "The article does not say.", "refused": answer is None, "citations": []}
    return Case(gold, said)


BEFORE = [
    _case("a", "2028"),
    _case("b", "2030"),
    _case("c", None),
    _case("d", "blue", False),
    _case("e", "2028"),
]
AFTER = [
    _case("a", "2028"),
    _case("b", "2028"),
    _case("c", "2028"),
    _case("d", None, False),
    _case("e", None),
]


def _found(before: list[Case], after: list[Case]) -> dict[str, Difference]:
    return {one.metric: one for one in compare(before, after, ARTICLES).differences}


def test_right_or_wrong_is_compared_by_mcnemar() -> None:
    one = _found(BEFORE, AFTER)["correct"]
    assert (one.a.value, one.b.value, one.gap.value) == (2 / 4, 3 / 4, 1 / 4)
    assert [flip.id for flip in one.higher] == ["b", "c"]
    assert [flip.id for flip in one.lower] == ["e"]
    assert (one.test, one.p) == ("mcnemar", 1.0)  # 2 and 1 of 3: 2 * (1 + 3) / 8
    assert (one.higher[0].question, one.higher[0].a, one.higher[0].b) == ("Question b?", "2030", "2028")


def test_means_are_compared_by_permutation() -> None:
    one = _found(BEFORE, AFTER)["trust"]
    assert (one.a.value, one.b.value) == (0 / 5, 4 / 5)
    assert [flip.id for flip in one.higher] == ["b", "c", "d"]
    assert [flip.id for flip in one.lower] == ["e"]
    # Of +2 +1 +2 -1 with signs flipped, |sum| is 4 or more in 3 of 8 (all alike 6, one of the ones turned 4).
    assert (one.test, one.p) == ("permutation", 3 / 8)


def test_a_metric_whose_cases_depend_on_the_system_is_compared_by_permutation() -> None:
    one = _found(BEFORE, AFTER)["refusal_precision"]
    assert (one.a.value, one.b.value) == (0 / 1, 1 / 2)
    assert (one.test, one.gap.n) == ("permutation", 3)
    assert (one.higher, one.lower) == ((), ())  # no question was refused by both


def test_a_metric_without_cases_of_both_is_left_out() -> None:
    found = _found(BEFORE, AFTER)
    assert "citation_precision" not in found  # there are no citations
    assert "recall_at_1" in found


def test_p_values_are_corrected_for_their_number() -> None:
    for one in _found(BEFORE, AFTER).values():
        assert one.p <= one.p_holm <= 1


def test_only_shared_questions_are_compared_in_any_order() -> None:
    both = compare(BEFORE, [*reversed(AFTER), _case("f", "2028")], ARTICLES)
    assert both.differences == compare(BEFORE, AFTER, ARTICLES).differences
    assert (both.n, both.only_a, both.only_b) == (5, (), ("f",))
    assert compare(BEFORE, AFTER[:2], ARTICLES).only_a == ("c", "d", "e")


def test_the_other_way_round_is_the_mirror() -> None:
    there, back = _found(BEFORE, AFTER), _found(AFTER, BEFORE)
    for name, one in there.items():
        assert back[name].gap.value == -one.gap.value
        assert back[name].p == pytest.approx(one.p)
        assert [flip.id for flip in back[name].lower] == [flip.id for flip in one.higher]


def test_a_run_against_itself() -> None:
    for one in compare(BEFORE, BEFORE, ARTICLES).differences:
        assert (one.gap.value, one.gap.low, one.gap.high, one.p, one.higher, one.lower) == (
            0,
            0,
            0,
            1,
            (),
            (),
        )


def test_nothing_is_shared() -> None:
    nothing = compare(BEFORE[:1], AFTER[1:2], ARTICLES)
    assert (nothing.differences, nothing.n) == ((), 0)
    assert to_text(nothing).count("only in") == 2


def test_other_metrics_may_be_given() -> None:
    def length(case: Case, articles: Mapping[str, str]) -> Ratio | None:
        return Ratio(len(case.answer["answer"])) if case.answer else None

    (one,) = compare(BEFORE[:2], AFTER[:2], ARTICLES, {"length": length}).differences
    assert (one.metric, one.test, one.gap.value) == ("length", "permutation", 0)


def test_runs_of_two_gold_sets_are_refused() -> None:
    other = replace(AFTER[0], gold=replace(AFTER[0].gold, answers=("2029",)))
    with pytest.raises(BadInputError, match="question 'a' differs in the two runs; use the same gold set"):
        compare(BEFORE, [other], ARTICLES)


def test_a_question_twice_is_refused() -> None:
    with pytest.raises(BadInputError, match="question 'a' is in a run twice"):
        compare([*BEFORE, BEFORE[0]], AFTER, ARTICLES)


def test_the_table() -> None:
    head, first, *_ = rows(compare(BEFORE, AFTER, ARTICLES))
    assert head[:5] == ("metric", "n", "A", "B", "B - A")
    assert first[:5] == ("correct", "4", "0.500", "0.750", "+0.250")
    assert first[-2:] == ("2", "1")


def test_the_text_lists_what_changed() -> None:
    failed = Case(BEFORE[4].gold, None, "out of memory")
    text = to_text(compare(BEFORE, [*AFTER[:4], failed], ARTICLES))
    table, higher, lower = text.split("\n\n")
    assert len({len(line) for line in table.splitlines()}) == 1
    assert higher.splitlines()[:4] == [
        "trust higher in B (3)",
        "  b: Question b?",
        "    A: 2030",
        "    B: 2028",
    ]
    assert lower.splitlines()[-1] == "    B: failed: out of memory"
    assert "higher in B" not in to_text(compare(BEFORE, AFTER, ARTICLES), flips="none")
