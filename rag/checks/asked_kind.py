"""Whether an answer holds the kind of thing that the question asks for."""

from rag.checks.agent import unnamed_agent
from rag.checks.asked import kinds
from rag.checks.asked_measure import missing_measure
from rag.checks.asked_moment import missing_moment
from rag.checks.asked_person import may_be_people
from rag.checks.claim import Claim, plain
from rag.checks.kind_words import AMOUNT, LASTING, PERSON, PLACE, TIME
from rag.checks.moments import clock_times, dates
from rag.checks.quantities import quantities
from rag.checks.unnamed import counted_only
from rag.words import content_keys, words
from rag.words import names as names_in

_WANTED = {
    "person": "a person or a group",
    "number": "a number",
    "duration": "a length of time",
    "time": "a time",
    "place": "a place",
}
_BRIEF = 3


def missing_kind(claim: Claim) -> str | None:
    """The kind of thing that is asked for, when the answer has none of it."""
    problem = missing_measure(claim) or missing_moment(claim) or unnamed_agent(claim) or counted_only(claim)
    if problem is not None:
        return problem
    wanted = kinds(claim)
    if "any" in wanted or claim.says_yes or claim.says_no or any(_holds(kind, claim) for kind in wanted):
        return None
    things = " or ".join(sorted(_WANTED[kind] for kind in wanted))
    return f"The question asks for {things}, and the answer gives none."


def _holds(kind: str, claim: Claim) -> bool:
    """Whether the answer has that kind of thing beyond what the question says."""
    sentence = plain(claim.sentence)
    rest = _without_question(claim)
    if kind == "person":
        return (
            _has_name(claim) or bool(PERSON.search(rest)) or may_be_people(claim, is_brief=_is_brief(claim))
        )
    if kind == "number":
        return bool(quantities(sentence) or AMOUNT.search(rest))
    if kind == "duration":
        return bool(quantities(sentence) or AMOUNT.search(rest) or dates(sentence) or LASTING.search(rest))
    if kind == "time":
        timed = dates(sentence) or bool(clock_times(sentence)) or bool(quantities(sentence))
        return bool(timed or TIME.search(rest)) or _is_brief(claim)
    return _has_name(claim) or bool(PLACE.search(rest)) or _is_brief(claim)


def _without_question(claim: Claim) -> str:
    """The words of the answer without those of the question that carry content."""
    asked = content_keys(claim.asked)
    return " ".join(word.text for word in words(plain(claim.sentence)) if word.key not in asked)


def _is_brief(claim: Claim) -> bool:
    """Whether the answer is too short to tell what kind of thing it names."""
    said = content_keys(claim.sentence)
    return len(said) <= _BRIEF and not said & content_keys(claim.asked)


def _has_name(claim: Claim) -> bool:
    """Whether a name stands in the answer that the question does not hold.

    A first word with a capital is a name where the cited words write it so in the middle of a sentence.
    """
    asked = {word.key for word in words(claim.asked)}
    months = {word.key for moment in dates(claim.sentence) for word in words(moment.text)}
    found = {word.key for name in names_in(claim.sentence) for word in words(name)}
    cited = {word.key for source in claim.cited for name in names_in(source.text) for word in words(name)}
    opening = {word.key for source in claim.cited for word in words(source.text)[:1] if word.carries_content}
    found |= {word.key for word in words(claim.sentence)[:1] if word.text[0].isupper()} & (cited | opening)
    return any(not key.isdigit() for key in found - asked - months)
