"""Whether an answer counts an amount by the time by which the cited words count it: a day is not a week."""

import re

from rag.checks.claim import Claim, plain

_TIMES = "second|minute|hour|day|night|week|fortnight|month|quarter|term|season|year|decade"
_RATE = re.compile(
    r"(?<![\w.,])(?P<amount>\d[\d,.]*)(?:\s?[%€£$¥]|\s+[a-z]+\b)?(?:\s+[a-z]+\b)?"
    rf"(?:\s+(?:an?|per|each|every|for (?:each|every)|(?:once|twice) an?)\s+|/|\s+per\s+\w+\s+(?:and|per)\s+)"
    rf"(?P<time>{_TIMES})\b",
    re.IGNORECASE,
)


def other_rate(claim: Claim) -> str | None:
    """The time by which the cited words count an amount, where the answer counts it by another."""
    held = _rates(claim.source)
    for amount, times in _rates(claim.sentence).items():
        others = held.get(amount, frozenset())
        if others and not times & others:
            return f"The cited words give {amount} for each {min(others)}, the answer for each {min(times)}."
    return None


def _rates(text: str) -> dict[str, frozenset[str]]:
    """The times by which each amount is counted."""
    found: dict[str, frozenset[str]] = {}
    for match in _RATE.finditer(plain(text)):
        amount = match["amount"].rstrip(".,")
        found[amount] = found.get(amount, frozenset()) | {match["time"].casefold()}
    return found
