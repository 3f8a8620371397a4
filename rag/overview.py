"""What an article, or a section of it, is about: a few of its own sentences, chosen without the model."""

import math
import re
from bisect import bisect_left
from collections.abc import Iterator, Sequence
from itertools import islice

from index.article import Article
from index.embedding import Embedder
from index.store import Index
from rag.answer import Verdict
from rag.draft import Draft
from rag.narrowing import is_whole
from rag.overview_request import is_about_all, section_in
from rag.sources import SourceSentence, sources_in
from rag.words import content_keys, words

SENTENCES = 3
"""How many sentences of one article make an overview."""

ARTICLES = 5
"""How many articles are told of when several are asked about, a sentence each."""

_CONSIDERED = 120
"""Sentences at the beginning of paragraphs that are compared at most."""

_FEWEST_WORDS, _LONGEST = 6, 400
_REPEATED = 0.5
"""How much likeness to a sentence that was chosen counts against another (Carbonell and Goldstein 1998)."""

_ENDS = re.compile(r"[.!?…][”\"’')\]]*$")
_LISTED = re.compile(r"\(?(?:\d{1,3}|[A-Za-z])[.:)]\s")
_LEANS = frozenset(
    "it its they them their he she him his her but and or so yet however also instead otherwise still".split()
)


class Overviews:
    """Tells what articles are about, in their own words."""

    def __init__(self, index: Index, embedder: Embedder) -> None:
        """Remembers its parts."""
        self._index = index
        self._embedder = embedder

    def draft(self, question: str, article: str | None, before: Draft | None) -> Draft | None:
        """The overview that a question asks for; None when it asks for something else, or there is none.

        Args:
            question: A question that stands alone.
            article: Only this article is told of; all of them when None.
            before: The draft of the part of the question before this one.
        """
        if is_about_all(question):
            chosen = self._chosen(self._scope(article))
        elif section := section_in(question):
            chosen = _of_section(self._scope(article), content_keys(section))
        else:
            return None
        if not chosen:
            return None
        draft = Draft(None, before)
        for source in chosen:
            draft.take(Verdict("quote", " ".join(source.text.split()), None, 1.0, {}, {}), (source,))
        return draft

    def _scope(self, article: str | None) -> list[Article]:
        return [self._index.article(article)] if article else list(self._index.articles.values())

    def _chosen(self, scope: Sequence[Article]) -> list[SourceSentence]:
        if len(scope) > 1:
            return [source for one in scope[:ARTICLES] for source in islice(_told(one), 1)]
        openings = list(islice((one for one in _told(scope[0]) if not one.before), _CONSIDERED))
        enough = len(openings) > SENTENCES
        return self._most_central(openings if enough else list(islice(_told(scope[0]), _CONSIDERED)))

    def _most_central(self, sources: Sequence[SourceSentence]) -> list[SourceSentence]:
        """The first, and those nearest to all others that say something new, in the order of the article."""
        if len(sources) <= SENTENCES:
            return list(sources)
        vectors = self._embedder.encode([source.text for source in sources])
        likeness = vectors @ vectors.T
        central = likeness.mean(axis=1)
        chosen = [0]
        while len(chosen) < SENTENCES:
            worth = central - _REPEATED * likeness[:, chosen].max(axis=1)
            worth[chosen] = -math.inf
            chosen.append(int(worth.argmax()))
        return [sources[row] for row in sorted(chosen)]


def _told(article: Article) -> Iterator[SourceSentence]:
    """The sentences that can be understood by themselves, in order."""
    for source in sources_in([(article, 0, len(article.sentences))], ()):
        found = words(source.text)
        if (
            not source.is_heading
            and len(found) >= _FEWEST_WORDS
            and len(source.text) <= _LONGEST
            and found[0].text.casefold() not in _LEANS
            and not _LISTED.match(source.text)
            and _ENDS.search(source.text)
            and is_whole(source.text)
        ):
            yield source


def _of_section(scope: Sequence[Article], keys: frozenset[str]) -> list[SourceSentence]:
    """The first sentences of the only section whose heading says just this."""
    headed = [
        (article, place)
        for article in scope
        for place in article.places
        if place.section and keys and content_keys(place.section) == keys
    ]
    if len({(article.name, place.section) for article, place in headed}) != 1:
        return []
    article, place = headed[0]
    first = bisect_left(article.sentences, place.start, key=lambda sentence: sentence.start)
    below = sources_in([(article, first, first + 1 + SENTENCES)], ())
    return [one for one in below if one.place.section == place.section and not one.is_heading][:SENTENCES]
