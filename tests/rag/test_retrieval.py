from pathlib import Path

import pytest
from conftest import ARTICLE
from fakes import HashingEmbedder

from index.build import build_index
from index.errors import BadInputError
from index.store import Index, open_index
from rag.retrieval import DENSE_WEIGHT, LEAST_TOP, Retriever


@pytest.fixture(scope="module")
def two(tmp_path_factory: pytest.TempPathFactory, embedder: HashingEmbedder) -> Index:
    folder: Path = tmp_path_factory.mktemp("two")
    (folder / "a.txt").write_text("Corvid makes pumps in Torvik.\nIts head is Sven Lund.\n", encoding="utf-8")
    (folder / "b.txt").write_text(
        "Ottermill makes pumps in Heron Bay.\nAda Brook leads it.\n", encoding="utf-8"
    )
    store = tmp_path_factory.mktemp("store")
    build_index([folder], store, embedder)
    return open_index(store, embedder.fingerprint)


def test_every_sentence_finds_itself_first(ford: Index, embedder: HashingEmbedder) -> None:
    retriever = Retriever(ford, embedder)
    for passage in ford.passages:
        assert retriever.retrieve(passage.text[:1500], k=3)[0].passage == passage


@pytest.mark.parametrize("weight", [0.0, 0.5, 1.0])
def test_scores_fall_and_stay_between_0_and_1(ford: Index, embedder: HashingEmbedder, weight: float) -> None:
    found = Retriever(ford, embedder, weight).retrieve("Which platform do the new Ford cars use?", k=50)
    scores = [one.score for one in found]
    assert scores == sorted(scores, reverse=True)
    assert all(0.0 <= score <= 1.0 + 1e-6 for score in scores)
    assert len({one.passage.id for one in found}) == len(found)


def test_a_named_article_is_searched_alone(two: Index, embedder: HashingEmbedder) -> None:
    retriever = Retriever(two, embedder)
    assert {one.passage.article for one in retriever.retrieve("Who makes pumps?")} == {"a.txt", "b.txt"}
    assert {one.passage.article for one in retriever.retrieve("Who makes pumps?", article="b.txt")} == {
        "b.txt"
    }
    with pytest.raises(BadInputError, match=r"c\.txt"):
        retriever.retrieve("Who makes pumps?", article="c.txt")


def test_a_question_without_a_known_word_still_has_a_ranking(ford: Index, embedder: HashingEmbedder) -> None:
    found = Retriever(ford, embedder).retrieve("zzzz qqqq", k=5)
    assert len(found) == 5
    assert all(one.lexical == 0.0 for one in found)
    assert found[0].passage.article == ARTICLE


def test_the_best_of_poor_matches_of_words_counts_as_little_as_it_is_worth(
    two: Index, embedder: HashingEmbedder
) -> None:
    retriever = Retriever(two, embedder, paragraph_weight=0.0)
    best, *_ = sorted(retriever.retrieve("Zzzz leads qqqq?"), key=lambda one: -one.lexical)
    assert 0.0 < best.lexical < LEAST_TOP
    words = best.lexical / LEAST_TOP
    assert best.score == pytest.approx(
        DENSE_WEIGHT * max(best.dense, 0.0) + (1 - DENSE_WEIGHT) * words, abs=1e-6
    )
