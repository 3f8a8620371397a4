"""An altered copy of a text: other numbers and other names, by one rule for all texts of a collection.

Each number and name is changed by itself, whatever stands around it, so that what stood word for word in an
article still does: its evidence, the answers in that, and the questions about it all change in step.
"""

import re
from collections.abc import Iterable

_TENS = "twenty thirty forty fifty sixty seventy eighty ninety".split()
_SMALL = (
    "zero one two three four five six seven eight nine ten eleven twelve thirteen fourteen fifteen sixteen "
    "seventeen eighteen nineteen"
).split()
_CALENDAR = frozenset(
    """january february march april may june july august september october november december
    monday tuesday wednesday thursday friday saturday sunday""".split()
)
_SHORTEST_NAME = 3

_LETTERS = r"[^\W\d_]"
_WORD = re.compile(rf"{_LETTERS}+")
_OVER_TWENTY = rf"(?:{'|'.join(_TENS)})(?:-(?:{'|'.join(_SMALL[1:10])}))?"
_SPELLED = rf"(?<!{_LETTERS})(?:{_OVER_TWENTY}|{'|'.join(_SMALL[2:])})(?!{_LETTERS})"
_TOKEN = re.compile(
    rf"(?P<number>\d{{1,3}}(?:[, \u00a0\u2009\u202f]\d{{3}})+(?!\d)|\d+)(?P<ordinal>(?:st|nd|rd|th)\b)?"
    rf"|(?P<spelled>(?i:{_SPELLED}))|(?P<word>{_LETTERS}+)"
)
_OPENS_SENTENCE = re.compile(r"(?:^|[.!?:;•|\n\"“”‘’'(\[]|[-*#>]\s)\s*$")

_DIGITS = str.maketrans("123456789", "456789123")
_FROM, _TO = "aeioulrmnfvbdgptkc", "oieuarlnmvfdgptkcb"
_NAME_LETTERS = str.maketrans(_FROM + _FROM.upper(), _TO + _TO.upper())


class Alteration:
    """Changes numbers and names; which words are names is learnt from the texts of the collection."""

    def __init__(self, texts: Iterable[str]) -> None:
        """Learns the names: words with a capital inside a sentence, and nowhere without one.

        One that only opens sentences is a name where such a one begins with it ("Ford", "Fords").
        """
        capitalised: set[str] = set()
        opening: set[str] = set()
        ordinary: set[str] = set(_CALENDAR)
        for text in texts:
            for match in _WORD.finditer(text):
                word = match.group()
                if word[0].islower():
                    ordinary.add(word)
                elif _looks_like_a_name(word):
                    opens = _opens_sentence(text, match.start())
                    (opening if opens else capitalised).add(word.casefold())
        names = capitalised - ordinary
        beginnings = {name[:length] for name in names for length in range(_SHORTEST_NAME, len(name) + 1)}
        self._beginnings = beginnings - ordinary
        self._names = names | (opening & self._beginnings)

    def __call__(self, text: str) -> str:
        """The text with other numbers and names."""
        return _TOKEN.sub(self._changed, text)

    def _changed(self, match: re.Match[str]) -> str:
        if match["number"]:
            return _number(match["number"], bool(match["ordinal"]))
        if match["spelled"]:
            return _spelled(match["spelled"])
        word = match["word"]
        return word.translate(_NAME_LETTERS) if self._is_name(word) else word

    def _is_name(self, word: str) -> bool:
        """Whether the word is one of the names, in any case, or begins one ("Norman", "Normans")."""
        key = word.casefold()
        if key in self._names:
            return True
        return _looks_like_a_name(word) and key in self._beginnings


def _looks_like_a_name(word: str) -> bool:
    return len(word) >= _SHORTEST_NAME and word[0].isupper() and word[1].islower()


def _opens_sentence(text: str, start: int) -> bool:
    return bool(_OPENS_SENTENCE.search(text[max(0, start - 3) : start]))


def _number(written: str, ordinal: bool) -> str:
    """The number's stand-in, with separators where they were; of an ordinal, with the ending that fits."""
    digits = "".join(character for character in written if character.isdigit())
    new = iter(_digits(digits))
    number = "".join(next(new) if character.isdigit() else character for character in written)
    return number + _ordinal_ending(number) if ordinal else number


def _digits(digits: str) -> str:
    """As many digits that differ: days stay days, years stay in their century, zeros stay zeros."""
    if len(digits) == 2 and 10 <= int(digits) <= 31:
        return str(10 + (int(digits) - 7) % 22)
    if len(digits) == 4 and 10 <= int(digits[:2]) <= 20 and digits[2:] != "00":
        return digits[:2] + digits[2:].translate(_DIGITS)
    return digits.translate(_DIGITS)


def _ordinal_ending(number: str) -> str:
    if number[-2:-1] == "1":
        return "th"
    return {"1": "st", "2": "nd", "3": "rd"}.get(number[-1], "th")


def _spelled(word: str) -> str:
    """The words of the number that stands in for this one's digits."""
    tens, _, unit = word.casefold().partition("-")
    if tens in _TENS:
        value = 10 * (_TENS.index(tens) + 2) + (_SMALL.index(unit) if unit else 0)
    else:
        value = _SMALL.index(tens)
    new = _spell(int(_digits(str(value))))
    if word.isupper():
        return new.upper()
    return new.capitalize() if word[0].isupper() else new


def _spell(value: int) -> str:
    if value < len(_SMALL):
        return _SMALL[value]
    tens, unit = divmod(value, 10)
    return _TENS[tens - 2] + (f"-{_SMALL[unit]}" if unit else "")
