"""Small real stand-ins for the models."""

import hashlib
import re
from collections.abc import Sequence

import numpy as np

from index.embedding import Vectors


class HashingEmbedder:
    """Hashes words into buckets: the more words two texts share, the nearer their vectors."""

    def __init__(self, dimension: int = 64, name: str = "hashing") -> None:
        self.name = name
        self.dimension = dimension
        self.fingerprint = hashlib.sha256(f"{name} {dimension}".encode()).hexdigest()
        self.encoded: list[str] = []

    def encode(self, texts: Sequence[str]) -> Vectors:
        """One row of length 1 for each text."""
        self.encoded.extend(texts)
        return np.stack([self._vector(text) for text in texts]) if texts else self._nothing()

    def _vector(self, text: str) -> Vectors:
        vector = np.zeros(self.dimension, np.float32)
        for word in re.findall(r"\w+", text.lower()) or [text]:
            digest = hashlib.sha256(word.encode("utf-8", "surrogatepass")).digest()
            vector[int.from_bytes(digest[:4], "big") % self.dimension] += 1 if digest[4] % 2 else -1
        length = np.linalg.norm(vector)
        return vector / length if length else np.eye(1, self.dimension, dtype=np.float32)[0]

    def _nothing(self) -> Vectors:
        return np.empty((0, self.dimension), np.float32)
