"""Whether the dates and clock times of an answer stand together in the words it cites."""

from collections.abc import Sequence

from rag.checks import moments
from rag.checks.claim import Claim
from rag.checks.hours import held_times
from rag.checks.moments import Moment, clock_times
from rag.checks.polarity import is_negative


def missing_date(claim: Claim) -> str | None:
    """The first date or time of the answer that the cited words do not hold."""
    held = [moment for source in claim.cited for moment in moments.dates(source.text)]
    asked = moments.dates(claim.question)
    excused = claim.says_no or is_negative(claim.sentence)
    for said in moments.dates(claim.sentence):
        if _stands(said, held):
            continue
        if _stands(said, asked) and (excused or not (claim.is_polar or held)):
            continue
        if set(said.parts) == {("year", said.year)}:
            continue  # the check of the numbers tells years from other numbers
        return f"The date {said.text} does not stand in the cited words."
    return None if excused else _clock(claim)


def _stands(said: Moment, held: Sequence[Moment]) -> bool:
    """Whether one date has all of it, or one has day and month and another, that gives no more, the rest."""
    if any(said.parts <= one.parts for one in held):
        return True
    fixed = {(name, value) for name, value in said.parts if name in {"day", "month"}}
    if not fixed:
        return False
    bare = {part for one in held if len(one.parts) == 1 for part in one.parts}
    return any(
        fixed <= one.parts
        and all(part in bare for part in said.parts - one.parts)
        and not {name for name, _ in said.parts - one.parts} & {name for name, _ in one.parts}
        for one in held
    )


def _clock(claim: Claim) -> str | None:
    """The same for clock times: one of the times that each may mean must be held."""
    held = frozenset[str]().union(*(times for _, times in clock_times(claim.source)))
    any_held = held_times(claim.source)
    asked = frozenset[str]().union(*(times for _, times in clock_times(claim.question)))
    for written, times in clock_times(claim.sentence):
        if not times & any_held and (held or claim.is_polar or not times & asked):
            return f"The time {written} does not stand in the cited words."
    return None
