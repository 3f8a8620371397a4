"""Finds the sentences that an answer sentence rests on, by alignment: the model is not asked."""

import math
from collections import Counter
from collections.abc import Sequence
from dataclasses import dataclass

from rag.sources import SourceSentence
from rag.words import content_keys

MIN_SUPPORT = 0.6
"""Share of an answer sentence's information that its sources must hold."""

_MAX_SOURCES = 3
_MIN_GAIN = 0.2
_QUESTION_WEIGHT = 0.35
_RELEVANCE_WEIGHT = 0.25


@dataclass(frozen=True, slots=True)
class Alignment:
    """The sources of one answer sentence, best first, and the share of its information that they hold."""

    sources: tuple[SourceSentence, ...]
    support: float


def align(sentence: str, question: str, sources: Sequence[SourceSentence]) -> Alignment:
    """The fewest sources that together hold what the sentence says.

    A word weighs what it tells: the fewer sources hold it, the more. Words that only repeat the question
    decide between sources but need no support, so that "Jim Farley" finds the sentence that says what the
    question asks about him, and a plain yes or no rests on the sentence that the question is about.
    """
    if not sources:
        return Alignment((), 0.0)
    weight = _Weights(sources)
    said = content_keys(sentence)
    asked = content_keys(question)
    told = said - asked
    chosen: list[SourceSentence] = []
    covered: frozenset[str] = frozenset()
    while len(chosen) < _MAX_SOURCES:
        rest = [source for source in sources if source not in chosen]
        if not rest:
            break
        best = max(rest, key=lambda s: _fit(s, told - covered, asked, weight, first=not chosen))
        gain = weight.share(best.content & (told - covered), told)
        if chosen and gain < _MIN_GAIN:
            break
        chosen.append(best)
        covered |= best.content & told
        if weight.share(covered, told) > 1 - _MIN_GAIN:
            break
    support = weight.share(covered, told) if told else 1.0
    return Alignment(tuple(sorted(chosen, key=lambda s: (s.article, s.start))), support)


def _fit(
    source: SourceSentence, wanted: frozenset[str], asked: frozenset[str], weight: "_Weights", first: bool
) -> float:
    """How well one source holds what is wanted; the first source should also be about the question."""
    score = weight.share(source.content & wanted, wanted)
    if first:
        score += _QUESTION_WEIGHT * weight.share(source.content & asked, asked)
        score += _RELEVANCE_WEIGHT * source.relevance
    return score


class _Weights:
    """Inverse document frequency over the sources.

    A word that no source holds weighs as one that two hold: it is more often another form of a word that is
    there ("took" for "takes") than something invented, and names and numbers have checks of their own.
    """

    def __init__(self, sources: Sequence[SourceSentence]) -> None:
        self._held = Counter(key for source in sources for key in source.content)
        self._count = len(sources)

    def of(self, key: str) -> float:
        """The weight of one word."""
        return math.log(1 + (self._count + 1) / ((self._held[key] or 2) + 0.5))

    def share(self, part: frozenset[str], whole: frozenset[str]) -> float:
        """The part's share of the whole's weight; 0 for an empty whole."""
        total = sum(self.of(key) for key in whole)
        return sum(self.of(key) for key in part) / total if total else 0.0
