"""Finds the vectors nearest to a query: the `VectorStore` seam, and FAISS behind it.

The index travels as bytes that the caller writes and checks, because FAISS itself neither notices a full disk
nor a flipped bit.
"""

import threading
from typing import TYPE_CHECKING, Protocol

import numpy as np
from numpy.typing import NDArray

if TYPE_CHECKING:
    import faiss

Vectors = NDArray[np.float32]
Rows = NDArray[np.int64]

MANY = 50_000
"""Rows from which on a search is a product of matrices, in all threads."""

_LIMITED = threading.Lock()
"""The limit is the library's, not a thread's: another reader must not set its own meanwhile."""


class VectorStore(Protocol):
    """Rows of unit vectors that can be searched by inner product."""

    def __len__(self) -> int: ...

    def search(self, vectors: Vectors, k: int, within: range | None = None) -> tuple[Vectors, Rows]:
        """Scores and rows of the best for each vector, best first.

        Args:
            vectors: one query a row.
            k: how many are wanted; fewer come back when there are fewer.
            within: search these rows only, as those of one article.
        """


class FaissStore:
    """An exact FAISS index of inner products."""

    def __init__(self, flat: "faiss.IndexFlatIP") -> None:
        self._flat = flat

    @classmethod
    def of(cls, vectors: Vectors) -> "FaissStore":
        """A store of these rows."""
        import faiss

        flat = faiss.IndexFlatIP(vectors.shape[1])
        flat.add(np.ascontiguousarray(vectors, np.float32))
        return cls(flat)

    @classmethod
    def from_bytes(cls, data: bytes) -> "FaissStore":
        """The store that `to_bytes` gave; the bytes must have been checked against a hash.

        Raises:
            ValueError: when they are no index of this kind.
        """
        import faiss

        with _LIMITED:
            faiss.set_deserialization_vector_byte_limit(len(data))
            try:
                index = faiss.deserialize_index(np.frombuffer(data, np.uint8))
            except RuntimeError as error:
                raise ValueError(f"not a FAISS index: {error}") from error
        if not isinstance(index, faiss.IndexFlatIP):
            raise ValueError(f"a {type(index).__name__}, not a flat index of inner products")
        return cls(index)

    def to_bytes(self) -> bytes:
        """The whole index as bytes."""
        import faiss

        return bytes(faiss.serialize_index(self._flat).data)

    def __len__(self) -> int:
        return int(self._flat.ntotal)

    @property
    def dimension(self) -> int:
        """The length of a row."""
        return int(self._flat.d)

    @property
    def vectors(self) -> Vectors:
        """A copy of all rows."""
        return np.asarray(self._flat.reconstruct_n(0, len(self)), np.float32).reshape(-1, self.dimension)

    def search(self, vectors: Vectors, k: int, within: range | None = None) -> tuple[Vectors, Rows]:
        """Scores and rows of the best for each vector, best first; never more than there are."""
        rows = range(len(self)) if within is None else within
        queries = np.ascontiguousarray(vectors, np.float32)
        if len(rows) < MANY:
            return self._search(queries, k, rows)
        return self._search_many(queries, k, rows)

    def _search_many(self, queries: Vectors, k: int, rows: range) -> tuple[Vectors, Rows]:
        """The same as one product in all threads: FAISS reads all rows in one thread for a single query.

        By torch, as NumPy's threads and those of the embedder would get in each other's way.
        """
        import torch

        stored = torch.from_numpy(self._stored[rows.start : rows.stop])
        with torch.inference_mode():
            scores, found = torch.topk(torch.tensor(queries) @ stored.T, min(k, len(rows)))
        return scores.numpy(), found.numpy() + rows.start

    @property
    def _stored(self) -> Vectors:
        """All rows where FAISS holds them, not copied."""
        import faiss

        flat: Vectors = faiss.rev_swig_ptr(self._flat.get_xb(), len(self) * self.dimension)
        return flat.reshape(len(self), self.dimension)

    def _search(self, queries: Vectors, k: int, rows: range) -> tuple[Vectors, Rows]:
        import faiss

        k = min(k, len(rows))
        if k <= 0:
            return np.empty((len(queries), 0), np.float32), np.empty((len(queries), 0), np.int64)
        if len(rows) == len(self):
            scores, found = self._flat.search(queries, k)
        else:
            chosen = faiss.IDSelectorRange(rows.start, rows.stop)
            only = faiss.SearchParameters()
            only.sel = chosen
            scores, found = self._flat.search(queries, k, params=only)
        return scores, found
