"""The sentences that an answer may rest on: those of the passages the model is shown."""

import re
from collections.abc import Iterable, Mapping
from dataclasses import dataclass, replace
from functools import cached_property

from index.article import Article, Passage, Place
from index.structure import Standing, Structure
from rag.answer import Citation, Retrieved
from rag.words import content_keys, words

_LONELY = re.compile(
    r"""
    “([^“”]*(?:“[^“”]*”[^“”]*)*) | ([^“”]*(?:“[^“”]*”[^“”]*)*)”
    | «\s*([^«»]*(?:«[^«»]*»[^«»]*)*) | ([^«»]*(?:«[^«»]*»[^«»]*)*)(?<!\s)\s*»
    | "([^"]*) | ([^"]*(?<![\d"]))"
    """,
    re.VERBOSE,
)
"""A text with a quotation mark without a partner at its edge; inches and single marks are none."""


@dataclass(frozen=True)
class SourceSentence:
    """A sentence of an article.

    `relevance` is the best score of a passage that holds it (0 to 1), `before` the sentence before it in its
    paragraph, which often names what it speaks about. `standing` tells what it stands under.
    """

    article: str
    start: int
    end: int
    text: str
    relevance: float
    before: str = ""
    place: Place = Place(0)
    standing: Standing | None = None

    @property
    def where(self) -> tuple[str, int]:
        """What tells it from all other sentences: its article, and the offset there."""
        return self.article, self.start

    @property
    def told(self) -> str:
        """What it says by itself: with the headings, the lead-in or the titles of columns above it."""
        return self.standing.told if self.standing else self.text

    @property
    def quoted(self) -> str:
        """What it says as an answer, on one line; an item or a row comes with what it stands under."""
        if self.standing and self.standing.listed:
            return " ".join(self.told.split())
        start, end = within_marks(self.text)
        return " ".join(self.text[start:end].split())

    def by_itself(self) -> "SourceSentence":
        """The same with all that it tells for its text."""
        return replace(self, text=self.told)

    def cite(self, number: int) -> Citation:
        """The footnote of that number on this sentence, without a quotation mark whose partner is outside."""
        place, standing = self.place, self.standing
        lead = standing.lead or None if standing and standing.listed else None
        first, last = within_marks(self.text)
        return Citation(
            number,
            self.article,
            self.start + first,
            self.start + last,
            self.text[first:last],
            place.page,
            place.section,
            lead,
        )

    @property
    def is_heading(self) -> bool:
        """Whether it is the heading of its section, which by itself states nothing."""
        return self.text == self.place.section

    @cached_property
    def keys(self) -> frozenset[str]:
        """The words of what it tells in the form in which words are compared."""
        return frozenset(word.key for word in words(self.told))

    @cached_property
    def content(self) -> frozenset[str]:
        """Those that carry content."""
        return content_keys(self.told)


def within_marks(text: str) -> tuple[int, int]:
    """Where a text begins and ends without a quotation mark at its edge whose partner lies outside.

    A sentence in the midst of somebody's speech begins or ends with such a one.
    """
    match = _LONELY.fullmatch(text)
    return match.span(match.lastindex or 0) if match else (0, len(text))


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
            structure.standing(number),
        )
        for article, first, last in spans
        for structure in (Structure(article),)
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
