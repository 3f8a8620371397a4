"""Cuts an article into passages: overlapping windows of consecutive sentences, the units of retrieval."""

import hashlib
from collections import Counter
from dataclasses import dataclass

from index.article import Article, Passage

VERSION = "2"


@dataclass(frozen=True, slots=True)
class Chunking:
    """How large a passage is; the default was chosen by measured recall of gold evidence."""

    sentences: int = 1
    characters: int = 1000

    def __post_init__(self) -> None:
        if self.sentences < 1 or self.characters < 1:
            raise ValueError(f"a passage needs a sentence and a character at least, not {self}")


def passages_of(article: Article, chunking: Chunking) -> tuple[Passage, ...]:
    """Windows in order, each starting one sentence later; one that adds no sentence is left out."""
    sentences = article.sentences
    seen: Counter[str] = Counter()
    found: list[Passage] = []
    reached = 0
    for first, sentence in enumerate(sentences):
        last = first + 1
        while (
            last < min(first + chunking.sentences, len(sentences))
            and sentences[last].end - sentence.start <= chunking.characters
        ):
            last += 1
        if last == reached:
            continue
        reached = last
        start, end = sentence.start, sentences[last - 1].end
        text = article.text[start:end]
        seen[text] += 1
        identity = passage_id(article.name, text, seen[text])
        found.append(Passage(identity, article.name, start, end, first, last, text))
    return tuple(found)


def passage_id(article: str, text: str, occurrence: int) -> str:
    """A content hash that stays the same while other parts of the folder change."""
    data = f"{article}\0{occurrence}\0{text}".encode()
    return hashlib.sha256(data).hexdigest()[:24]
