"""Dates and clock times as they are written in English."""

import re
from collections.abc import Iterator
from dataclasses import dataclass
from functools import lru_cache

from rag.checks.claim import plain
from rag.words import MONTHS, WEEKDAYS

_SEASONS = "spring summer autumn winter".split()

_MONTH = (
    rf"(?:{'|'.join(MONTHS)}"
    r"|(?:Jan|Feb|Mar|Apr|Jun|Jul|Aug|Sept?|Oct|Nov|Dec)\b\.?)"
)
_SEASON = r"(?i:spring|summer|autumn|winter)|(?<=the )fall|(?<=in )fall"
_FULL_DAY = r"(?:Mon|Tues|Wednes|Thurs|Fri|Satur|Sun)days?\b"
_SHORT_DAY = r"(?:Mon|Tues?|Wed|Thu(?:rs?)?|Fri|Sat|Sun)\b\.?"
WEEKDAY = rf"(?:{_FULL_DAY}|{_SHORT_DAY})"
_DAY = r"(?:0?[1-9]|[12][0-9]|3[01])(?:st|nd|rd|th)?"
_DAY_LIST = rf"{_DAY}(?:\s*(?:,|,?\s*and|to|–|-|or)\s*{_DAY}){{0,6}}"
_YEAR = r"(?:1[0-9]{3}|20[0-9]{2}|21[0-9]{2})"
_LEAD = rf"(?:(?P<weekday>{WEEKDAY}),?\s+(?:the\s+)?)?"
_DATE = re.compile(
    rf"(?<![0-9.,$£€])\b{_LEAD}(?:"
    rf"(?P<days>{_DAY_LIST})\s+(?:of\s+)?(?P<month>{_MONTH})\b(?:,?\s+(?:of\s+)?(?P<year>{_YEAR})\b)?"
    rf"|(?P<month2>{_MONTH})\s+(?P<days2>(?:the\s+)?{_DAY_LIST})(?![0-9:.,]?[0-9])(?:,?\s+(?P<year2>{_YEAR})\b)?"
    rf"|(?P<month3>{_MONTH}|{_SEASON}),?\s+(?:of\s+)?(?P<year3>{_YEAR})\b"
    rf"|(?P<year4>{_YEAR})-(?P<iso>[01][0-9])-(?P<days4>[0-3][0-9])\b"
    rf")"
)
_JOINT = r"(?:\s*[-–—/&,]\s*|,?\s+(?:and|or|to|till|until|through)\s+)"
_LONE_WEEKDAY = re.compile(
    rf"\b(?:(?<!the )(?<!The )(?:{WEEKDAY}(?:{_JOINT}{WEEKDAY})+"
    rf"|{_SHORT_DAY}(?=\W{{0,3}}(?:(?:from )?[0-9]|(?:closed|open|only)\b))"
    rf"|(?:Mon|Tue|Wed|Thu|Fri)\b(?=[.,–-]|$))"
    rf"|{_FULL_DAY})"
)
"""Cut short, they need another day, a time or a stop beside them, as the Sun shines and people sat or wed."""
_SURE_MONTH = (
    r"(?:January|February|April|June|July|August|September|October|November|December"
    r"|(?:Feb|Apr|Jul|Aug|Sept?|Oct|Nov|Dec)\b)"
)
"""Those that are no other word, and no name unless a name follows."""
_LONE_MONTH = re.compile(
    rf"\b{_MONTH}(?:{_JOINT}{_MONTH})+(?!\w)|(?:(?<=[a-z0-9,(] )|(?<=[-–—/])){_MONTH}(?!\w)"
    rf"|^{_MONTH}(?=\W*$)|\b{_SURE_MONTH}(?!\w|\s[A-Z])"
)
_BARE_YEAR = re.compile(rf"(?<![0-9A-Za-z.,£$€-]){_YEAR}(?![0-9A-Za-z%]|[.,][0-9])")
CLOCK = re.compile(
    r"\b(?:(?P<hour>[01]?[0-9]|2[0-4])(?::(?P<minute>[0-5][0-9])(?P<half>\s*[ap]\.?m\b\.?)?(?![0-9:])"
    r"|\.(?P<minute4>[0-5][0-9])(?P<half4>\s*[ap]\.?m\b\.?))"
    r"|(?P<hour2>1[0-2]|0?[1-9])(?P<half2>\s*[ap]\.?m\b\.?)|(?P<hour3>1[0-2]|[1-9])\s+o'clock)",
    re.IGNORECASE,
)
_NAMED_CLOCK = re.compile(r"\b(?:noon|midday|midnight)\b", re.IGNORECASE)


@dataclass(frozen=True, slots=True)
class Moment:
    """A date as far as it is given; `text` is how it is written, `start` where."""

    text: str
    start: int
    weekday: str = ""
    day: int = 0
    month: str = ""
    year: int = 0

    @property
    def parts(self) -> frozenset[tuple[str, object]]:
        """What is given."""
        given = {"weekday": self.weekday, "day": self.day, "month": self.month, "year": self.year}
        return frozenset((name, value) for name, value in given.items() if value)


@lru_cache(maxsize=4096)
def dates(text: str) -> tuple[Moment, ...]:
    """The dates of a text: with a month or a weekday; years by themselves come last."""
    text = plain(text)
    found: list[Moment] = []
    rest = list(text)
    for match in _DATE.finditer(text):
        found += _written(match)
        rest[match.start() : match.end()] = " " * len(match.group())
    left = "".join(rest)
    found += [Moment(t, at, weekday=_weekday(t)) for t, at in _each(WEEKDAY, _LONE_WEEKDAY, left)]
    found += [Moment(t, at, month=_month(t)) for t, at in _each(_MONTH, _LONE_MONTH, left)]
    found += [Moment(m.group(), m.start(), year=int(m.group())) for m in _BARE_YEAR.finditer(left)]
    return tuple(found)


@lru_cache(maxsize=4096)
def clock_times(text: str) -> tuple[tuple[str, frozenset[str]], ...]:
    """The clock times of a text as written, each with the times of day that it may mean."""
    found: list[tuple[str, frozenset[str]]] = []
    for match in CLOCK.finditer(plain(text)):
        hour = int(match["hour"] or match["hour2"] or match["hour3"])
        minute = int(match["minute"] or match["minute4"] or 0)
        half = (match["half"] or match["half2"] or match["half4"] or "").strip().casefold()
        found.append((match.group(), frozenset(f"{one}:{minute:02}" for one in hours(hour, half))))
    for match in _NAMED_CLOCK.finditer(text):
        time = "0:00" if match.group().casefold() == "midnight" else "12:00"
        found.append((match.group(), frozenset({time})))
    return tuple(found)


def _each(one: str, among: re.Pattern[str], text: str) -> Iterator[tuple[str, int]]:
    """Each piece of the matches of a pattern that has the form of one, and where it stands."""
    for match in among.finditer(text):
        for piece in re.finditer(rf"\b{one}", match.group()):
            yield piece.group(), match.start() + piece.start()


def hours(hour: int, half: str) -> set[int]:
    """The hours of the day that an hour as it is written may mean."""
    if half:
        return {hour % 12 + (12 if half.startswith("p") else 0)}
    return {hour % 24, (hour + 12) % 24} if hour <= 12 else {hour % 24}


def _written(match: re.Match[str]) -> list[Moment]:
    """The dates that one piece of text gives: "3 and 4 May 2027" is two."""
    days = match["days"] or match["days2"] or match["days4"] or ""
    year = int(match["year"] or match["year2"] or match["year3"] or match["year4"] or 0)
    written = match["month"] or match["month2"] or match["month3"]
    month = _month(written) if written else _iso_month(match["iso"])
    weekday = _weekday(match["weekday"]) if match["weekday"] else ""
    numbers = [int(day) for day in re.findall(r"[0-9]+", days)] or [0]
    return [Moment(match.group(), match.start(), weekday, number, month, year) for number in numbers]


def _month(written: str) -> str:
    low = written.casefold().rstrip(".")
    if low == "fall":
        return "autumn"
    if low in _SEASONS:
        return low
    return next((name for name in MONTHS if name.casefold().startswith(low[:3])), "")


def _iso_month(number: str) -> str:
    at = int(number or 0)
    return MONTHS[at - 1] if 1 <= at <= 12 else ""


def _weekday(written: str) -> str:
    return next(day for day in WEEKDAYS if written.casefold().startswith(day.casefold()[:3]))
