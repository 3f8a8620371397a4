"""Narrows a cited sentence to the clauses of it that the answer rests on."""

import re
from dataclasses import replace
from itertools import pairwise

from rag.checks.polarity import may_be_negative
from rag.sources import SourceSentence
from rag.words import content_keys, words

_MIN_WORDS = 6
"""Fewer words than this are no footnote that can be understood by itself."""

_CUT = re.compile(
    r"(?<=[;:—–])\s+|(?<=,)\s+(?=(?:while|whereas|but|and|which|who|where|with|after|before)\b)",
    re.IGNORECASE,
)
_LEANING = re.compile(r"(?:which|who|where|with|after|before)\b", re.IGNORECASE)
_JOINT = re.compile(r"(?:while|whereas|but|and)\s+", re.IGNORECASE)
_LIMIT = re.compile(
    r"\b(?:if|unless|until|except|only|although|though|however|provided|denying|disput\w+|contest(?:s|ed|ing)"
    r"|contradict\w*|refut\w+|doubt(?:s|ed|ful)?|alleged\w*)\b",
    re.IGNORECASE,
)
_TRAILING = " ,;:—–\n\t"
_PAIRS = (("“", "”"), ("(", ")"), ("[", "]"), ("«", "»"))


def narrowed(source: SourceSentence, sentence: str, question: str) -> SourceSentence:
    """The fewest neighbouring clauses that hold all words of answer and question that the source holds.

    A clause that denies or limits something is never left away, nor one that what is kept leans on; a
    quotation or a bracket is kept whole. Otherwise the source stays as it is.
    """
    said = content_keys(sentence) | content_keys(question)
    clauses = _clauses(source.text)
    needed = [number for number, (start, end) in enumerate(clauses) if _needed(source.text[start:end], said)]
    if not needed or len(clauses) == 1:
        return source
    first, last = needed[0], needed[-1]
    while first and _leans(source.text, clauses[first][0]):
        first -= 1
    start, end = clauses[first][0], clauses[last][1]
    joint = _JOINT.match(source.text, start) if first else None
    start = joint.end() if joint else start
    end = end if last == len(clauses) - 1 else start + len(source.text[start:end].rstrip(_TRAILING))
    text = source.text[start:end]
    if len(words(text)) < _MIN_WORDS or not is_whole(text):
        return source
    return replace(source, start=source.start + start, end=source.start + end, text=text)


def is_whole(text: str) -> bool:
    """Whether every quotation and bracket in the text ends there too."""
    paired = all(text.count(opening) == text.count(closing) for opening, closing in _PAIRS)
    return paired and text.count('"') % 2 == 0


def _clauses(text: str) -> list[tuple[int, int]]:
    cuts = [0, *(match.end() for match in _CUT.finditer(text)), len(text)]
    return [(start, end) for start, end in pairwise(cuts) if start < end]


def _leans(text: str, start: int) -> bool:
    """Whether the clause that starts there says what the one before it, or its label, is about."""
    return bool(_LEANING.match(text, start)) or text[:start].rstrip().endswith(":")


def _needed(clause: str, said: frozenset[str]) -> bool:
    limits = may_be_negative(clause) or bool(_LIMIT.search(clause))
    return limits or not said.isdisjoint(content_keys(clause))
