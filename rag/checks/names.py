"""Whether the names of an answer stand in the words it cites."""

import re

from rag.checks.asked import kinds
from rag.checks.claim import Claim
from rag.checks.polarity import is_negative
from rag.grounding import missing_names
from rag.words import content_keys, words
from rag.words import names as names_in

_CALENDAR = frozenset(
    """january february march april may june july august september october november december
    monday tuesday wednesday thursday friday saturday sunday jan feb mar apr jun jul aug sep sept oct nov dec
    am pm i i'm it's yes no""".split()
)
_ALTERNATIVES = re.compile(r"([\w.'’-]+)\s+or\s+((?:the\s+|an?\s+)?[\w.'’-]+)", re.IGNORECASE)


def missing_name(claim: Claim) -> str | None:
    """The first name that neither the cited words hold nor, unless it is asked for, the question."""
    for name in sorted(missing_names(claim.sentence, claim.question, claim.cited)):
        if name.casefold() not in _CALENDAR and name.casefold() not in claim.source.casefold():
            return f"The name {name} does not stand in the cited words."
    if claim.says_no or is_negative(claim.sentence):
        return None
    for name in names_in(claim.sentence):
        if missing_names(name, "", claim.cited) and _is_asked_for(name, claim):
            return f"The name {name} stands only in the question, which asks for it."
    return None


def _is_asked_for(name: str, claim: Claim) -> bool:
    """Whether a name of the question is among the answers it offers, or all that is said."""
    key = {word.key for word in words(name)}
    for match in _ALTERNATIVES.finditer(claim.asked):
        if key <= {word.key for word in words(match.group())} and not claim.is_polar:
            return True
    names_said = {word.key for said in names_in(claim.sentence) for word in words(said)}
    wanted = kinds(claim) & {"person", "place"}
    said = content_keys(claim.sentence)
    held = frozenset[str]().union(*(source.keys for source in claim.cited))
    return bool(wanted) and said <= names_said and not said & held
