"""Whether several that are asked for are named, or only counted: "which two cities?" – "the two cities"."""

import re
from itertools import islice

from rag.checks.claim import Claim, plain
from rag.checks.number_words import CARDINALS
from rag.words import leading_content, words

_FEW = {word: value for word, value in CARDINALS.items() if 2 <= value <= 12}
_NUMBER = rf"{'|'.join(_FEW)}|[2-9]|1[0-2]"
_POINTERS = r"(?:(?:the|these|those|his|her|its|their|all|other)\s+)*"
_ASKS = re.compile(
    r"\b(?:which|what|(?:who|what|which) (?:are|were)|(?:names?|list|identify|enumerate)\b[^,;.?!]{0,25}?)"
    rf"\s+{_POINTERS}(?P<number>{_NUMBER})\s+(?P<things>[^,;.?!]+)",
    re.IGNORECASE,
)
_ASKS_MORE = re.compile(
    r"\b(?:of|for|about|to|from|with|in|by|like|made|used|worth|doing|on|at)\W*$", re.IGNORECASE
)
"""The question wants to know something of them instead: "What are the four bells made of?"."""
_LISTED_AFTER = re.compile(
    r"\s*(?:[:(–—,]|(?:of|namely|such as|are|were|called|named|like|including)\b)", re.IGNORECASE
)
_LISTED_BEFORE = re.compile(rf"(?:[,–—:]|\b(?:are|were|as|be|is|was))\s+{_POINTERS}$", re.IGNORECASE)
_NEAR = 3
"""Words within which a number and what it counts stand together."""


def counted_only(claim: Claim) -> str | None:
    """That the cited words give the number of what is asked for, and nothing that may be a list of it."""
    match = _ASKS.search(plain(claim.asked))
    if match is None or _ASKS_MORE.search(plain(claim.asked)):
        return None
    things = frozenset(word.key for word in leading_content(words(match["things"])[:_NEAR]))
    number = _value(match["number"])
    if not claim.cited or not all(_only_counts(plain(one.text), number, things) for one in claim.cited):
        return None
    return "The cited words count what is asked for, and do not name it."


def _only_counts(source: str, number: int, things: frozenset[str]) -> bool:
    counted = _counted(source, number, things)
    return bool(counted) and not any(_may_be_listed(source, start, end) for start, end in counted)


def _counted(source: str, number: int, things: frozenset[str]) -> list[tuple[int, int]]:
    """Where so many of these things stand, from the number to the end of the noun."""
    found = words(source)
    counted = []
    for at, one in enumerate(found):
        if re.fullmatch(_NUMBER, one.text, re.IGNORECASE) and _value(one.text) == number:
            near = leading_content(found[at + 1 : at + 1 + _NEAR])
            ends = (word.start + len(word.text) for word in near if word.key in things)
            counted += [(one.start, end) for end in islice(ends, 1)]
    return counted


def _may_be_listed(source: str, start: int, end: int) -> bool:
    return bool(_LISTED_AFTER.match(source, end) or _LISTED_BEFORE.search(source[:start]))


def _value(written: str) -> int:
    return _FEW.get(written.casefold()) or int(written)
