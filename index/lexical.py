"""Scores passages by the words they share with a question: BM25 over stemmed words."""

import io
import json
from collections.abc import Mapping, Sequence
from importlib.metadata import version
from typing import TYPE_CHECKING

import numpy as np
from numpy.typing import NDArray

from index.folding import american, unaccented
from index.manifest import FileName

if TYPE_CHECKING:
    import bm25s

Scores = NDArray[np.float32]
Rows = NDArray[np.int64]
VERSION = "3"
FILES: tuple[FileName, ...] = ("bm25-data.npy", "bm25-indices.npy", "bm25-indptr.npy", "bm25-words.json")
_ARRAYS = ("data", "indices", "indptr")
_WORD = r"(?u)\b\w+\b"
K1, B = 0.9, 0.4


def recipe() -> str:
    """What the word scores depend on; those of two recipes don't mix."""
    return f"{VERSION} bm25s-{version('bm25s')} pystemmer-{version('pystemmer')}"


def words(texts: Sequence[str]) -> list[list[str]]:
    """The stemmed words of each text in one spelling; common ones stay: measured better than without."""
    import bm25s
    import Stemmer

    stemmer = Stemmer.Stemmer("english")
    return bm25s.tokenize(  # type: ignore[no-any-return]
        [unaccented(text) for text in texts],
        token_pattern=_WORD,
        stopwords=None,
        stemmer=lambda unique: stemmer.stemWords([american(word) for word in unique]),
        return_ids=False,
        show_progress=False,
    )


class LexicalStore:
    """The word scores of all passages."""

    def __init__(self, bm25: "bm25s.BM25", size: int) -> None:
        self._bm25 = bm25
        self._size = size

    @classmethod
    def of(cls, texts: Sequence[str]) -> "LexicalStore":
        """The scores of these passages."""
        import bm25s

        bm25 = bm25s.BM25(k1=K1, b=B)
        found = words(texts)
        bm25.index(found if any(found) else [[""] for _ in texts], show_progress=False)
        return cls(bm25, len(texts))

    @classmethod
    def from_files(cls, files: Mapping[FileName, bytes], size: int) -> "LexicalStore":
        """The store that `to_files` gave.

        Raises:
            ValueError: when they are not its files.
        """
        import bm25s

        bm25 = bm25s.BM25(k1=K1, b=B)
        arrays = {
            part: np.load(io.BytesIO(files[name]), allow_pickle=False)
            for part, name in zip(_ARRAYS, FILES, strict=False)
        }
        bm25.scores = {**arrays, "num_docs": size}
        bm25.vocab_dict = json.loads(files[FILES[-1]])
        bm25.nonoccurrence_array = None
        if len(arrays["indptr"]) < len(bm25.vocab_dict):
            raise ValueError("the words and their scores don't belong together")
        return cls(bm25, size)

    def to_files(self) -> dict[FileName, bytes]:
        """The content of each of `FILES`."""
        contents: dict[FileName, bytes] = {}
        for part, name in zip(_ARRAYS, FILES, strict=False):
            buffer = io.BytesIO()
            np.save(buffer, self._bm25.scores[part], allow_pickle=False)
            contents[name] = buffer.getvalue()
        contents[FILES[-1]] = json.dumps(self._bm25.vocab_dict, ensure_ascii=False).encode()
        return contents

    def __len__(self) -> int:
        return self._size

    def scores(self, question: str, within: range | None = None) -> Scores:
        """The score of every passage, or of those rows only; 0 where no word is shared."""
        rows = slice(None) if within is None else slice(within.start, within.stop)
        known = [word for word in words([question])[0] if word and word in self._bm25.vocab_dict]
        if not known:
            return np.zeros(self._size, np.float32)[rows]
        return np.asarray(self._bm25.get_scores(known), np.float32)[rows]

    def search(self, question: str, k: int, within: range | None = None) -> tuple[Scores, Rows]:
        """Scores and rows of the k best passages that share a word, best first; of equal ones the earlier.

        Only these are sorted: to sort a hundred thousand scores takes longer than to compute them.
        """
        scores = self.scores(question, within)
        least = np.partition(scores, -k)[-k] if len(scores) > k else np.float32(0)
        there = np.flatnonzero((scores >= least) & (scores > 0))
        best = there[np.argsort(-scores[there], kind="stable")][:k]
        return scores[best], best + (within.start if within is not None else 0)
