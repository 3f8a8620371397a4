"""Finds the passages that a question is about: meaning (dense vectors) and words (BM25) together."""

from typing import TYPE_CHECKING

from index.embedding import Embedder
from index.store import Index
from rag.answer import Retrieved

if TYPE_CHECKING:
    import numpy as np
    from numpy.typing import NDArray

DENSE_WEIGHT = 0.5
"""Share of the dense score in the fused one (a convex combination, after Bruch et al. 2022)."""

_POOL = 50
"""Passages that each half puts forward."""


class Retriever:
    """Searches one index."""

    def __init__(self, index: Index, embedder: Embedder, dense_weight: float = DENSE_WEIGHT) -> None:
        """Remembers its parts.

        Args:
            index: What is searched.
            embedder: The one that the index was built with.
            dense_weight: 1 searches by meaning alone, 0 by words alone.
        """
        self._index = index
        self._embedder = embedder
        self._dense_weight = dense_weight

    def retrieve(self, question: str, k: int = 10, article: str | None = None) -> tuple[Retrieved, ...]:
        """The k best passages, best first; of one article alone when it is named."""
        rows = self._index.rows(article)
        dense = self._dense(question, rows)
        lexical = self._lexical(question, rows)
        top = max(lexical.values(), default=0.0)
        found = []
        for row in dense.keys() | lexical.keys():
            words = lexical.get(row, 0.0)
            meaning = dense.get(row, 0.0)
            share = words / top if top > 0 else 0.0
            fused = self._dense_weight * max(meaning, 0.0) + (1 - self._dense_weight) * share
            found.append(Retrieved(self._index.passages[row], fused, meaning, words))
        found.sort(key=lambda r: (-r.score, r.passage.article, r.passage.start))
        return tuple(found[:k])

    def _dense(self, question: str, rows: range) -> dict[int, float]:
        vector: NDArray[np.float32] = self._embedder.encode([question])
        scores, found = self._index.dense.search(vector, _POOL, rows)
        return {int(row): float(score) for row, score in zip(found[0], scores[0], strict=True)}

    def _lexical(self, question: str, rows: range) -> dict[int, float]:
        scores = self._index.lexical.scores(question, rows)
        best = scores.argsort()[::-1][:_POOL]
        return {rows.start + int(at): float(scores[at]) for at in best if scores[at] > 0}
