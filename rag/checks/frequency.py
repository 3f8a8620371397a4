"""Whether an answer repeats things as often as the cited words do: twice a week is not every two weeks."""

import re
from collections.abc import Iterable, Iterator

from rag.checks.claim import Claim, plain
from rag.checks.number_words import CARDINALS, ORDINALS
from rag.words import numbers

_DAYS = {
    "minute": 1 / 1440, "hour": 1 / 24, "day": 1.0, "night": 1.0, "week": 7.0, "fortnight": 14.0,
    "month": 30.4, "quarter": 91.3, "year": 365.0,
}  # fmt: skip
_ADVERBS = {
    "hourly": "hour", "daily": "day", "nightly": "night", "weekly": "week", "fortnightly": "fortnight",
    "monthly": "month", "quarterly": "quarter", "yearly": "year", "annually": "year",
}  # fmt: skip
_COUNTS = {"once": 1, "twice": 2, "other": 2} | CARDINALS | ORDINALS
_COUNT = rf"\d+|{'|'.join(_COUNTS)}"
_SPAN = rf"(?P<span>{'|'.join(_DAYS)})"
_TIMES = re.compile(
    rf"\b(?:(?P<count>{_COUNT})\s+times|(?P<adverb>once|twice))\s+(?:in\s+)?(?:an?|per|each|every)\s+{_SPAN}\b",
    re.IGNORECASE,
)
_EVERY = re.compile(
    rf"(?<!once )(?<!twice )(?<!times )\bevery\s+(?:(?P<count>{_COUNT})\s+)?{_SPAN}s?\b",
    re.IGNORECASE,
)
_ADVERB = re.compile(rf"\b(?P<adverb>(?i:{'|'.join(_ADVERBS)}))\b(?!\s+[A-Z])")
_ALIKE = 1.2
"""How far two ways to tell the same may lie apart: twice a month is every two weeks."""


def other_frequency(claim: Claim) -> str | None:
    """How often the cited words say it happens, where the answer has it happen more or less often."""
    held = dict(_frequencies(claim.source))
    said = dict(_frequencies(f"{claim.asked}\n{claim.sentence}" if claim.says_yes else claim.sentence))
    if not held or len(said) != 1:
        return None
    ((ours, often),) = said.items()
    if _is_elsewhere(ours, claim.source, held) or any(
        1 / _ALIKE < often / other < _ALIKE for other in held.values()
    ):
        return None
    return f"The answer has “{ours}”, the cited words “{next(iter(held))}”."


def _is_elsewhere(ours: str, source: str, held: Iterable[str]) -> bool:
    """Whether a number of it also stands without its time: "five times a day, in summer eight times"."""
    for written in held:
        source = source.replace(written, " ")
    return bool(numbers(ours) & numbers(source))


def _frequencies(text: str) -> Iterator[tuple[str, float]]:
    """What tells how often, as it is written, with the times in a day."""
    text = plain(text)
    for match in _TIMES.finditer(text):
        yield match.group(), _count(match["count"] or match["adverb"]) / _DAYS[match["span"].casefold()]
    for match in _EVERY.finditer(text):
        yield match.group(), 1 / (_count(match["count"] or "once") * _DAYS[match["span"].casefold()])
    for match in _ADVERB.finditer(text):
        yield match.group(), 1 / _DAYS[_ADVERBS[match["adverb"].casefold()]]


def _count(written: str) -> int:
    return max(1, _COUNTS.get(written.casefold()) or int(written))
