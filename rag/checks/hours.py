"""Hours that only what stands beside them tells from other numbers: "open 9–17", "at seven", "at 10.30"."""

import re
from functools import lru_cache

from rag.checks.claim import plain
from rag.checks.moments import WEEKDAY, clock_times, hours
from rag.checks.number_words import CARDINALS

_SPELLED = [word for word, value in CARDINALS.items() if 1 <= value <= 12]
_TIME = (
    rf"(?:(?:2[0-4]|1[0-9]|0?[1-9]|{'|'.join(_SPELLED)})(?:[:.][0-5][0-9])?"
    r"(?:\s*[ap]\.?m\b\.?|\s+o'clock)?(?!\w)|noon|midday|midnight)"
)
_ONE = re.compile(
    rf"(?P<hour>[0-9]+|{'|'.join(_SPELLED)})(?:[:.](?P<minute>[0-9]+))?(?:\s*(?P<half>[ap])\.?m\b)?",
    re.IGNORECASE,
)
_LEAD = (
    r"\b(?:at|from|until|till|between|by|before|after|open|opens|closes?|closed|daily|hours|times"
    rf"|week(?:days?|ends?)|{WEEKDAY})[:,.]?\s+"
)
_JOINT = r"(?:\s*[-–—,/]\s*|,?\s+(?:to|and|or|until|till|through)\s+)"
_NO_NOUN = (
    r"(?![.,:]?[0-9]|\s*[%°$€£]|[-–]\w|\s+"
    rf"(?!(?:to|until|till|and|or|on|in|at|every|each|daily|sharp|from|except|for|but|{WEEKDAY})\b)\w)"
)
"""What follows an hour does not say what is counted: "at 5 schools" gives none."""
_HOURS = re.compile(rf"{_LEAD}(?P<all>{_TIME}(?:{_JOINT}{_TIME})*+){_NO_NOUN}", re.IGNORECASE)
_NOTHING_ELSE = re.compile(rf"\W*(?P<all>{_TIME}(?:{_JOINT}{_TIME})*+)\W*", re.IGNORECASE)


@lru_cache(maxsize=4096)
def loose_hours(text: str, *, asked: bool = False) -> dict[int, frozenset[str]]:
    """What time each number may mean, by where it stands; one by itself only if a time is asked for."""
    bare = plain(text)
    whole = _NOTHING_ELSE.fullmatch(bare)
    matches = [*_HOURS.finditer(bare), *([whole] if whole else [])]
    found: dict[int, frozenset[str]] = {}
    for match in matches:
        pieces = list(_ONE.finditer(bare, *match.span("all")))
        if match is whole and len(pieces) == 1 and not asked:
            continue
        for one in pieces:
            low = one["hour"].casefold()
            hour, minute = int(CARDINALS.get(low, 0) or low), int(one["minute"] or 0)
            found[one.start()] = frozenset(
                f"{each}:{minute:02}" for each in hours(hour, (one["half"] or "").casefold())
            )
    return found


def held_times(text: str) -> frozenset[str]:
    """All times of the day that a text may tell, by clock or by the hour alone."""
    clock = (times for _, times in clock_times(text))
    return frozenset[str]().union(*clock, *loose_hours(text).values())
