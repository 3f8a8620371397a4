"""Which mentions are certainly of a thing, and which persons may be one."""

import re
from collections.abc import Sequence
from itertools import pairwise

from rag.checks.units import unit_of
from rag.follow_up.adjectives import is_adjective, is_superlative
from rag.follow_up.mentions import Mention
from rag.follow_up.tokens import opening, tokens

_BE = re.compile(r"(?:\w+\s+){0,3}?(?:is|was)\b", re.IGNORECASE)
_OF_PEOPLE = re.compile(
    r"\b(?:born|buried|married|divorced|educated|raised|elected|appointed|hired|fired|sacked|arrested|accused|fined"
    r"|convicted|sentenced|jailed|injured|wounded|killed|murdered)\b",
    re.IGNORECASE,
)
_HE_OR_SHE = re.compile(r"\b(?:he|she|his|her|him)\b", re.IGNORECASE)
_DETERMINED = re.compile(r"(?:the|my|your|our|his|her|its|their|\S+['’]s?)\s", re.IGNORECASE)


def certain_of(found: Sequence[Mention], question: str = "") -> list[Mention]:
    """Those that are certainly a thing: "step" may be a verb as well, and "90 minutes" are only so much.

    A question is believed to have a name in small letters, but not an answer.
    """
    exists = re.match(r"(?:is|are|was|were) there\b", question, re.IGNORECASE)
    certain = [
        m
        for m in found
        if m.named
        or m.personal
        or (m.role == "asked" and opening(question) != "whose")
        or (m.plural and (m.role == "subject" or m.text.startswith("the ")))
        or (
            not m.plural
            and m.role != "asked"
            and (exists or _DETERMINED.match(m.text) or (question and " " in m.text))
        )
        or (m.role == "subject" and m.noun.isalpha() and _is_asked_about(m, question))
    ]
    return [m for m in certain if unit_of(m.noun) is None and not _is_quality(m)]


def _is_quality(mention: Mention) -> bool:
    """Whether it only says how something is: "the longest", "828 metres tall"."""
    measured = any(character.isdigit() for character in mention.text)
    return is_superlative(mention.noun) or (measured and is_adjective(mention.noun))


def _is_asked_about(mention: Mention, question: str) -> bool:
    """Whether a bare word is what a question is about: "what does aspirin treat?".

    Who did something may have a name in small letters: "what did renault build?".
    """
    if mention.plural or is_adjective(mention.noun):
        return False
    found = pairwise(tokens(question))
    before = next((one for one, other in found if other.lower == mention.text.lower()), None)
    return (
        before is not None and (before.kind == "auxiliary" or "'" in before.lower) and before.lower != "did"
    )


def perhaps_things(question: str, asked: Sequence[Mention], answer: str) -> list[Mention]:
    """The names of two words that may be a thing's: "how tall is Burj Khalifa?", answered without a "she".

    What someone did, or was as only people are, is asked of a person.
    """
    if not _BE.match(question) or opening(question) in ("who", "whose", "whom"):
        return []
    if _OF_PEOPLE.search(question) or _HE_OR_SHE.search(answer):
        return []
    return [mention for mention in asked if mention.guessed and not mention.placed]
