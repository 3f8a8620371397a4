"""A whole list as the answer, where a question asks for all that stands in it."""

from bisect import bisect_left
from collections.abc import Sequence

from index.article import Article
from index.paragraphs import cells
from index.structure import unmarked
from rag.sources import SourceSentence, sources_in

MOST_ITEMS = 10
"""Sentences of a list beyond which it is too long to be read out."""


def list_around(sentence: SourceSentence, article: Article) -> tuple[SourceSentence, ...]:
    """All sentences of the list in which one of its article stands, or which it introduces, in order.

    Nothing where there is none, where that list has more than `MOST_ITEMS`, or where an item has parts of its
    own, so that the items alone would not be all of it.
    """
    at = bisect_left(article.sentences, sentence.start, key=lambda one: one.start)
    first, last = max(at - MOST_ITEMS, 0), min(at + MOST_ITEMS + 2, len(article.sentences))
    near = sources_in([(article, first, last)], ())
    begin = end = at - first + _introduces(near[at - first : at - first + 2])
    lead = _lead(near[begin])
    if not lead:
        return ()
    while begin and _lead(near[begin - 1]) == lead:
        begin -= 1
    while end < len(near) and _lead(near[end]) == lead:
        end += 1
    beside = [*near[max(begin - 1, 0) : begin], *near[end : end + 1]]
    is_whole = not any(_belongs_to_item(one, lead, article) for one in beside)
    return near[begin:end] if is_whole and end - begin <= MOST_ITEMS else ()


def read_out(items: Sequence[SourceSentence]) -> str:
    """The items on one line, after what they stand under."""
    return "; ".join([items[0].quoted.rstrip(" ;,."), *(_bare(one) for one in items[1:])]) + "."


def _lead(source: SourceSentence) -> str:
    """What the list stands under in which this is an item; empty where there is none."""
    standing = source.standing
    return standing.lead if standing and standing.listed and not cells(source.text) else ""


def _belongs_to_item(source: SourceSentence, lead: str, article: Article) -> bool:
    """Whether a neighbour of the items under a lead is a part of one: an item itself, or a text moved in."""
    if source.standing and source.standing.listed:
        return _lead(source).startswith(lead) and _lead(source) != lead
    return article.text[article.text.rfind("\n", 0, source.start) + 1 : source.start].isspace()


def _introduces(pair: Sequence[SourceSentence]) -> bool:
    """Whether the first of two sentences is the line or the heading under which the second is an item."""
    return len(pair) > 1 and not _lead(pair[0]) and _lead(pair[1]).endswith(_bare(pair[0]))


def _bare(source: SourceSentence) -> str:
    return " ".join(unmarked(source.text).split()).rstrip(" ;,.")
