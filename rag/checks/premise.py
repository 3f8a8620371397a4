"""Whether the cited words contradict what a question takes for granted."""

import re
from collections.abc import Sequence
from functools import lru_cache

from rag.checks.antonyms import opposite_premise
from rag.checks.asked import kinds
from rag.checks.claim import Claim, plain
from rag.checks.moments import dates
from rag.checks.negation_cues import CUE
from rag.checks.numbers import is_year
from rag.checks.polarity import disagreement, is_negative, may_be_negative
from rag.checks.quantities import quantities
from rag.checks.quantity import Quantity
from rag.checks.roles import other_holder
from rag.words import content_keys, words

_BOUND = re.compile(
    r"\b(?:before|after|since|by|until|till|between|from|to|during|around|about|over|under|above|below|beyond"
    r"|exceed(?:s|ed|ing)?|excess of|than|least|most|nearly|almost|approximately|some|roughly|early|late|mid"
    r"|circa|c|up|through|and|or|within)"
    r"\W*(?:the\s+)?(?:year\s+)?(?:(?:[0-9]+\s+)?[A-Z]\w+\s+)?(?:[0-9]+,\s+)?$",
    re.IGNORECASE,
)
_BOUND_AFTER = re.compile(
    r"^\W*(?:\w+\W+)?(?:or|and) (?:more|less|fewer|over|above|below|under|\w+er|up|upwards)\b", re.IGNORECASE
)
_BECAUSE = re.compile(r"\b(?:because|since|due to|owing to)\b", re.IGNORECASE)
_BEFORE = re.compile(r"([^\W\d_]{3,}) $")
_PUNCTUATION = re.compile(r"[,.;:()\n]")
_CONDITION = re.compile(r"\b(?:if|unless|when)\b[^,;?]*", re.IGNORECASE)
_MIN_SHARED = 2
_NEAR = 60
_MOST = 100
"""Numbers looked at: a text with more is a table or worse."""


def contradicted_premise(claim: Claim) -> str | None:
    """What the cited words say against the question; silence about a detail is no contradiction."""
    if claim.is_polar or claim.is_choice or claim.says_no or is_negative(claim.sentence):
        return None
    texts = [source.text for source in claim.cited]
    if not texts:
        return None
    if _denies(_without_conditions(claim.asked), texts):
        return "The cited words negate what the question takes for granted, or the other way round."
    if all(opposite_premise(claim.asked, text) for text in texts):
        return "The cited words say the opposite of what the question takes for granted."
    return _other_number(claim) or other_holder(claim)


def _denies(asked: str, texts: Sequence[str]) -> bool:
    """Whether the question negates what the texts affirm, or the other way round.

    A question that negates something mostly says in other words what the article says without a negation, so
    there a sentence must hold all of it, and neither a reason nor a negation of its own.
    """
    if not disagreement(asked, texts):
        return False
    said = content_keys(CUE.sub(" ", asked))
    return not is_negative(asked) or any(
        said <= content_keys(text) and not may_be_negative(text) and not _BECAUSE.search(text)
        for text in texts
    )


def _other_number(claim: Claim) -> str | None:
    """A number of the question in whose place the cited words have another.

    What people say of themselves (years of service, a sum that was paid) is no claim about the article.
    """
    asked = plain(claim.asked)
    said = quantities(claim.sentence)
    about = [source for source in claim.cited if _shared(asked, source.text)]
    held = [(one, plain(source.text)) for source in about for one in quantities(source.text)][:_MOST]
    everywhere = [one for source in claim.cited for one in quantities(source.text)][:_MOST]
    for number in quantities(asked)[:_MOST]:
        if _is_loose(number, asked) or any(number.agrees(one) for one in everywhere):
            continue
        if claim.is_personal and not is_year(number) and not _named(number, asked, capital=False):
            continue
        rivals = [one for one, text in held if _same_slot(number, asked, one, text)]
        if kinds(claim) & _kinds_of(number):
            rivals = [one for one in rivals if not any(one.agrees(other) for other in said)]
        if rivals:
            return f"The question says {number.text}, and the cited words say {rivals[0].text}."
    return None


def _kinds_of(number: Quantity) -> frozenset[str]:
    """The kinds of question whose answer such a number may be."""
    return frozenset({"time"}) if is_year(number) else frozenset({"number", "duration"})


def _is_loose(number: Quantity, text: str) -> bool:
    """Whether the words before a number make it a bound, a range or an estimate."""
    return (
        isinstance(number.raw, str)
        or number.text.casefold() == "one"
        or bool(_BOUND.search(text[max(0, number.start - _NEAR) : number.start]))
        or bool(_BOUND_AFTER.search(text[number.end : number.end + _NEAR]))
    )


def _same_slot(number: Quantity, asked: str, other: Quantity, text: str) -> bool:
    """Whether another number stands where the question's number should."""
    name = _named(other, text)
    if name:
        return name == _named(number, asked, capital=False) and not is_year(number)
    if _is_loose(other, text) or _shared(asked, text) < _MIN_SHARED:
        return False
    if is_year(number):
        return is_year(other)
    if is_year(other) or number.unit != other.unit:
        return False
    noun = _counted(number, asked)
    return bool(noun) and noun == _counted(other, text)


def _named(number: Quantity, text: str, *, capital: bool = True) -> str:
    """The name that the digits are a part of, as in "Stage 2"."""
    match = _BEFORE.search(text[max(0, number.start - _NEAR) : number.start])
    if number.unit or number.spelled or match is None or (capital and not match[1][0].isupper()):
        return ""
    if is_year(number) or dates(match[1]):
        return ""
    return match[1].casefold()


@lru_cache(maxsize=1024)
def _shared(one: str, other: str) -> int:
    return len({key for key in content_keys(one) & content_keys(other) if not key.isdigit()})


def _counted(number: Quantity, text: str) -> str:
    """The word that says what is counted."""
    if number.unit not in {"", "ordinal"}:
        return number.unit
    following = _PUNCTUATION.split(text[number.end : number.end + _NEAR], maxsplit=1)[0]
    return next((word.key for word in words(following) if word.carries_content), "")


def _without_conditions(question: str) -> str:
    """The question without its if-clauses, which presume nothing; a question word "when" stays."""
    return question[:4] + _CONDITION.sub("", question[4:])
