"""What kind of thing a question asks for, by its question words."""

import re

from rag.checks.claim import Claim, plain

_AFTER_MUCH = (
    "money|time|water|of|more|less|larger|longer|higher|is|was|are|were|do|does|did|will|would|can|could"
    "|has|have|had|must|should|may|might"
)
_COUNT = rf"how many|how far|how much(?=\s+(?:{_AFTER_MUCH})\b|\W*$)"
_PATTERNS: tuple[tuple[str, str], ...] = (
    ("duration", r"how long|how old|for how long"),
    ("number", _COUNT + r"|what (?:percentage|percent|proportion|number|share)"),
    ("time", r"when|what (?:year|time|date|day|month|decade|century)|(?:which|what) (?:year|day|date|month)"),
    ("place", r"where(?!.*\bfrom\b)"),
    ("person", r"who|whose|whom|who's|who'll"),
    ("any", r"what|which|why|how|what's|how's"),
)
_LEAD = (
    r"(?:(?:so|and|but|also|ok|well|then)\b,?\s+)?"
    r"(?:(?:in|on|by|at|from|since|until|to|for|with|of|about|after|before|during)\s+)?"
)
_WORDS = "|".join(f"(?P<{kind}>{form})" for kind, form in _PATTERNS)
_FIRST = re.compile(rf"\s*{_LEAD}(?:{_WORDS})\b", re.IGNORECASE)
_LATER = re.compile(rf"(?:[,?]|\band|\bor)\s+{_LEAD}(?:{_WORDS})\b", re.IGNORECASE)


def kinds(claim: Claim) -> frozenset[str]:
    """The kinds of thing asked for; ``any`` when that can't be told or something else is asked too."""
    asked = plain(claim.asked)
    first = _FIRST.match(asked)
    if first is None:
        return frozenset({"any"})
    found = {str(match.lastgroup) for match in (first, *_LATER.finditer(asked))}
    return frozenset({"any"}) if "any" in found else frozenset(found)
