"""Word scores: what they find, and that files keep them."""

import numpy as np
import pytest
from hypothesis import given
from hypothesis import strategies as st

from index.lexical import FILES, LexicalStore, words

TEXTS = ["Renault 5 is built in Douai.", "The Fiesta arrives in 2028.", "Nothing else."]


def test_words_are_stemmed_and_numbers_kept() -> None:
    assert words(["Renault's platforms, 5!"]) == [["renault", "s", "platform", "5"]]


def test_the_passage_with_the_words_scores_most() -> None:
    store = LexicalStore.of(TEXTS)
    assert store.scores("When will the Fiestas arrive?").argmax() == 1
    assert store.scores("renault 5").argmax() == 0
    assert store.scores("5", range(1, 3)).tolist() == [0, 0]
    assert store.scores("zebra").tolist() == store.scores("").tolist() == [0, 0, 0]


@given(
    st.lists(st.text(st.characters(exclude_categories=["Cs"]), max_size=30), min_size=1), st.text(max_size=30)
)
def test_files_make_the_same_store(texts: list[str], question: str) -> None:
    store = LexicalStore.of(texts)
    files = store.to_files()
    assert set(files) == set(FILES)
    again = LexicalStore.from_files(files, len(texts))
    np.testing.assert_array_equal(store.scores(question), again.scores(question))
    assert len(again) == len(texts) == len(again.scores(question))


@given(
    st.lists(st.lists(st.sampled_from(["pump", "pier", "tram"]), max_size=4).map(" ".join), min_size=1),
    st.integers(1, 12),
    st.data(),
)
def test_search_finds_what_sorting_all_scores_finds(texts: list[str], k: int, data: st.DataObject) -> None:
    store = LexicalStore.of(texts)
    start = data.draw(st.integers(0, len(texts)))
    within = range(start, data.draw(st.integers(start, len(texts))))
    every = store.scores("pump tram")
    expected = sorted((row for row in within if every[row] > 0), key=lambda row: (-every[row], row))[:k]
    scores, found = store.search("pump tram", k, within)
    assert found.tolist() == expected
    np.testing.assert_array_equal(scores, every[expected])
    assert (
        store.search("pump tram", k)[1].tolist()
        == store.search("pump tram", k, range(len(texts)))[1].tolist()
    )


def test_files_that_do_not_belong_together_are_refused() -> None:
    files = LexicalStore.of(TEXTS).to_files()
    with pytest.raises(ValueError, match="belong together"):
        LexicalStore.from_files(
            {**files, "bm25-indptr.npy": LexicalStore.of(["a"]).to_files()["bm25-indptr.npy"]}, 3
        )
