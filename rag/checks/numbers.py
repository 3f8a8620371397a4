"""Whether the numbers of an answer stand in the words it cites."""

import re
from collections.abc import Iterable, Mapping, Sequence
from fractions import Fraction

from rag.checks.asked import kinds
from rag.checks.claim import Claim
from rag.checks.hours import held_times, loose_hours
from rag.checks.polarity import is_negative
from rag.checks.quantities import quantities
from rag.checks.quantity import Quantity
from rag.checks.readings import coded, held_quantities
from rag.checks.units import unit_of
from rag.words import words

_TITLE = re.compile(r"(?<=\s)[A-Z]\w+[\s-]+[A-Z]")
_PRONOUN = frozenset({"one", "first", "second"})


def missing_number(claim: Claim) -> str | None:
    """The first number of the answer that the cited words do not hold."""
    held = [found for source in claim.cited for found in held_quantities(source.text)]
    by_value = _by_value(held)
    asked = _by_value(quantities(claim.asked))
    units = _units(claim)
    hours = _hours(claim)
    readings: dict[int, list[Quantity]] = {}
    for said in coded(claim.sentence):
        readings.setdefault(said.start, []).append(said)
    for same in readings.values():
        if any(_stands(said, by_value, units) for said in same) or _is_pronoun(same[0], claim):
            continue
        if same[0].start in hours:
            continue
        if any(said.agrees(one) for said in same for one in _alike(said, asked)) and _may_repeat(
            same[0], held, claim
        ):
            continue
        return f"The number {same[0].text} does not stand in the cited words."
    return None


_ByValue = Mapping[Fraction | str, Sequence[Quantity]]


def _by_value(found: Iterable[Quantity]) -> _ByValue:
    """Quantities by each value under which they may agree with another."""
    result: dict[Fraction | str, list[Quantity]] = {}
    for one in found:
        for value in {one.raw, one.scaled}:
            result.setdefault(value, []).append(one)
    return result


def _alike(said: Quantity, held: _ByValue) -> list[Quantity]:
    return [one for value in {said.raw, said.scaled} for one in held.get(value, ())]


def _stands(said: Quantity, held: _ByValue, units: frozenset[str]) -> bool:
    """Whether the cited words hold it, with its unit if it has one."""
    return any(
        said.agrees(one) and (one.unit or not said.unit or said.unit in units or said.unit == "ordinal")
        for one in _alike(said, held)
    )


def _units(claim: Claim) -> frozenset[str]:
    """The units that are mentioned anywhere in the question and the cited words."""
    texts = [claim.question, *(source.text for source in claim.cited)]
    mentioned = {found.unit for text in texts for found in quantities(text)}
    for text in texts:
        named = (unit_of(word.text) for word in words(text))
        mentioned |= {unit[0] for unit in named if unit}
    return frozenset(mentioned)


def _hours(claim: Claim) -> frozenset[int]:
    """Where the numbers of the answer stand that are hours which the cited words hold too."""
    held = held_times(claim.source)
    said = loose_hours(claim.sentence, asked="time" in kinds(claim))
    return frozenset(start for start, times in said.items() if times & held)


def _is_pronoun(said: Quantity, claim: Claim) -> bool:
    """Whether a spelled number is another kind of word: a pronoun, or in a title ("Seven Years' War")."""
    if said.spelled and _TITLE.match(claim.sentence, said.start):
        return True
    return said.spelled and said.text.casefold() in _PRONOUN and "number" not in kinds(claim)


def _may_repeat(said: Quantity, held: list[Quantity], claim: Claim) -> bool:
    """Whether a number that only the question holds may be said again.

    A denial may; an answer to a question that asks what is may, unless the cited words give another number of
    the same kind in its stead. What people say of themselves has no rival there: those who gave 200 may ask
    what "150 or more" brings.
    """
    if claim.says_no or is_negative(claim.sentence):
        return True
    if claim.is_polar:
        return False
    own = claim.is_personal and not is_year(said)
    return own or not any(_rivals(said, one) for one in held)


def _rivals(said: Quantity, other: Quantity) -> bool:
    if isinstance(said.raw, str) or isinstance(other.raw, str):
        return False
    if is_year(said) or is_year(other):
        return is_year(said) and is_year(other)
    return bool(said.unit) and said.unit == other.unit


def is_year(quantity: Quantity) -> bool:
    """Whether it looks like the number of a year."""
    return (
        not quantity.unit
        and not quantity.spelled
        and not isinstance(quantity.raw, str)
        and quantity.raw.denominator == 1
        and 1000 <= quantity.raw <= 2100
        and "," not in quantity.text
    )
