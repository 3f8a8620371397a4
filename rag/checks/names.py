"""Whether the names of an answer stand in the words it cites."""

import re

from rag.checks.asked import kinds
from rag.checks.claim import Claim
from rag.checks.polarity import is_negative
from rag.grounding import missing_names, unknown_names
from rag.words import content_keys, words
from rag.words import names as names_in

_ALTERNATIVES = re.compile(r"([\w.'’-]+)\s+or\s+((?:the\s+|an?\s+)?[\w.'’-]+)", re.IGNORECASE)


def missing_name(claim: Claim) -> str | None:
    """The first name that neither the cited words hold nor, unless it is asked for, the question."""
    for name in sorted(missing_names(claim.sentence, claim.question, claim.cited)):
        if name.casefold() not in claim.source.casefold() and not _abbreviates(name, claim.source):
            return f"The name {name} does not stand in the cited words."
    if (unheard := _never_mentioned(claim)) is not None:
        return f"The article never mentions {unheard}."
    if claim.says_no or is_negative(claim.sentence):
        return None
    for name in names_in(claim.sentence):
        if missing_names(name, "", claim.cited) and _is_asked_for(name, claim):
            return f"The name {name} stands only in the question, which asks for it."
    return None


def _never_mentioned(claim: Claim) -> str | None:
    """A name that the answer took over from a question in small letters, and that no article has."""
    if claim.heard is None:
        return None
    unknown = unknown_names(claim.sentence, claim.heard)
    return min((name for name in unknown if not name.isupper()), default=None)


def _abbreviates(name: str, text: str) -> bool:
    """Whether the name is made of the first letters of words that follow each other in the text."""
    initials = "".join(word.text[0] for word in words(text)).casefold()
    return len(name) > 2 and name.isupper() and name.casefold() in initials


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
