"""Checks that what an answer says stands in the words it rests on.

Each check is a function of the answer sentence, the question and the sources it would cite, and returns what
is missing from them: nothing missing means that the check is passed.
"""

import re
from collections.abc import Iterable, Sequence

from rag.sources import SourceSentence
from rag.words import ASKER, names, words

_ABBREVIATED_NOUN = re.compile(
    r"\b(?:the|an?|my|your|our|his|her|their|its|this|that|own|any|every|no)\s+([A-Z][a-z]?[A-Z]+)s?\b"
)
_COMMON = frozenset("OK SMS RAM PIN HR IT PC TV ID PDF USB GPS FAQ Dad Mum Mom Grandma Grandpa New".split())
"""Written with capitals, and nobody's name."""
_AFTER_NUMBER = re.compile(r"[0-9]\s?$")
_ASKERS_OWN = re.compile(rf"\b(?:{ASKER})\b[^,;:.?!]*$", re.IGNORECASE)
_SAID_OR_THOUGHT = re.compile(
    r"\b(?:hear|heard|read|told|say|said|saw|think|thought|believe|know|guess|understand|wonder|ask|assume)\w*\b",
    re.IGNORECASE,
)
_TITLES = frozenset("Mr Mrs Ms Dr Prof".split())
_LEAST_MISSPELT, _TWO_SLIPS = 5, 9
"""Letters of a name that may be misspelt, and of one in which two slips are forgiven."""
_VERSION = re.compile(r"v(\d[\d.]*)$")


def missing_names(sentence: str, question: str, cited: Sequence[SourceSentence]) -> frozenset[str]:
    """Names of the answer that neither the cited words nor the question hold."""
    held = frozenset(word.key for word in words(question)).union(*(source.keys for source in cited))
    return frozenset(name for name in names(sentence) if not _held(name, held))


def unknown_names(question: str, article_keys: frozenset[str]) -> frozenset[str]:
    """Names of the question that the articles never mention: what is asked about them can't be there.

    A word that opens a sentence may have its capital from that, as in "Suppose Renault …". An abbreviation
    after an article or a possessive stands for a thing, which may go by another word: "my PC". Nor need the
    article know of what people say of themselves ("I live in Spain, …"), lone letters, or units.
    """
    things = set(_ABBREVIATED_NOUN.findall(question)) | _COMMON
    found = {
        name
        for name in names(question, opening=False)
        if len(name) > 1 and name.removesuffix("s") not in things and not _is_aside(name, question)
    }
    return frozenset(
        name for name in found if not _held(name, article_keys) and not _misspelt(name, article_keys)
    )


def _is_aside(name: str, question: str) -> bool:
    """Whether a name is a unit after a number, or belongs to what people tell of themselves."""
    where = re.search(rf"\b{re.escape(name)}\b", question)
    before = question[: where.start()] if where else ""
    own = _ASKERS_OWN.search(before)
    return bool(_AFTER_NUMBER.search(before)) or (
        own is not None and not _SAID_OR_THOUGHT.search(own.group())
    )


def _misspelt(name: str, keys: Iterable[str]) -> bool:
    """Whether each part of the name is a slip of the pen away from a key that opens with the same letter."""
    return all(_is_near_one(word.key, keys) for word in words(name))


def _is_near_one(key: str, keys: Iterable[str]) -> bool:
    from rapidfuzz import process
    from rapidfuzz.distance import OSA

    if len(key) < _LEAST_MISSPELT or not key.isalpha():
        return False
    slips = 1 if len(key) < _TWO_SLIPS else 2
    alike = (other for other in keys if other[:1] == key[0])
    return process.extractOne(key, alike, scorer=OSA.distance, score_cutoff=slips) is not None


def _held(name: str, keys: Iterable[str]) -> bool:
    """Whether every part of the name is among the keys, by itself or as one form of the same long word."""
    held = frozenset(keys)
    version = _VERSION.match(name)
    for word in words(version[1] if version else name):
        if word.key in held or not word.carries_content or word.text in _TITLES:
            continue
        stem = word.key[:5]
        if len(stem) < 5 or not any(key.startswith(stem) for key in held):
            return False
    return True
