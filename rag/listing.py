"""A whole list as the answer, where a question asks for all that stands in it."""

from bisect import bisect_left
from collections.abc import Sequence

from index.article import Article
from index.paragraphs import cells
from rag.sources import SourceSentence, sources_in

MOST_ITEMS = 10
"""Sentences of a list beyond which it is too long to be read out."""


def list_around(item: SourceSentence, article: Article) -> tuple[SourceSentence, ...]:
    """All sentences of the list in which one of its article stands, in order.

    Nothing where it stands in none, or where that list has more than `MOST_ITEMS`.
    """
    if not _lead(item):
        return ()
    at = bisect_left(article.sentences, item.start, key=lambda sentence: sentence.start)
    first, last = max(at - MOST_ITEMS, 0), min(at + MOST_ITEMS + 1, len(article.sentences))
    near = sources_in([(article, first, last)], ())
    begin = end = at - first
    while begin and _lead(near[begin - 1]) == _lead(item):
        begin -= 1
    while end < len(near) and _lead(near[end]) == _lead(item):
        end += 1
    return near[begin:end] if end - begin <= MOST_ITEMS else ()


def read_out(items: Sequence[SourceSentence]) -> str:
    """The items on one line, after what they stand under."""
    return "; ".join([items[0].quoted.rstrip(" ;,."), *(_bare(one) for one in items[1:])]) + "."


def _lead(source: SourceSentence) -> str:
    """What the list stands under in which this is an item; empty where there is none."""
    standing = source.standing
    return standing.lead if standing and standing.listed and not cells(source.text) else ""


def _bare(source: SourceSentence) -> str:
    return " ".join(source.text.replace("**", "").split()).rstrip(" ;,.")
