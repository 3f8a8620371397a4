"""Numbers with what they count: digits or words, magnitudes, units, currencies, ordinals, fractions."""

import re
from dataclasses import dataclass
from fractions import Fraction
from functools import lru_cache

from rag.checks.claim import plain
from rag.checks.moments import CLOCK
from rag.checks.number_words import CARDINALS, FRACTIONS, ORDINALS
from rag.checks.quantity import Quantity, with_shared_units
from rag.checks.units import MAGNITUDES, SHORT_MAGNITUDES, SIGNS, unit_of

_TOKEN = re.compile(
    r"(?P<number>(?<![A-Za-z0-9])(?:[0-9]{1,3}(?:,[0-9]{3})+(?![0-9])|[0-9]+)(?:\.[0-9]+)?)"
    r"|(?P<word>°[CF]?|[^\W_]+)|(?P<sign>[$£€¥₹%])|(?P<joint>[-–—/&])|(?P<stop>[^\s])"
)
_LONGEST = 18
_AFTER_SHARE = frozenset("of is are was were will should less more".split())
"""What follows a third that is a part, not the one after the second."""
_ORDINAL_ENDING = re.compile(r"(?:st|nd|rd|th)$", re.IGNORECASE)


@dataclass(frozen=True, slots=True)
class _Token:
    text: str
    kind: str
    start: int
    end: int

    @property
    def low(self) -> str:
        return self.text.casefold()


_NOTHING = _Token("", "", -1, -1)


@lru_cache(maxsize=4096)
def quantities(text: str) -> tuple[Quantity, ...]:
    """The numbers of a text, in order; days and years count, clock times do not."""
    bare = CLOCK.sub(lambda match: " " * len(match.group()), plain(text))
    scanner = _Scanner(bare)
    return with_shared_units(scanner.found(), bare)


class _Scanner:
    """Walks over the tokens of a text once."""

    def __init__(self, text: str) -> None:
        self._text = text
        self._tokens = [
            _Token(match.group(), str(match.lastgroup), match.start(), match.end())
            for match in _TOKEN.finditer(text)
        ]
        self._at = 0

    def found(self) -> list[Quantity]:
        """All quantities."""
        result = []
        while self._at < len(self._tokens):
            quantity = self._quantity()
            if quantity is None:
                self._at += 1
            else:
                result.append(quantity)
        return result

    def _peek(self, ahead: int = 0) -> _Token:
        at = self._at + ahead
        return self._tokens[at] if 0 <= at < len(self._tokens) else _NOTHING

    def _quantity(self) -> Quantity | None:
        first = self._peek()
        sign = SIGNS.get(self._peek(-1).text, "")
        if first.kind == "number":
            value = _value(first.text)
            glued = self._peek(1)
            self._at += 1
            if glued.kind == "word" and glued.start == first.end:
                return self._glued(first, glued, value, sign)
            return self._finish(first, value, sign, spelled=False)
        return self._spelled(first, sign)

    def _glued(self, first: _Token, glued: _Token, value: Fraction | str, sign: str) -> Quantity:
        """A number with letters at its end: an ordinal, a unit or magnitude, or a code."""
        end, low = glued.end, glued.low
        if _ORDINAL_ENDING.fullmatch(low):
            self._at += 1
            return self._made(first, end, value, "ordinal")
        if isinstance(value, Fraction) and sign and low in SHORT_MAGNITUDES:
            self._at += 1
            return self._made(first, end, value * SHORT_MAGNITUDES[low], sign)
        if unit_of(glued.text) or low in {"bn", "mn"}:
            return self._finish(first, value, sign, spelled=False)
        self._at += 1
        code = first.text.casefold() + low
        return self._made(first, end, code, "")

    def _spelled(self, first: _Token, sign: str) -> Quantity | None:
        low, then = first.low, self._peek(1).low
        if low in {"a", "an"} and (then in MAGNITUDES or then == "dozen"):
            self._at += 1
            return self._finish(first, Fraction(1), sign, spelled=True)
        if low in {"a", "an"} and then in FRACTIONS and self._peek(2).low in _AFTER_SHARE:
            self._at += 2
            return self._made(first, self._peek(-1).end, Fraction(1, FRACTIONS[then]), "", spelled=True)
        if low == "half" and self._peek(-1).low not in {"first", "second", "other"}:
            self._at += 2 if then in {"a", "an"} else 1
            return self._finish(first, Fraction(1, 2), sign, spelled=True)
        if low in ORDINALS:
            self._at += 1
            return self._made(first, first.end, Fraction(ORDINALS[low]), "ordinal", spelled=True)
        if low not in CARDINALS:
            return None
        self._at += 1
        return self._cardinal(first, Fraction(CARDINALS[low]), sign)

    def _cardinal(self, first: _Token, value: Fraction, sign: str) -> Quantity:
        """The rest of a spelled number: "twenty-five", "twenty-first", "two thirds"."""
        joint = 1 if self._peek().text == "-" else 0
        then = self._peek(joint).low
        if value >= 20 and 0 < CARDINALS.get(then, 0) < 10:
            self._at += joint + 1
            value += CARDINALS[then]
        elif value >= 20 and 0 < ORDINALS.get(then, 0) < 10:
            self._at += joint + 1
            return self._made(first, self._peek(-1).end, value + ORDINALS[then], "ordinal", spelled=True)
        elif then in FRACTIONS and then != "half":
            self._at += joint + 1
            return self._made(first, self._peek(-1).end, value / FRACTIONS[then], "", spelled=True)
        return self._finish(first, value, sign, spelled=True)

    def _finish(self, first: _Token, value: Fraction | str, sign: str, *, spelled: bool) -> Quantity:
        """Takes the magnitudes and the unit that follow."""
        value = self._magnified(value)
        joint = 1 if self._peek().text in {"-", "–"} else 0
        power = self._peek(joint).low if self._peek(joint).low in {"square", "cubic"} else ""
        skipped = joint + bool(power)
        unit = unit_of(self._peek(skipped).text) or _per_cent(self._peek(skipped), self._peek(skipped + 1))
        if unit and not sign:
            self._at += skipped + 1
            factor = unit[1] ** {"": 1, "square": 2, "cubic": 3}[power]
            name = f"{power} {unit[0]}".strip()
            return self._made(first, self._peek(-1).end, value, name, factor, spelled=spelled)
        return self._made(first, max(self._peek(-1).end, first.end), value, sign, spelled=spelled)

    def _magnified(self, value: Fraction | str) -> Fraction | str:
        if isinstance(value, str):
            return value
        while True:
            low, then = self._peek().low, self._peek(1).low
            if low in {"dozen", "bn", "mn"} or low in MAGNITUDES:
                value *= 12 if low == "dozen" else MAGNITUDES.get(low) or SHORT_MAGNITUDES[low]
                self._at += 1
            elif low == "and" and then in CARDINALS and value >= 100 and self._peek(-1).low in MAGNITUDES:
                value += CARDINALS[then]
                self._at += 2
            elif low in CARDINALS and self._peek(-1).low in MAGNITUDES:
                value += CARDINALS[low]
                self._at += 1
            elif low == "and" and then == "a" and self._peek(2).low == "half":
                value += Fraction(1, 2)
                self._at += 3
            else:
                return value

    def _made(
        self,
        first: _Token,
        end: int,
        raw: Fraction | str,
        unit: str,
        factor: Fraction = Fraction(1),
        *,
        spelled: bool = False,
    ) -> Quantity:
        scaled = raw if isinstance(raw, str) else raw * factor
        before = self._text[max(0, first.start - 2) : first.start].rstrip()
        signed = before[-1:] in SIGNS
        start = self._text.rindex(before[-1], 0, first.start) if signed else first.start
        return Quantity(raw, scaled, unit, self._text[start:end], start, end, spelled)


def _value(digits: str) -> Fraction | str:
    """The value of digits, or the digits themselves where they are too many to be an amount."""
    joined = digits.replace(",", "")
    return Fraction(joined) if len(joined) <= _LONGEST else joined


def _per_cent(word: _Token, then: _Token) -> tuple[str, Fraction] | None:
    return ("percent", Fraction(1)) if word.low == "per" and then.low == "cent" else None
