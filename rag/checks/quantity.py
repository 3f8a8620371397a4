"""A number with what it counts, and what the two ends of a range share."""

from dataclasses import dataclass, replace
from fractions import Fraction

from rag.checks.units import MAGNITUDES

_JOINTS = frozenset({"to", "and", "or", "-", "–", "—", "by", ",", ", and", ", or"})


@dataclass(frozen=True, slots=True)
class Quantity:
    """A number in a text; `raw` is its value as counted in its own unit, `scaled` in its dimension's.

    `unit` is empty when it has none, ``ordinal`` for a rank; a code such as 40S is its own `raw`.
    """

    raw: Fraction | str
    scaled: Fraction | str
    unit: str
    text: str
    start: int
    end: int
    spelled: bool = False

    def agrees(self, other: "Quantity") -> bool:
        """Whether the other one says the same; a unit that only one of them has does not matter."""
        if self.unit and other.unit:
            return self.unit == other.unit and self.scaled == other.scaled
        return self.raw == other.raw and "ordinal" not in {self.unit, other.unit}


def with_shared_units(found: list[Quantity], text: str) -> tuple[Quantity, ...]:
    """Adds what ranges and lists leave out: in "5, 7 and 9 euros" and "1754–63" all members are whole."""
    result = list(found)
    after = found[-1] if found else None
    for one, then in zip(found[-2::-1], found[::-1], strict=False):
        between = text[one.end : then.start].strip(" $£€¥₹").casefold()
        readings = _completed(one, after, between) if after and between in _JOINTS else []
        result += readings
        after = next((reading for reading in readings if reading.start == one.start), one)
    return tuple(result)


def _completed(one: Quantity, after: Quantity, between: str) -> list[Quantity]:
    """The further readings of two members that stand side by side."""
    raw, next_raw = one.raw, after.raw
    if isinstance(raw, str) or isinstance(next_raw, str):
        return []
    if between in {"-", "–"} and 1000 <= raw <= 2100 and next_raw < 100:
        year = raw - raw % 100 + next_raw
        return [replace(after, raw=year, scaled=year, text=str(year))]
    magnitude = _magnitude(after)
    if after.unit not in {"", "ordinal"} and one.unit in {"", after.unit} and next_raw:
        factor = after.scaled / next_raw if isinstance(after.scaled, Fraction) else Fraction(1)
        return [
            replace(one, raw=raw * times, scaled=raw * times * factor, unit=after.unit)
            for times in dict.fromkeys((magnitude, Fraction(1)))
        ]
    return [replace(one, raw=raw * magnitude, scaled=raw * magnitude)] if magnitude > 1 else []


def _magnitude(quantity: Quantity) -> Fraction:
    """By how much a word behind the digits multiplies them."""
    value = Fraction(1)
    for word in quantity.text.casefold().split()[1:]:
        value *= MAGNITUDES.get(word, 1)
    return value
