"""Whether an answer tells a moment as exactly as the question asks: a day is not told by a month."""

import re
from collections.abc import Callable
from dataclasses import dataclass

from rag.checks.asked_measure import FURTHER
from rag.checks.claim import Claim, plain
from rag.checks.hours import held_times
from rag.checks.moments import Moment, dates
from rag.checks.quantities import quantities
from rag.words import MONTHS

_WHICH = r"\b(?:what|which)(?: (?:exact|precise))? "
_ASKED = (
    r"\b(?=\W*$|,| (?:of|in|on|at|from|by|to|for|until|and|or|is|are|was|were|does|do|did|will|would|can"
    r"|could|must|should|shall|may|might|has|have|had|each|every|next|this|last|that|the|i|we|you|he|she|it|they|my|our"
    r"|your)\b)"
)
"""What follows tells the day that is asked for from one that only begins another word: "which day ticket"."""
_VAGUE = re.compile(
    r"\b(?:spring|summer|autumn|winter|season|weeks?|months?|years?|decades?|centur(?:y|ies)|soon|recently|later"
    r"|(?:end|start|beginning|middle|course) of|early|late)\b",
    re.IGNORECASE,
)
_DAY = re.compile(
    r"\b(?:(?:week)?days?|daily|dates?|today|tonight|tomorrow|yesterday|eve|weekends?|holidays?|anniversary"
    r"|birthday|easter|christmas|ramadan|ascension|pentecost|passover|diwali|solstice|equinox|immediately|now"
    r"|at once)\b",
    re.IGNORECASE,
)
_HOUR = re.compile(
    r"\b(?:times?|hours?|minutes?|mornings?|noon|midday|afternoons?|evenings?|nights?|tonight|midnight|dawn|dusk"
    r"|sunrise|sunset|daybreak|nightfall|breakfast|lunch\w*|dinner|daytime|clock|immediately|at once|now)\b",
    re.IGNORECASE,
)
_YEAR = re.compile(r"\b(?:years?|annual\w*|yearly|eras?|reign)\b", re.IGNORECASE)
_MONTH = re.compile(r"\b(?:months?|monthly|christmas|easter|ramadan)\b", re.IGNORECASE)
_NONE = re.compile(
    r"\b(?:closed|shut|all|always|throughout|no|not|never|none|unknown|unclear|var(?:y|ies)|depend\w*)\b|n't\b",
    re.IGNORECASE,
)
"""What may stand for a moment."""


@dataclass(frozen=True, slots=True)
class _Exactness:
    """What is asked for, by which words, and what tells it: a date that holds it, or words that may."""

    name: str
    asks: re.Pattern[str]
    held: Callable[[Moment], bool]
    words: re.Pattern[str]


def _asking(form: str) -> re.Pattern[str]:
    return re.compile(_WHICH + form + _ASKED, re.IGNORECASE)


_ALL = (
    _Exactness("a day", _asking(r"(?:days?|dates?)"), lambda one: bool(one.day or one.weekday), _DAY),
    _Exactness(
        "a time of day",
        _asking(r"(?:hours?|times?)(?! of (?:the )?(?:year|month|week|season)\b)"),
        lambda one: False,
        _HOUR,
    ),
    _Exactness("a month", _asking(r"months?"), lambda one: one.month in MONTHS, _MONTH),
    _Exactness("a year", _asking(r"years?"), lambda one: bool(one.year), _YEAR),
)


def missing_moment(claim: Claim) -> str | None:
    """The moment that is asked for, when the answer tells a coarser or another one and nothing nearer."""
    asked, sentence = plain(claim.asked), plain(claim.sentence)
    wanted = next((one for one in _ALL if one.asks.search(asked)), None)
    if wanted is None or FURTHER.search(asked):
        return None
    found = dates(sentence)
    rest = sentence
    for one in found:
        rest = rest[: one.start] + " " * len(one.text) + rest[one.start + len(one.text) :]
    is_told = any(wanted.held(one) for one in found) or wanted.words.search(rest) or _NONE.search(rest)
    if is_told or quantities(rest) or held_times(rest) or not (found or _VAGUE.search(rest)):
        return None
    return f"The question asks for {wanted.name}, and the answer gives none."
