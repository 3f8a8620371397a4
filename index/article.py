"""The values that walk through Footnote: an article, its paragraphs and sentences, and passages of it.

Offsets count Unicode code points of the decoded text, and always hold: ``article.text[start:end]`` is the
text that a value stands for.
"""

from bisect import bisect_right
from dataclasses import dataclass


@dataclass(frozen=True, slots=True)
class Paragraph:
    """A run of text between line breaks or blank lines, without the white space around it."""

    start: int
    end: int


@dataclass(frozen=True, slots=True)
class Sentence:
    """One sentence of a paragraph, without the white space around it."""

    start: int
    end: int
    paragraph: int


@dataclass(frozen=True, slots=True)
class Place:
    """Where the text from `start` on stands: its page, counted from 1, and the heading above it, if known.

    `level` is that of the heading, 1 for the highest, where there are several.
    """

    start: int
    page: int | None = None
    section: str | None = None
    level: int | None = None


@dataclass(frozen=True, slots=True)
class Article:
    """A text with its structure; `sha256` is that of the file's bytes.

    `places` are in order, each good until the next; `hidden` counts the pieces that a reader of the file
    would not see, and which are not in the text.
    """

    name: str
    text: str
    sha256: str
    paragraphs: tuple[Paragraph, ...]
    sentences: tuple[Sentence, ...]
    places: tuple[Place, ...] = ()
    hidden: int = 0

    def place(self, offset: int) -> Place:
        """The place of the character at this offset."""
        number = bisect_right(self.places, offset, key=lambda place: place.start)
        return self.places[number - 1] if number else Place(0)


@dataclass(frozen=True, slots=True)
class Passage:
    """A window of consecutive sentences of one article: the unit of retrieval.

    `id` is a content hash, so it stays the same when other parts of the folder change; the sentences are
    ``article.sentences[first:last]``.
    """

    id: str
    article: str
    start: int
    end: int
    first: int
    last: int
    text: str
