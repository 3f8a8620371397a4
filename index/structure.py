"""What stands above a sentence and is needed to understand it: headings, lead-ins, titles of columns."""

import re
from bisect import bisect_right
from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass

from index.article import Article, Passage, Place
from index.paragraphs import cells

_ITEM = re.compile(r"(?:[-*+•‣◦–]|\d{1,3}[.)]|\(?[a-z]\))[ \t]+(?=\S)")
_NUMBERING = re.compile(r"\A(?:§ ?)?(?:\d{1,3}(?:\.\d{1,3})*[.):]?|[A-Z]\.)\s+(?=\S)")
_DELIMITER = re.compile(r"\n[ \t]*\|?[ \t]*:?-+:?[ \t]*\|[ \t|:-]*\n")
_DIGIT = re.compile(r"\d")
_EMPHASIS = "**"
_STOPS = ".!?"
_FARTHEST = 200
"""Paragraphs that are gone up at most: what is farther down in a list or table is read without."""

_LONGEST = 200
"""Characters of a lead-in, beyond which it is a text of its own."""


@dataclass(frozen=True, slots=True)
class Standing:
    """How a sentence stands in its article.

    `told` is what it says to someone who sees nothing else: after the headings and the line that introduces
    its list, a table's row with the title of each column. `lead` is what stands above it, empty when nothing
    does; `listed` whether it is an item of a list or a row of a table, and so no whole by itself.
    """

    told: str
    lead: str
    listed: bool


@dataclass(frozen=True, slots=True)
class _Part:
    """What a paragraph is; `indent` is how far an item of a list is moved in, None for what is no item."""

    indent: int | None
    is_heading: bool
    is_row: bool


class Structure:
    """Knows what each sentence of one article stands under."""

    def __init__(self, article: Article) -> None:
        """Looks at the headings; lists and tables are looked at when they are asked for."""
        self._article = article
        self._headings = dict(zip(article.places, _paths(article.places), strict=True))
        self._parts: dict[int, _Part] = {}

    def standing(self, number: int) -> Standing:
        """How the sentence of that number stands."""
        sentence = self._article.sentences[number]
        text = self._article.text[sentence.start : sentence.end]
        above = [*self._above(sentence.start, text), *self._lead_in(sentence.paragraph)]
        lead = unmarked(" – ".join(above)).replace(": – ", ": ")
        row = cells(text)
        titles = self._titles(sentence.paragraph, len(row)) if row else []
        listed = bool(row) or self._part(sentence.paragraph).indent is not None
        read = unmarked(_read_out(titles, row) or text) if listed else text
        joint = " " if lead[-1:] in (*_STOPS, ":") else ": "
        told = f"{lead}{joint}{read}" if lead else read
        shown = " – ".join(part for part in (lead, " | ".join(titles)) if part)
        return Standing(told, shown, listed)

    def _above(self, offset: int, text: str) -> Sequence[str]:
        """The headings above, the highest first; a heading does not stand under itself."""
        place = self._article.place(offset)
        path = self._headings.get(place, ())
        return path[:-1] if text == place.section else path

    def _lead_in(self, paragraph: int) -> list[str]:
        """For an item of a list the items that it is a part of, and the line that introduces them all."""
        indent = self._part(paragraph).indent
        found: list[str] = []
        above = paragraph
        while indent is not None and above and paragraph - above < _FARTHEST:
            above -= 1
            theirs = self._part(above)
            if theirs.is_heading:
                break
            if theirs.indent is None:
                line = self._last_sentence(above)
                if line[-1] not in _STOPS:
                    found.append(line)
                break
            if theirs.indent < indent:
                found.append(_ITEM.sub("", self._text(above), count=1))
                indent = theirs.indent
        return [line for line in reversed(found) if len(line) <= _LONGEST]

    def _part(self, paragraph: int) -> _Part:
        """What a paragraph is, looked at once: many items and rows go up past the same ones."""
        part = self._parts.get(paragraph)
        if part is None:
            start, text = self._start(paragraph), self._text(paragraph)
            is_item = _ITEM.match(self._article.text, start)
            indent = start - self._article.text.rfind("\n", 0, start) if is_item else None
            is_heading = text.strip("#= \t") == self._article.place(start).section
            part = self._parts[paragraph] = _Part(indent, is_heading, bool(cells(text)))
        return part

    def _titles(self, paragraph: int, columns: int) -> list[str]:
        """The titles of a table's columns; nothing for the row that holds them, or where none does."""
        first = paragraph
        while first and paragraph - first < _FARTHEST and self._part(first - 1).is_row:
            first -= 1
        titles = cells(self._text(first))
        if len(titles) == columns - 1:
            titles = ["", *titles]
        if first == paragraph or len(titles) != columns:
            return []
        marked = _DELIMITER.search(self._article.text, self._start(first), self._start(first + 1))
        numbered = _DIGIT.search(self._text(paragraph)) and not _DIGIT.search(self._text(first))
        return titles if marked or numbered else []

    def _last_sentence(self, paragraph: int) -> str:
        sentences = self._article.sentences
        last = sentences[bisect_right(sentences, paragraph, key=lambda one: one.paragraph) - 1]
        return self._article.text[last.start : last.end]

    def _start(self, paragraph: int) -> int:
        return self._article.paragraphs[paragraph].start

    def _text(self, paragraph: int) -> str:
        found = self._article.paragraphs[paragraph]
        return self._article.text[found.start : found.end]


def unmarked(text: str) -> str:
    """The text without the marks that set words in bold."""
    return text.replace(_EMPHASIS, "")


def searched_texts(passages: Sequence[Passage], articles: Mapping[str, Article]) -> list[str]:
    """The text by which each passage is found: with what its first sentence stands under."""
    structures = {name: Structure(article) for name, article in articles.items()}
    found = []
    for passage in passages:
        article = articles[passage.article]
        told = structures[passage.article].standing(passage.first).told
        found.append(told + article.text[article.sentences[passage.first].end : passage.end])
    return found


def _paths(places: Sequence[Place]) -> Iterator[tuple[str, ...]]:
    """For each place the headings that it stands under, the highest first, without their numbers.

    A heading without a level stands under no other; the title of it all heads no section.
    """
    title = _title(places)
    above: list[Place] = []
    for place in places:
        if place.section is None:
            above = []
        elif not above or place.section != above[-1].section:
            while above and not _is_higher(above[-1], place):
                above.pop()
            above.append(place)
        yield tuple(_unnumbered(one) for one in above if one != title)


def _title(places: Sequence[Place]) -> Place | None:
    """The first heading, where it alone has the highest level."""
    levels = [place.level for place in places if place.level is not None]
    if not levels or places[0].level != min(levels) or levels.count(min(levels)) > 1:
        return None
    return places[0]


def _is_higher(place: Place, other: Place) -> bool:
    return place.level is not None and other.level is not None and place.level < other.level


def _unnumbered(place: Place) -> str:
    return _NUMBERING.sub("", place.section or "")


def _read_out(titles: Sequence[str], row: Sequence[str]) -> str:
    """A row with the title of each column."""
    pairs = zip(titles or [""] * len(row), row, strict=True)
    return "; ".join(f"{title}: {cell}" if title else cell for title, cell in pairs if cell)
