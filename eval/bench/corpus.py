"""Texts of any size, made from the words of an article by a seeded generator."""

import random
import re
from collections.abc import Iterator, Sequence
from pathlib import Path

import numpy as np

from index.embedding import Embedder, Vectors

SEED = 20
_SENTENCES = 50
"""Of an article."""

_PARAGRAPH = 5
_SHORTEST, _LONGEST = 8, 24
"""Words of a sentence."""

_NEW_WORDS = 0.3
"""Share of words that are two joined: in a larger corpus other words are found too, as in one that grows."""


def sentences(text: str, seed: int = SEED) -> Iterator[str]:
    """Sentences without end, of the text's own words as often as it has them, and of some that are joined."""
    draw = random.Random(seed)
    words = re.findall(r"[a-z]{4,}", text.lower())
    while True:
        length = draw.randint(_SHORTEST, _LONGEST)
        chosen = [_word(words, draw) for _ in range(length)]
        yield f"{' '.join(chosen).capitalize()}."


def _word(words: Sequence[str], draw: random.Random) -> str:
    word = draw.choice(words)
    return word + draw.choice(words) if draw.random() < _NEW_WORDS else word


def write_corpus(folder: Path, text: str, passages: int) -> None:
    """Writes articles that are cut into so many passages."""
    source = sentences(text)
    for number, start in enumerate(range(0, passages, _SENTENCES)):
        article = paragraphs([next(source) for _ in range(min(_SENTENCES, passages - start))])
        (folder / f"synthetic-{number:05}.txt").write_text(article, encoding="utf-8")


def lengthened(text: str, words: int) -> str:
    """The text with made-up paragraphs after it, until it has so many words."""
    added: list[str] = []
    missing = words - len(text.split())
    source = sentences(text)
    while missing > 0:
        added.append(next(source))
        missing -= len(added[-1].split())
    return f"{text}\n\n{paragraphs(added)}" if added else text


def paragraphs(found: Sequence[str]) -> str:
    """The sentences as a text of short paragraphs."""
    groups = (found[start : start + _PARAGRAPH] for start in range(0, len(found), _PARAGRAPH))
    return "\n\n".join(" ".join(group) for group in groups)


class RandomVectors:
    """Stands in for an embedder where only the number of vectors matters; to search them takes as long."""

    def __init__(self, embedder: Embedder) -> None:
        """Takes the name and the dimension of the embedder that will encode the questions."""
        self.name = embedder.name
        self.fingerprint = embedder.fingerprint
        self.dimension = embedder.dimension
        self._draw = np.random.default_rng(SEED)

    def encode(self, texts: Sequence[str]) -> Vectors:
        """A random row of length 1 for each text."""
        rows = self._draw.standard_normal((len(texts), self.dimension), dtype=np.float32)
        return np.asarray(rows / np.linalg.norm(rows, axis=1, keepdims=True), np.float32)
