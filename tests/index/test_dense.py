"""FAISS gives what NumPy gives, and refuses what is no index."""

import faiss
import numpy as np
import pytest
from hypothesis import given
from hypothesis import strategies as st

from index import dense
from index.dense import FaissStore, Vectors


def unit_rows(seed: int, count: int, dimension: int) -> Vectors:
    rows = np.random.default_rng(seed).standard_normal((count, dimension)).astype(np.float32)
    return np.asarray(rows / np.linalg.norm(rows, axis=1, keepdims=True), np.float32)


@given(
    seed=st.integers(0, 1000),
    count=st.integers(1, 40),
    dimension=st.integers(1, 16),
    k=st.integers(0, 60),
    bounds=st.none() | st.tuples(st.integers(0, 40), st.integers(0, 40)),
    many=st.sampled_from([1, 20, 50_000]),
)
def test_the_result_is_that_of_brute_force(
    seed: int, count: int, dimension: int, k: int, bounds: tuple[int, int] | None, many: int
) -> None:
    vectors, queries = unit_rows(seed, count, dimension), unit_rows(seed + 1, 3, dimension)
    within = None if bounds is None else range(min(*bounds, count), min(max(bounds), count))
    rows = range(count) if within is None else within
    with pytest.MonkeyPatch.context() as patch:
        patch.setattr(dense, "MANY", many)
        scores, found = FaissStore.of(vectors).search(queries, k, within)
    assert scores.shape == found.shape == (3, min(k, len(rows)))
    exact = queries @ vectors.T
    for query in range(3):
        best = np.sort(exact[query, rows.start : rows.stop])[::-1][:k]
        np.testing.assert_allclose(scores[query], best, atol=1e-5)
        np.testing.assert_allclose(exact[query, found[query]], scores[query], atol=1e-5)
        assert set(found[query].tolist()) <= set(rows)
        assert len(set(found[query].tolist())) == len(found[query])


def test_bytes_make_the_same_store() -> None:
    vectors = unit_rows(0, 7, 5)
    store = FaissStore.from_bytes(FaissStore.of(vectors).to_bytes())
    assert (len(store), store.dimension) == (7, 5)
    np.testing.assert_array_equal(store.vectors, vectors)


def test_an_empty_store_finds_nothing() -> None:
    store = FaissStore.from_bytes(FaissStore.of(np.empty((0, 4), np.float32)).to_bytes())
    scores, found = store.search(unit_rows(0, 2, 4), 3)
    assert scores.shape == found.shape == (2, 0)
    assert store.vectors.shape == (0, 4)


def test_what_is_no_flat_index_is_refused() -> None:
    data = FaissStore.of(unit_rows(0, 7, 5)).to_bytes()
    for bad in (b"", b"junk", data[:-1], data[:20]):
        with pytest.raises(ValueError, match="not a FAISS index"):
            FaissStore.from_bytes(bad)
    other = bytes(faiss.serialize_index(faiss.IndexFlatL2(4)).data)
    with pytest.raises(ValueError, match="not a flat index"):
        FaissStore.from_bytes(other)
