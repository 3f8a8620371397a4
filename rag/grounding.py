"""Checks that what an answer says stands in the words it rests on.

Each check is a function of the answer sentence, the question and the sources it would cite, and returns what
is missing from them: nothing missing means that the check is passed.
"""

import re
from collections.abc import Iterable, Sequence

from rag.initials import spelt_out
from rag.nations import is_nation, speaks_of
from rag.slips import nearest
from rag.sources import SourceSentence
from rag.words import ASKER, names, words

_DETERMINER = r"the|an?|my|your|our|his|her|their|its|this|that|own|any|every|no"
_ABBREVIATED_NOUN = re.compile(
    rf"(?=(?:\b(?:{_DETERMINER})|\w['’]s|s['’])\s+((?:[\w-]+\s+){{0,2}}?)([A-Z][a-z]?[A-Z]+)(?:['’]?s)?\b)"
)
"""An abbreviation that stands for a thing: "the new CEO", with the words between."""
_COMMON = frozenset(
    """OK SMS RAM PIN HR IT PC TV ID PDF USB GPS FAQ CEO CFO COO CTO CIO VP HQ MP GP EV SUV AI VAT ATM QR ETA
    DIY WiFi Dad Mum Mom Grandma Grandpa New Footnote""".split()
)
"""Written with capitals, and nobody's name; or the name of whom people talk to."""
_ASIDE = re.compile(
    r"\baccording to (?:Wikipedia|Google|ChatGPT|the (?:Internet|Web))\b"
    r"|^\W*(?:hi|hello|hey|dear|thanks|thank you|good (?:morning|afternoon|evening))\b[\w ]{0,30}[,.!:–—]",
    re.IGNORECASE,
)
"""Where someone takes an article to be from, and how they greet."""
_AFTER_NUMBER = re.compile(r"[0-9]\s?$")
_ASKERS_OWN = re.compile(rf"\b(?:{ASKER})\b[^,;:.?!]*$", re.IGNORECASE)
_SAID_OR_THOUGHT = re.compile(
    r"\b(?:hear|heard|read|told|say|said|saw|think|thought|believe|know|guess|understand|wonder|ask|assume)\w*\b",
    re.IGNORECASE,
)
_VERBS_IN_TITLES = frozenset("Is Are Was Were Do Does Did Has Have Had Can Could Should Would Must".split())
_ENDING = re.compile(r"['’]?s?$")
_STANDS_FOR = re.compile(r"\s+(?:stands?|is short|short) for\b")
_TITLES = frozenset("Mr Mrs Ms Dr Prof".split())
_VERSION = re.compile(r"v(\d[\d.]*)$")


def missing_names(sentence: str, question: str, cited: Sequence[SourceSentence]) -> frozenset[str]:
    """Names of the answer that neither the cited words nor the question hold."""
    held = frozenset(word.key for word in words(question)).union(*(source.keys for source in cited))
    return frozenset(name for name in names(sentence) if not _held(name, held))


def unknown_names(question: str, article_keys: frozenset[str], article_initials: str = "") -> frozenset[str]:
    """Names of the question that the articles never mention: what is asked about them can't be there.

    A word that opens a sentence may have its capital from that, as in "Suppose Renault …", and in a question
    all in capitals no word has it from being a name. An abbreviation after an article or a possessive stands
    for a thing, which may go by another word ("my PC"), or the articles spell it out. Nor need they know of
    what people say of themselves ("I live in Spain, …"), lone letters, or units.
    """
    if _is_in_capitals(question):
        return frozenset()
    told = _ASIDE.sub(" ", question)
    things = _things(told)
    return frozenset(
        name
        for name in set(names(told, opening=False))
        if len(name) > 1
        and not {name, _bare(name)} & things
        and not _is_aside(name, told)
        and not _held(name, article_keys)
        and not _is_known_abbreviation(_bare(name), article_keys, article_initials)
        and not _misspelt(name, article_keys)
    )


def _is_in_capitals(text: str) -> bool:
    """Whether all words have capitals, or those that are no names too, as in a title."""
    following = words(text)[1:]
    content = [word for word in following if word.carries_content]
    return text.isupper() or (
        all(not word.text[0].islower() for word in content)
        and any(word.text in _VERBS_IN_TITLES for word in following)
    )


def _things(text: str) -> frozenset[str]:
    """The words with capitals that are nobody's name."""
    after = _ABBREVIATED_NOUN.findall(text)
    return _COMMON.union(
        noun for between, noun in after if all(word.carries_content for word in words(between))
    )


def _bare(name: str) -> str:
    """The name without the ending of an owner or of several."""
    return _ENDING.sub("", name)


def _is_known_abbreviation(name: str, keys: frozenset[str], article_initials: str) -> bool:
    """Whether the articles have an abbreviation, if only in one of its forms, or spell it out."""
    return name.isupper() and (_held(name, keys) or spelt_out(name, article_initials))


def _is_aside(name: str, question: str) -> bool:
    """Whether a name is a unit, asked for what it stands for, or in what people tell of themselves."""
    where = re.search(rf"\b{re.escape(name)}\b", question)
    before, after = (question[: where.start()], question[where.end() :]) if where else ("", "")
    own = _ASKERS_OWN.search(before)
    return (
        bool(_AFTER_NUMBER.search(before))
        or (name.isupper() and bool(_STANDS_FOR.match(after)))
        or (own is not None and not _SAID_OR_THOUGHT.search(own.group()))
    )


def _misspelt(name: str, keys: Iterable[str]) -> bool:
    """Whether each part of the name is a slip of the pen away from a key that opens with the same letter."""
    return all(word.key.isalpha() and bool(nearest(word.key, keys)) for word in words(name))


def _held(name: str, keys: Iterable[str]) -> bool:
    """Whether every part of the name is among the keys, by itself or as one form of the same long word."""
    held = frozenset(keys)
    version = _VERSION.match(name)
    for word in words(version[1] if version else name):
        if word.key in held or not word.carries_content or word.text in _TITLES:
            continue
        if speaks_of(word.key, held):
            continue
        stem = word.key[:5]
        if is_nation(word.key) or len(stem) < 5 or not any(key.startswith(stem) for key in held):
            return False
    return True
