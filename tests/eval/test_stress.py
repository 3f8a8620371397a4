from pathlib import Path

import pytest
from conftest import ROOT
from fakes import HashingEmbedder

from eval.goldset import load_gold
from eval.indexes import temporary_index, texts_of
from eval.stress import (
    PLAIN,
    Condition,
    altered,
    changed_answers,
    stresses_of,
    with_distractors,
)
from index.errors import BadInputError
from index.home import shipped_seeds

ARTICLES = ROOT / "eval" / "articles"
GOLD = {
    "ford-renault": shipped_seeds(),
    "harbour-news": ARTICLES,
    "office-notice": ARTICLES,
    "pump-manual": ARTICLES,
}


def _plain(stem: str, embedder: HashingEmbedder) -> Condition:
    index = temporary_index([GOLD[stem]], embedder)
    gold = load_gold(ROOT / "eval" / "gold" / f"{stem}.jsonl", texts_of(index))
    return Condition(PLAIN, gold, index)


@pytest.mark.parametrize("stem", GOLD)
def test_every_shipped_question_survives_the_alteration(
    stem: str, tmp_path: Path, embedder: HashingEmbedder
) -> None:
    plain = _plain(stem, embedder)
    found = altered(plain, tmp_path / "altered", embedder)
    assert [question.id for question in found.questions] == [question.id for question in plain.questions]
    assert load_gold(tmp_path / "altered" / "gold.jsonl", found.articles) == found.questions
    for name, text in found.articles.items():
        assert (tmp_path / "altered" / "articles" / name).read_text(encoding="utf-8") == text
        assert text not in plain.articles.values()
    for before, after in zip(plain.questions, found.questions, strict=True):
        assert (before.category, before.answerable) == (after.category, after.answerable)
        assert all(piece in found.articles[after.article or ""] for piece in after.evidence)
    changed = changed_answers(plain.questions, found.questions)
    assert len(changed) >= 0.5 * sum(question.answerable for question in plain.questions)


def test_distractors_join_the_folder_and_no_article_is_named(
    tmp_path: Path, embedder: HashingEmbedder
) -> None:
    plain = _plain("ford-renault", embedder)
    found = with_distractors(plain, shipped_seeds(), embedder)
    assert set(found.articles) == {
        "ford-renault.txt",
        "harbour-news.txt",
        "office-notice.txt",
        "pump-manual.md",
    }
    assert found.questions == plain.questions
    assert not found.names_article


def test_an_article_is_no_distractor_of_its_own_copy(tmp_path: Path, embedder: HashingEmbedder) -> None:
    folder = tmp_path / "copy"
    folder.mkdir()
    (folder / "renamed.txt").write_bytes((shipped_seeds() / "ford-renault.txt").read_bytes())
    plain = Condition(PLAIN, (), temporary_index([folder], embedder))
    assert "ford-renault.txt" not in with_distractors(plain, folder, embedder).articles


def test_conditions_are_named_and_others_refused() -> None:
    assert stresses_of("altered, distractors") == ("distractors", "altered")
    assert stresses_of("") == ()
    with pytest.raises(BadInputError, match=r"'heat'.*distractors, altered"):
        stresses_of("heat")
