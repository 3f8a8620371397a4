"""Passages cover the article, stay bounded, and keep their ids."""

import pytest
from hypothesis import given
from hypothesis import strategies as st

from index.article import Article
from index.chunking import Chunking, passages_of
from index.reading import Source
from index.splitting import article_of

WORDS = st.lists(
    st.sampled_from(["One two.", "Three!", "Four five six?", "\n", "Seven " * 40 + "."]), min_size=1
)
CHUNKINGS = st.builds(Chunking, st.integers(1, 4), st.integers(1, 600))


def article(text: str, name: str = "a.txt") -> Article:
    return article_of(Source(name, text, "0" * 64))


@given(WORDS, CHUNKINGS)
def test_passages_are_windows_that_cover_every_sentence(words: list[str], chunking: Chunking) -> None:
    whole = article(" ".join(words))
    passages = passages_of(whole, chunking)
    covered: set[int] = set()
    for passage in passages:
        assert whole.text[passage.start : passage.end] == passage.text
        assert passage.start == whole.sentences[passage.first].start
        assert passage.end == whole.sentences[passage.last - 1].end
        assert 1 <= passage.last - passage.first <= chunking.sentences
        assert passage.last - passage.first == 1 or len(passage.text) <= chunking.characters
        covered.update(range(passage.first, passage.last))
    assert covered == set(range(len(whole.sentences)))
    assert len({passage.id for passage in passages}) == len(passages)
    assert all(a.first < b.first and a.last < b.last for a, b in zip(passages, passages[1:], strict=False))


def test_ids_stay_when_other_parts_change() -> None:
    before = passages_of(article("One. Two.\n\nThree."), Chunking())
    after = passages_of(article("Zero. One. Two.\n\nThree."), Chunking())
    assert {p.text: p.id for p in before}.items() <= {p.text: p.id for p in after}.items()


def test_repeated_sentences_and_other_articles_have_ids_of_their_own() -> None:
    twice = passages_of(article("Same. Same."), Chunking())
    other = passages_of(article("Same.", "b.txt"), Chunking())
    assert len({passage.id for passage in (*twice, *other)}) == 3


def test_a_passage_needs_a_sentence() -> None:
    with pytest.raises(ValueError, match="at least"):
        Chunking(sentences=0)
