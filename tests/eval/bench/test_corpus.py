from itertools import islice
from pathlib import Path

import numpy as np
import pytest
from fakes import HashingEmbedder
from small_world import PIER

from eval.bench.corpus import RandomVectors, lengthened, sentences, write_corpus
from eval.indexes import index_of_text, temporary_index


@pytest.mark.parametrize("passages", [1, 49, 50, 51, 120])
def test_a_corpus_is_cut_into_as_many_passages_as_were_wanted(
    passages: int, tmp_path: Path, embedder: HashingEmbedder
) -> None:
    write_corpus(tmp_path, PIER, passages)
    assert len(temporary_index([tmp_path], RandomVectors(embedder)).passages) == passages


def test_the_same_seed_gives_the_same_sentences_and_another_gives_others() -> None:
    first = list(islice(sentences(PIER, 1), 20))
    assert list(islice(sentences(PIER, 1), 20)) == first
    assert list(islice(sentences(PIER, 2), 20)) != first
    assert len(set(first)) == 20


@pytest.mark.parametrize("words", [0, 40, 41, 500])
def test_a_text_is_lengthened_after_its_own_words(words: int, embedder: HashingEmbedder) -> None:
    found = lengthened(PIER, words)
    assert found.startswith(PIER)
    assert words <= len(found.split()) < max(words, len(PIER.split())) + 25
    assert index_of_text("a.txt", found, embedder).articles["a.txt"].text == found


def test_random_vectors_are_of_length_one_and_pass_for_the_embedder(embedder: HashingEmbedder) -> None:
    vectors = RandomVectors(embedder)
    rows = vectors.encode(["one", "two", "three"])
    assert (vectors.name, vectors.fingerprint) == (embedder.name, embedder.fingerprint)
    assert rows.shape == (3, embedder.dimension)
    assert np.allclose(np.linalg.norm(rows, axis=1), 1)
    assert not np.allclose(rows[0], rows[1])
