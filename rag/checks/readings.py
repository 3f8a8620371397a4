"""Further readings of numbers: "an hour" is one hour, and "40 px" may be written "40px"."""

import re
from bisect import bisect_right
from dataclasses import replace
from fractions import Fraction
from functools import lru_cache

from rag.checks.claim import plain
from rag.checks.quantities import quantities
from rag.checks.quantity import Quantity
from rag.checks.units import unit_of

_CODE = re.compile(r"([0-9][0-9.,]*)([a-z]{2,})")
_DIGITS = re.compile(r"[0-9][0-9.,]*")
_LETTERS = re.compile(r"\s([A-Za-z]{1,6})\b")
_SINGLE = re.compile(r"\ban?\s+(?P<unit>[a-z]{3,})\b(?P<half>\s+and\s+a\s+half\b)?", re.IGNORECASE)
_SINGLE_UNITS = frozenset({"time", "months", "length", "mile", "mass", "volume"})
_NEAR = 60
_RATE = re.compile(
    r"(?:\b(?:once|twice|thrice|times|several|many|few|half|per)\b|\b(?:parts?|quarters?|thirds?) of)"
    r"(?:\s+\w+)?\s*$",
    re.IGNORECASE,
)
_AFTER_NUMBER = re.compile(r"\W*(?:\w+\s+)?")
"""What may stand between a number and the "a" of a rate: "25 euros a month"."""


def coded(text: str) -> list[Quantity]:
    """The numbers of a text; those before letters also as one word with them."""
    bare = plain(text)
    found = []
    for one in quantities(text):
        found.append(one)
        letters = _LETTERS.match(bare, one.end)
        if letters and not one.unit and _DIGITS.fullmatch(one.text):
            code = one.text + letters[1].casefold()
            found.append(replace(one, raw=code, scaled=code))
    return found


@lru_cache(maxsize=4096)
def held_quantities(text: str) -> tuple[Quantity, ...]:
    """The numbers that cited words hold in any reading."""
    found = coded(text)
    counted = [_counted(one) for one in found if isinstance(one.raw, str)]
    return (*found, *(one for one in counted if one), *_singles(plain(text)))


def _counted(code: Quantity) -> Quantity | None:
    """The number before small letters that are a unit, if not one of those that are known."""
    match = _CODE.fullmatch(code.text)
    if match is None:
        return None
    value = Fraction(match[1].replace(",", ""))
    return replace(code, raw=value, scaled=value, unit=match[2])


def _singles(text: str) -> list[Quantity]:
    """What "a" and "an" count: "an hour" is one, in "twice an hour" and "half an hour" it is none."""
    found = []
    numbers = sorted(quantities(text), key=lambda one: one.start)
    starts = [one.start for one in numbers]
    for match in _SINGLE.finditer(text):
        at = match.start()
        unit = None if match["unit"].casefold() == "second" else unit_of(match["unit"])
        if unit is None or unit[0] not in _SINGLE_UNITS or _RATE.search(text[max(0, at - _NEAR) : at]):
            continue
        last = bisect_right(starts, at) - 1
        if last >= 0 and _AFTER_NUMBER.fullmatch(text[numbers[last].end : max(at, numbers[last].end)]):
            continue
        raw = Fraction(3, 2) if match["half"] else Fraction(1)
        found.append(Quantity(raw, raw * unit[1], unit[0], match.group(), at, match.end()))
    return found
