"""The values that walk through Footnote: an article, its paragraphs and sentences, and passages of it.

Offsets count Unicode code points of the decoded text, and always hold: ``article.text[start:end]`` is the
text that a value stands for.
"""

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
class Article:
    """A decoded text with its structure; `sha256` is that of the file's bytes."""

    name: str
    text: str
    sha256: str
    paragraphs: tuple[Paragraph, ...]
    sentences: tuple[Sentence, ...]


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
