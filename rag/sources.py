"""The sentences that an answer may rest on: those of the passages the model is shown."""

from collections.abc import Iterable
from dataclasses import dataclass
from functools import cached_property

from index.article import Article, Passage
from rag.answer import Retrieved
from rag.words import content_keys, numbers, words


@dataclass(frozen=True)
class SourceSentence:
    """A sentence of an article; `relevance` is the best score of a passage that holds it (0 to 1)."""

    article: str
    start: int
    end: int
    text: str
    relevance: float

    @cached_property
    def keys(self) -> frozenset[str]:
        """The words of the sentence in the form in which words are compared."""
        return frozenset(word.key for word in words(self.text))

    @cached_property
    def content(self) -> frozenset[str]:
        """Those that carry content."""
        return content_keys(self.text)

    @cached_property
    def numbers(self) -> frozenset[str]:
        """The numbers in it."""
        return numbers(self.text)


def sources_in(
    spans: Iterable[tuple[Article, int, int]], retrieved: Iterable[Retrieved]
) -> tuple[SourceSentence, ...]:
    """The sentences of the article ranges ``[first, last)``, in order, with their relevance."""
    best: dict[tuple[str, int], float] = {}
    for found in retrieved:
        for number in range(found.passage.first, found.passage.last):
            key = (found.passage.article, number)
            best[key] = max(best.get(key, 0.0), found.score)
    return tuple(
        SourceSentence(
            article.name,
            sentence.start,
            sentence.end,
            article.text[sentence.start : sentence.end],
            best.get((article.name, number), 0.0),
        )
        for article, first, last in spans
        for number, sentence in enumerate(article.sentences[first:last], first)
    )


def merge(passages: Iterable[Passage]) -> list[tuple[str, int, int]]:
    """Overlapping or touching passages joined into ranges of sentences, by article and place."""
    ranges: list[tuple[str, int, int]] = []
    for passage in sorted(passages, key=lambda p: (p.article, p.first)):
        if ranges and ranges[-1][0] == passage.article and passage.first <= ranges[-1][2]:
            article, first, last = ranges[-1]
            ranges[-1] = (article, first, max(last, passage.last))
        else:
            ranges.append((passage.article, passage.first, passage.last))
    return ranges
