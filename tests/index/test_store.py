"""Opening an index: what it holds, and when it is refused."""

import hashlib
import json
import shutil
from pathlib import Path

import pytest
from fakes import HashingEmbedder
from hypothesis import given
from hypothesis import strategies as st

from index import generations, lexical
from index.article import Place
from index.build import build_index
from index.chunking import Chunking, passages_of
from index.errors import BadInputError, NotReadyError
from index.reading import Source
from index.splitting import article_of
from index.store import open_index, pack_articles, pack_passages, unpack_articles, unpack_passages


@pytest.fixture
def store(tmp_path: Path) -> Path:
    (tmp_path / "a.txt").write_text("One – is here. Two is there.\nThree.", encoding="utf-8")
    (tmp_path / "b.txt").write_text("Four is late.", encoding="utf-8")
    build_index([tmp_path], tmp_path / "store", HashingEmbedder())
    return tmp_path / "store"


def test_the_index_holds_articles_passages_and_both_stores(store: Path) -> None:
    index = open_index(store, HashingEmbedder().fingerprint)
    assert [passage.text for passage in index.passages] == [
        *["One – is here.", "Two is there.", "Three.", "Four is late."]
    ]
    for passage in index.passages:
        assert index.articles[passage.article].text[passage.start : passage.end] == passage.text
    assert (index.rows("a.txt"), index.rows("b.txt"), index.rows()) == (range(3), range(3, 4), range(4))
    _, rows = index.dense.search(HashingEmbedder().encode(["two there"]), 2, index.rows("a.txt"))
    assert rows[0, 0] == 1
    assert index.lexical.scores("late").argmax() == 3


def test_an_unknown_article_is_refused(store: Path) -> None:
    with pytest.raises(BadInputError, match=r"no article 'c\.txt' in the index; it has: a\.txt, b\.txt"):
        open_index(store).rows("c.txt")


def test_no_index_says_how_to_make_one(tmp_path: Path) -> None:
    with pytest.raises(NotReadyError, match=r"no index in '.*nowhere'; run `footnote index seeds`"):
        open_index(tmp_path / "nowhere", command="footnote index seeds")


def test_another_model_is_refused_with_both_fingerprints(store: Path) -> None:
    expected = HashingEmbedder().fingerprint
    with pytest.raises(NotReadyError, match=rf"{expected}\), but this one is other; run `footnote index`"):
        open_index(store, "other")


def test_other_word_scores_are_refused(store: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    known = lexical.VERSION
    monkeypatch.setattr(lexical, "VERSION", "99")
    with pytest.raises(NotReadyError, match=rf"word scores '{known} .*these are '99 .*run `footnote index`"):
        open_index(store)


def test_an_index_of_an_older_format_says_how_to_make_it_anew(store: Path) -> None:
    current = generations.load(store, "footnote index")
    fields = json.loads(current.manifest.to_bytes())
    del fields["recipe"]["reader"]
    data = json.dumps({**fields, "schema_version": 1}).encode()
    identity = hashlib.sha256(data).hexdigest()[:32]
    older = store / "generations" / identity
    shutil.copytree(store / "generations" / current.identity, older)
    (older / "manifest.json").write_bytes(data)
    (store / "CURRENT").write_text(f"{identity}\n", encoding="utf-8")
    with pytest.raises(
        NotReadyError, match=r"another version of Footnote\. Run `footnote index` to build it"
    ):
        open_index(store)
    build_index([store.parent], store, HashingEmbedder())
    assert len(open_index(store).passages) == 4


TEXTS = st.lists(st.text(st.characters(exclude_categories=["Cs"])), min_size=1, max_size=3)
PLACES = st.builds(Place, st.integers(0, 99), st.none() | st.integers(1, 9), st.none() | st.text("é|# "))


@given(TEXTS, st.lists(PLACES, max_size=3).map(tuple), st.integers(0, 9))
def test_packing_round_trips(texts: list[str], places: tuple[Place, ...], hidden: int) -> None:
    articles = tuple(
        article_of(Source(f"{n}.txt", text, "0" * 64, places, hidden)) for n, text in enumerate(texts)
    )
    passages = tuple(passage for article in articles for passage in passages_of(article, Chunking(2)))
    unpacked = unpack_articles(pack_articles(articles))
    assert tuple(unpacked.values()) == articles
    assert unpack_passages(pack_passages(passages), unpacked) == passages
