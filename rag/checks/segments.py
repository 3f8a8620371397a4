"""Cuts sentences into the parts that belong to each of several values of one kind."""

import re
from collections.abc import Iterable, Sequence
from dataclasses import dataclass

from rag.checks.claim import plain
from rag.checks.moments import dates
from rag.checks.numbers import is_year
from rag.checks.quantities import quantities
from rag.words import content_keys

_CUTS = (
    re.compile(r"[;\n]"),
    re.compile(r",?\s+\b(?:while|whereas|but)\b", re.IGNORECASE),
    re.compile(r",?\s+\band\b|,\s+or\b", re.IGNORECASE),
    re.compile(r","),
    re.compile(r"\b(?:instead of|rather than|up from|down from|than)\b", re.IGNORECASE),
)
_CUTS_OF_NAMES = _CUTS[:3]
"""Commas do not part names: they make lists of those that share all that is said."""
_LEAD = 2
_CAPITAL = r"[A-ZÀ-ÖØ-Þ][\w.'-]*"
_NAME = re.compile(rf"{_CAPITAL}(?:\s+(?:(?:de|da|di|van|von|der|le|la|al|bin|of)\s+)*{_CAPITAL})+")
_ARTICLE = re.compile(
    r"^(?:The|A|An|This|That|In|On|At|By|For|Its|His|Her|Their|But|And|Under|After|Before)\s+"
)
_RESPECTIVELY = re.compile(r"\brespectively\b", re.IGNORECASE)
_ITEM = re.compile(r",\s*(?:and\s+)?|\s+and\s+|\s+&\s+")


@dataclass(frozen=True, slots=True)
class Anchor:
    """A value in a text: its kind, the form in which values are compared, and where it stands."""

    kind: str
    value: str
    start: int
    end: int


@dataclass(frozen=True, slots=True)
class Segment:
    """The part of a sentence that belongs to one value, and the words that carry content in it."""

    anchor: Anchor
    text: str
    keys: frozenset[str]

    @property
    def name(self) -> frozenset[str]:
        """The words of the value where it is a name."""
        return content_keys(self.anchor.value) if self.anchor.kind == "name" else frozenset()


def anchors(text: str) -> list[Anchor]:
    """The dates, amounts and names of several words in a text, in order."""
    text = plain(text)
    moments = [
        Anchor("date", str(sorted(map(str, one.parts))), one.start, one.start + len(one.text))
        for one in dates(text)
    ]
    found = moments.copy()
    for one in quantities(text):
        inside = any(moment.start <= one.start < moment.end for moment in moments)
        if inside or one.unit == "ordinal" or is_year(one) or one.text.casefold() == "one":
            continue
        found.append(Anchor(f"amount {one.unit}", str(one.scaled), one.start, one.end))
    for match in _NAME.finditer(text):
        name = _ARTICLE.sub("", match.group())
        if len(name.split()) > 1:
            found.append(Anchor("name", name.removesuffix("'s"), match.end() - len(name), match.end()))
    return sorted(found, key=lambda one: one.start)


def segments(text: str, kind: str) -> list[Segment]:
    """The parts of the sentences of a text that belong to each value of a kind."""
    return [part for sentence in plain(text).split("\n") for part in _cut(sentence, kind)]


def _cut(sentence: str, kind: str) -> list[Segment]:
    found = [one for one in anchors(sentence) if one.kind == kind]
    if not found:
        return []
    if len(found) > 1 and _RESPECTIVELY.search(sentence):
        return _in_order(sentence, found)
    values = _values(sentence, found)
    starts = [0]
    for one, after in zip(found, found[1:], strict=False):
        boundary = _boundary(sentence, one, after)
        if boundary is None:
            return []
        starts.append(boundary)
    ends = [*starts[1:], len(sentence)]
    return [
        _segment(one, sentence[start:end], values)
        for one, start, end in zip(found, starts, ends, strict=True)
    ]


def _boundary(sentence: str, one: Anchor, then: Anchor) -> int | None:
    """Where the part of the next value begins; None when the text does not tell."""
    for cut in _CUTS if one.kind != "name" else _CUTS_OF_NAMES:
        match = cut.search(sentence, one.end, then.start)
        if match and (one.kind != "name" or len(sentence[match.end() : then.start].split()) <= _LEAD):
            return match.start()
    return None


def _in_order(sentence: str, found: Sequence[Anchor]) -> list[Segment]:
    """The items of a list with "respectively", each with its value; none when the list is not understood."""
    match = _RESPECTIVELY.search(sentence)
    assert match is not None
    after = _items(sentence[found[-1].end : match.start()])
    before = _items(sentence[: found[0].start])
    items = after if len(after) == len(found) else before[-len(found) :]
    if len(items) != len(found):
        return []
    return [_segment(one, item, _values(sentence, found)) for one, item in zip(found, items, strict=True)]


def _items(text: str) -> list[str]:
    return [item for item in _ITEM.split(text) if item.strip()]


def _segment(anchor: Anchor, text: str, values: frozenset[str]) -> Segment:
    return Segment(anchor, text, content_keys(text) - values)


def _values(sentence: str, found: Iterable[Anchor]) -> frozenset[str]:
    """The words of the values themselves, names excepted."""
    written = [sentence[one.start : one.end] for one in found if one.kind != "name"]
    return frozenset[str]().union(*(content_keys(text) for text in written))
