"""Finds the headings of a plain text: lines that stand alone above what they name."""

import re
from collections.abc import Sequence

from index.article import Paragraph, Place
from index.paragraphs import paragraphs

_LONGEST = 70
_MOST_WORDS = 10
_BEGINS = re.compile(r"[A-Z\d§]")
_SAYS = re.compile(r"[^\W\d_]{2}")
_ENDS_OTHERWISE = re.compile(r"[.,;:!…\"”’')\]]\Z")
_ROW_OR_ITEM = re.compile(r"[^|]*\||[-*+•‣◦–>]\s")
_PROSE_ENDS = re.compile(r"[.:!?…][\"”’')\]]*\Z")
_BLANK_LINE = re.compile(r"\n[ \t\r]*\n")


def headings(text: str) -> tuple[Place, ...]:
    """A place for each heading: a short line after a blank one, without a full stop, above a text with one.

    What opens the text is its title, which heads no section and may state something: a headline.
    """
    found = tuple(paragraphs(text))
    titles = frozenset(number for number in range(1, len(found)) if _is_title(text, found, number))
    return tuple(
        Place(found[number].start, section=_text(text, found[number]))
        for number in sorted(titles)
        if _heads_prose(text, found, number, titles)
    )


def _is_title(text: str, found: Sequence[Paragraph], number: int) -> bool:
    """Whether a paragraph that is not the first looks like a heading by itself."""
    line = _text(text, found[number])
    return (
        len(line) <= _LONGEST
        and "\n" not in line
        and len(line.split()) <= _MOST_WORDS
        and bool(_BEGINS.match(line) and _SAYS.search(line))
        and not _ENDS_OTHERWISE.search(line)
        and not _ROW_OR_ITEM.match(line)
        and bool(_BLANK_LINE.search(text, found[number - 1].end, found[number].start))
    )


def _heads_prose(text: str, found: Sequence[Paragraph], number: int, titles: frozenset[int]) -> bool:
    """Whether prose follows, perhaps under a further heading."""
    below = number + 1
    if below in titles:
        below += 1
    return below < len(found) and bool(_PROSE_ENDS.search(_text(text, found[below])))


def _text(text: str, paragraph: Paragraph) -> str:
    return text[paragraph.start : paragraph.end]
