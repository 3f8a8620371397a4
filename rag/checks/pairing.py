"""Whether the value an answer gives is the one that the cited words give for what is asked."""

import re
from dataclasses import replace

from rag.checks.claim import Claim
from rag.checks.quantities import quantities
from rag.checks.segments import Anchor, Segment, anchors, segments
from rag.checks.units import unit_of
from rag.words import content_keys, words

_PARTICIPLE = re.compile(r"^\W*(?:and\s+|but\s+)?\w+(?:ed|ing)\b", re.IGNORECASE)


def other_value(claim: Claim) -> str | None:
    """The other value that the cited words give for the words of the question and the answer.

    A value is only called wrong when the part of a sentence that holds it has a subject of its own that
    neither question nor answer speaks of, and the part of another value has what they do speak of.
    """
    given = [_with_unit(one, claim) for one in anchors(claim.sentence)]
    asked = {one.value for one in anchors(claim.question)}
    for kind in sorted({one.kind for one in given}):
        values = {one.value for one in given if one.kind == kind}
        if len(values) != 1 or values & asked:
            continue
        parts = segments(claim.source, kind)
        value = next(iter(values))
        own = [part for part in parts if _same(part.anchor.value, value)]
        others = [
            part for part in parts if not _same(part.anchor.value, value) and not _is_spoken_of(part, claim)
        ]
        about = _about(claim, kind, value)
        for other in others:
            if own and all(_belongs_rather(one, other, about) for one in own):
                text = other.text[:80].strip(" ,;")
                return f"The cited words give another value for what is asked: “{text}”."
    return None


def _with_unit(said: Anchor, claim: Claim) -> Anchor:
    """A bare number of the answer as the amount that the cited words give in some unit."""
    if said.kind != "amount ":
        return said
    raw = next((one.raw for one in quantities(claim.sentence) if str(one.scaled) == said.value), None)
    for one in quantities(claim.source):
        if one.raw == raw and one.unit and one.unit != "ordinal":
            return replace(said, kind=f"amount {one.unit}", value=str(one.scaled))
    return said


def _is_spoken_of(part: Segment, claim: Claim) -> bool:
    """Whether question or answer have the value of a part already, or some of a name."""
    said = claim.sentence + " " + claim.question
    if part.anchor.kind == "name":
        return bool(content_keys(part.anchor.value) & content_keys(said))
    return any(one.value == part.anchor.value for one in anchors(said))


def _about(claim: Claim, kind: str, value: str) -> frozenset[str]:
    """What question and answer speak of, without the value and its unit."""
    said = content_keys(claim.question) | content_keys(claim.sentence)
    units = {word.key for word in words(claim.sentence + " " + claim.source) if unit_of(word.text)}
    return said - units - (content_keys(value) if kind == "name" else frozenset())


def _same(held: str, said: str) -> bool:
    return held == said or bool(set(held.split()) & set(said.split()) and " " in held and " " in said)


def _belongs_rather(own: Segment, other: Segment, about: frozenset[str]) -> bool:
    """Whether what is spoken of stands in the other part rather than in the value's own."""
    mine = own.keys - other.keys - own.name
    theirs = other.keys - own.keys - other.name
    foreign = mine - about
    if not foreign or not theirs & about or _PARTICIPLE.match(own.text):
        return False
    unexplained = theirs - about
    if not unexplained:
        return True
    return not mine & about and 2 * len(theirs & about) >= len(unexplained)
