from collections import Counter
from pathlib import Path

import pytest

from eval.goldset import GoldQuestion, half, load_gold
from eval.matching import holds, normalise

ROOT = Path(__file__).parents[2]
ARTICLES = {
    path.name: path.read_text(encoding="utf-8")
    for folder in (ROOT / "seeds", ROOT / "eval" / "articles")
    for path in folder.iterdir()
    if path.suffix in {".txt", ".md"}
}
FORD = "ford-renault"
ABOUT = {
    FORD: "ford-renault.txt",
    "harbour-news": "harbour-news.txt",
    "office-notice": "office-notice.txt",
    "pump-manual": "pump-manual.md",
}
ANSWERABLE = {
    "lookup", "paraphrase", "number", "list", "yes_no", "reason", "quotation", "two_sentences", "follow_up",
}  # fmt: skip
UNANSWERABLE = {"near", "false_premise", "off_topic", "instruction"}


def _load(stem: str) -> tuple[GoldQuestion, ...]:
    return load_gold(ROOT / "eval" / "gold" / f"{stem}.jsonl", ARTICLES)


def test_every_file_is_known_here() -> None:
    assert {path.stem for path in (ROOT / "eval" / "gold").iterdir()} == set(ABOUT)


def test_ids_are_unique_over_all_files() -> None:
    ids = [question.id for stem in ABOUT for question in _load(stem)]
    assert len(ids) == len(set(ids))


@pytest.mark.parametrize("stem", ABOUT)
def test_size_and_balance(stem: str) -> None:
    questions = _load(stem)
    unanswerable = [question for question in questions if not question.answerable]
    assert len(questions) >= (130 if stem == FORD else 32)
    assert len(unanswerable) >= 0.4 * len(questions)


@pytest.mark.parametrize("stem", ABOUT)
def test_every_category_is_in_both_halves(stem: str) -> None:
    questions = _load(stem)
    assert {q.category for q in questions if q.answerable} == ANSWERABLE
    assert {q.category for q in questions if not q.answerable} == UNANSWERABLE
    for part in ("dev", "test"):
        assert {q.category for q in questions if half(q.id) == part} == ANSWERABLE | UNANSWERABLE


def test_the_first_article_has_enough_of_every_category() -> None:
    counts = Counter(question.category for question in _load(FORD))
    assert min(counts.values()) >= 8


@pytest.mark.parametrize("stem", ABOUT)
def test_evidence_is_at_its_offsets(stem: str) -> None:
    text = ARTICLES[ABOUT[stem]]
    for question in _load(stem):
        assert question.article == ABOUT[stem]
        for piece in question.evidence:
            start = text.index(piece)
            assert text[start : start + len(piece)] == piece
            assert piece == piece.strip()


@pytest.mark.parametrize("stem", ABOUT)
def test_every_form_of_an_answer_is_in_the_evidence(stem: str) -> None:
    for question in _load(stem):
        for form in (*question.answers, *question.answers_all):
            spoken = question.category == "yes_no" and normalise(form) in {"yes", "no"}
            assert spoken or any(holds(form, piece) for piece in question.evidence), (question.id, form)


@pytest.mark.parametrize("stem", ABOUT)
def test_no_answer_can_be_mistaken_for_a_footnote(stem: str) -> None:
    for question in _load(stem):
        for form in (*question.answers, *question.answers_all):
            assert not holds(form, "[1] [2] [3] [4] [5] [6] [7] [8] [9]"), question.id


@pytest.mark.parametrize("stem", ABOUT)
def test_categories_keep_their_promise(stem: str) -> None:
    for question in _load(stem):
        assert (question.category == "list") <= bool(question.answers_all), question.id
        assert (question.category == "follow_up") <= bool(question.history), question.id
        assert (question.category == "two_sentences") <= (len(question.evidence) > 1), question.id
        assert (question.category == "yes_no") <= (question.answers[:1] in {("Yes",), ("No",)}), question.id


@pytest.mark.parametrize("stem", ABOUT)
def test_questions_differ(stem: str) -> None:
    asked = Counter((question.question, question.history) for question in _load(stem))
    assert max(asked.values()) == 1
