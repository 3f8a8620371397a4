from pathlib import Path

import pytest

from eval.goldset import GoldQuestion, load_gold
from eval.train_answer_probe import read_answers
from index.splitting import split
from rag.conversation import Turn, stand_alone

EVAL = Path(__file__).parents[2] / "eval"
SETS = {
    "probe": (EVAL / "practice" / "probe.jsonl", EVAL / "practice" / "articles"),
    "decision": (EVAL / "practice" / "decision.jsonl", EVAL / "practice" / "articles"),
    "spare": (EVAL / "practice" / "spare.jsonl", EVAL / "practice" / "articles"),
    "dense": (EVAL / "practice" / "dense.jsonl", EVAL / "practice" / "articles"),
    "decision_dense": (EVAL / "practice" / "decision_dense.jsonl", EVAL / "practice" / "articles"),
    "structured": (EVAL / "practice" / "structured.jsonl", EVAL / "practice" / "articles"),
    "varied": (EVAL / "practice" / "varied.jsonl", EVAL / "practice" / "articles"),
    "spare_varied": (EVAL / "practice" / "spare_varied.jsonl", EVAL / "practice" / "articles"),
    "decision_structured": (EVAL / "practice" / "decision_structured.jsonl", EVAL / "practice" / "articles"),
    "first_time": (EVAL / "practice" / "first_time.jsonl", EVAL / "practice" / "articles"),
    "unseen": (EVAL / "unseen" / "gold.jsonl", EVAL / "unseen" / "articles"),
}
NEWER = {"structured", "varied", "spare_varied", "decision_structured", "first_time"}
"""Those whose articles have not all as many questions."""


def _load(name: str) -> tuple[GoldQuestion, ...]:
    gold, folder = SETS[name]
    return load_gold(gold, {path.name: path.read_text(encoding="utf-8") for path in folder.iterdir()})


@pytest.mark.parametrize("name", SETS)
def test_each_article_has_questions_with_and_without_an_answer(name: str) -> None:
    questions = _load(name)
    for article in {question.article for question in questions}:
        answerable = [question.answerable for question in questions if question.article == article]
        if name in NEWER:
            assert 20 <= len(answerable) <= 26
            assert 0.55 <= sum(answerable) / len(answerable) <= 0.7
        else:
            assert (sum(answerable), len(answerable)) == (15, 24)


def test_what_learns_from_one_set_has_not_seen_an_article_of_another() -> None:
    seen: set[str | None] = set()
    for name in SETS:
        articles = {question.article for question in _load(name)}
        assert not articles & seen
        seen |= articles


def test_every_article_has_questions() -> None:
    asked = {question.article for name in SETS for question in _load(name)}
    assert asked == {path.name for _, folder in SETS.values() for path in folder.iterdir()}


@pytest.mark.parametrize("name", ["dense", "decision_dense"])
def test_dense_articles_have_long_sentences(name: str) -> None:
    folder = SETS[name][1]
    names = {question.article for question in _load(name)}
    lengths = [
        sentence.end - sentence.start
        for name in names
        for sentence in split((folder / str(name)).read_text(encoding="utf-8"))[1]
    ]
    assert sum(length >= 180 for length in lengths) > len(lengths) / 2


def test_in_conversations_what_stands_alone_is_left_alone_and_much_of_the_rest_is_not() -> None:
    folder = EVAL / "practice" / "articles"
    texts = {path.name: path.read_text(encoding="utf-8") for path in folder.iterdir()}
    questions = load_gold(EVAL / "practice" / "conversations.jsonl", texts)
    changed = {
        category: [
            stand_alone(one.question, [Turn(turn.role, turn.content) for turn in one.history]) != one.question
            for one in questions
            if one.category == category
        ]
        for category in ("stands_alone", "follow_up")
    }
    assert sum(changed["stands_alone"]) <= len(changed["stands_alone"]) * 0.03
    assert sum(changed["follow_up"]) >= len(changed["follow_up"]) * 0.75


def test_of_the_questions_on_lists_half_are_answered_by_one_item() -> None:
    texts = {path.name: path.read_text(encoding="utf-8") for path in SETS["probe"][1].iterdir()}
    questions = load_gold(EVAL / "practice" / "lists.jsonl", texts)
    whole = [len(one.evidence) for one in questions if one.category == "whole_list"]
    single = [len(one.evidence) for one in questions if one.category == "one_item"]
    assert min(whole) > 1
    assert set(single) == {1}
    assert 0.5 < len(whole) / len(questions) < 0.6
    assert len(whole) + len(single) == len(questions)


def test_of_the_yes_or_no_questions_as_many_are_answered_yes_as_no() -> None:
    texts = {path.name: path.read_text(encoding="utf-8") for path in SETS["probe"][1].iterdir()}
    questions = load_gold(EVAL / "practice" / "polar.jsonl", texts)
    for article in {question.article for question in questions}:
        said = [question.answers[0] for question in questions if question.article == article]
        assert (said.count("yes"), said.count("no")) == (5, 5)


@pytest.mark.parametrize(
    ("name", "sets"),
    [("answers", {"probe", "dense"}), ("spare_answers", {"probe", "spare", "dense"})],
    ids=str,
)
def test_answers_are_on_the_articles_that_probes_may_learn_from(name: str, sets: set[str]) -> None:
    answers = read_answers(EVAL / "practice" / f"{name}.jsonl")
    allowed = {question.article for one in sets for question in _load(one)}
    assert {one.article for one in answers} <= allowed
    assert all((one.right is None) == (not one.evidence) and one.right != one.wrong for one in answers)
