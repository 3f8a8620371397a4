"""Finds the passages that a question is about: meaning (dense vectors) and words (BM25) together."""

from typing import TYPE_CHECKING

from index.embedding import Embedder
from index.store import Index
from rag.answer import Retrieved

if TYPE_CHECKING:
    import numpy as np
    from numpy.typing import NDArray

DENSE_WEIGHT = 0.7
"""Share of the dense score in the fused one (a convex combination, after Bruch et al. 2022)."""

LEAST_TOP = 10.0
"""The least BM25 score that counts whole: where no passage has more, the best match of words is chance."""

PARAGRAPH_WEIGHT = 0.5
"""Weight of the best score in a passage's paragraph: evidence stands beside what the question names."""

_POOL = 50
"""Passages that each half puts forward."""


class Retriever:
    """Searches one index."""

    def __init__(
        self,
        index: Index,
        embedder: Embedder,
        dense_weight: float = DENSE_WEIGHT,
        paragraph_weight: float = PARAGRAPH_WEIGHT,
    ) -> None:
        """Remembers its parts.

        Args:
            index: What is searched.
            embedder: The one that the index was built with.
            dense_weight: 1 searches by meaning alone, 0 by words alone.
            paragraph_weight: 0 leaves a passage's paragraph out of account.
        """
        self._index = index
        self._embedder = embedder
        self._dense_weight = dense_weight
        self._paragraph_weight = paragraph_weight

    def retrieve(self, question: str, k: int = 10, article: str | None = None) -> tuple[Retrieved, ...]:
        """The k best passages, best first; of one article alone when it is named."""
        rows = self._index.rows(article)
        dense = self._dense(question, rows)
        lexical = self._lexical(question, rows)
        top = max([LEAST_TOP, *lexical.values()])
        fused = {
            row: self._dense_weight * max(dense.get(row, 0.0), 0.0)
            + (1 - self._dense_weight) * lexical.get(row, 0.0) / top
            for row in dense.keys() | lexical.keys()
        }
        scores = self._with_paragraphs(fused)
        best = sorted(scores, key=lambda row: (-scores[row], row))[:k]
        return tuple(
            Retrieved(self._index.passages[row], scores[row], dense.get(row, 0.0), lexical.get(row, 0.0))
            for row in best
        )

    def _with_paragraphs(self, fused: dict[int, float]) -> dict[int, float]:
        """The scores after each passage got its share of the best one in its paragraph, still 0 to 1."""
        places = {row: self._paragraph(row) for row in fused}
        best: dict[tuple[str, int], float] = {}
        for row, place in places.items():
            best[place] = max(best.get(place, 0.0), fused[row])
        share, whole = self._paragraph_weight, 1 + self._paragraph_weight
        return {row: (fused[row] + share * best[places[row]]) / whole for row in fused}

    def _paragraph(self, row: int) -> tuple[str, int]:
        passage = self._index.passages[row]
        return passage.article, self._index.articles[passage.article].sentences[passage.first].paragraph

    def _dense(self, question: str, rows: range) -> dict[int, float]:
        vector: NDArray[np.float32] = self._embedder.encode([question])
        scores, found = self._index.dense.search(vector, _POOL, rows)
        return {int(row): float(score) for row, score in zip(found[0], scores[0], strict=True)}

    def _lexical(self, question: str, rows: range) -> dict[int, float]:
        scores, found = self._index.lexical.search(question, _POOL, rows)
        return {int(row): float(score) for row, score in zip(found, scores, strict=True)}
