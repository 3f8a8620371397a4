"""The sentences that an answer may rest on: those of the passages the model is shown."""

from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from functools import cached_property

from index.article import Article, Passage, Place
from rag.answer import Citation, Retrieved
from rag.words import content_keys, words


@dataclass(frozen=True)
class SourceSentence:
    """A sentence of an article.

    `relevance` is the best score of a passage that holds it (0 to 1), `before` the sentence before it in its
    paragraph, which often names what it speaks about.
    """

    article: str
    start: int
    end: int
    text: str
    relevance: float
    before: str = ""
    place: Place = Place(0)

    def cite(self, number: int) -> Citation:
        """The footnote of that number on this sentence."""
        return Citation(
            number, self.article, self.start, self.end, self.text, self.place.page, self.place.section
        )

    @property
    def is_heading(self) -> bool:
        """Whether it is the heading of its section, which by itself states nothing."""
        return self.text == self.place.section

    @cached_property
    def keys(self) -> frozenset[str]:
        """The words of the sentence in the form in which words are compared."""
        return frozenset(word.key for word in words(self.text))

    @cached_property
    def content(self) -> frozenset[str]:
        """Those that carry content."""
        return content_keys(self.text)


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
            _before(article, number),
            article.place(sentence.start),
        )
        for article, first, last in spans
        for number, sentence in enumerate(article.sentences[first:last], first)
    )


def _before(article: Article, number: int) -> str:
    if not number or article.sentences[number - 1].paragraph != article.sentences[number].paragraph:
        return ""
    return article.text[article.sentences[number - 1].start : article.sentences[number - 1].end]


def excerpts(passages: Iterable[Passage], articles: Mapping[str, Article]) -> list[tuple[Article, int, int]]:
    """Passages with a sentence of context on each side, as ranges by place; what meets is joined."""
    ranges: list[tuple[Article, int, int]] = []
    for passage in sorted(passages, key=lambda p: (p.article, p.first)):
        article = articles[passage.article]
        first, last = max(passage.first - 1, 0), min(passage.last + 1, len(article.sentences))
        if ranges and ranges[-1][0] is article and first <= ranges[-1][2]:
            ranges[-1] = (article, ranges[-1][1], max(last, ranges[-1][2]))
        else:
            ranges.append((article, first, last))
    return ranges
