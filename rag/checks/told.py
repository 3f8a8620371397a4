"""Whether an answer tells something that the question did not already say."""

import re

from rag.checks.claim import Claim
from rag.checks.moments import dates
from rag.words import content_keys, words

_INFORMATIVE = frozenset(
    """all both most more some none no not never nothing nobody nor once only before after own same such off
    over under up down out until because so here there yes""".split()
)
_FRAME = content_keys(
    "The answer is stated in the article, the text, the passage: it says, states, mentions, according to."
)
_BRIEF = 3


def nothing_told(claim: Claim) -> str | None:
    """What is wrong when the answer only repeats the question."""
    if claim.is_polar or claim.is_choice or claim.says_yes or claim.says_no:
        return None
    asked = {word.key for word in words(claim.asked)}
    said = {word.key for word in words(claim.sentence)}
    new = {key for key in said - asked if key in _INFORMATIVE}
    if new or content_keys(claim.sentence) - asked - _FRAME or not claim.asked.strip():
        return None
    if _dates(claim.sentence) - _dates(claim.asked) or _is_another_phrase(claim):
        return None
    if re.search(r"[^\w\s.,;:!?'’\"“”()-]", claim.sentence):
        return None
    return "The answer says nothing that the question does not say."


def _is_another_phrase(claim: Claim) -> bool:
    """Whether a brief answer puts words of the question together in its own way, as names may."""
    said = [word.key for word in words(claim.sentence)]
    asked = " ".join(word.key for word in words(claim.asked))
    return 1 < len(said) <= _BRIEF and f" {' '.join(said)} " not in f" {asked} "


def _dates(text: str) -> frozenset[tuple[str, object]]:
    return frozenset[tuple[str, object]]().union(*(one.parts for one in dates(text)))
