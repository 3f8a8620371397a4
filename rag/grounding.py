"""Checks that what an answer says stands in the words it rests on.

Each check is a function of the answer sentence, the question and the sources it would cite, and returns what
is missing from them: nothing missing means that the check is passed.
"""

from collections.abc import Iterable, Sequence

from rag.sources import SourceSentence
from rag.words import names, words


def missing_names(sentence: str, question: str, cited: Sequence[SourceSentence]) -> frozenset[str]:
    """Names of the answer that neither the cited words nor the question hold."""
    held = frozenset(word.key for word in words(question)).union(*(source.keys for source in cited))
    return frozenset(name for name in names(sentence) if not _held(name, held))


def unknown_names(question: str, article_keys: frozenset[str]) -> frozenset[str]:
    """Names of the question that the articles never mention: what is asked about them can't be there."""
    return frozenset(name for name in names(question) if not _held(name, article_keys))


def _held(name: str, keys: Iterable[str]) -> bool:
    """Whether every part of the name is among the keys, by itself or as one form of the same long word."""
    held = frozenset(keys)
    for word in words(name):
        if word.key in held or not word.carries_content:
            continue
        stem = word.key[:5]
        if len(stem) < 5 or not any(key.startswith(stem) for key in held):
            return False
    return True
