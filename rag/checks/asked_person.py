"""Whether an answer without a name or a known word for people may still say who."""

import re

from rag.checks.claim import BEING, Claim, plain
from rag.checks.kind_words import TIME
from rag.checks.moments import dates
from rag.checks.units import unit_of
from rag.words import Word, content_keys, words

_NEAR = 40
_DETERMINER = r"(?:an?|the|his|her|its|their|my|our|your|any|each|every|another|some|one)"
_ASKS = re.compile(r"\b(?:who|whom|whose|who's|who'll)\b", re.IGNORECASE)
_WHO_IS = re.compile(
    r"\s*(?:\w+,?\s+)?who(?:'s|\s+(?:is|are|was|were))\s+(?:the\s+)?(?P<who>\w+)", re.IGNORECASE
)
_AS_OBJECT = re.compile(
    r"\bwhom?\s+(?:do|does|did|can|could|should|shall|must|may|might|will|would)\s+(?!not\b)"
    rf"(?:(?:{_DETERMINER}|i|you|we|he|she|it|they)\b|(?-i:[A-Z]))",
    re.IGNORECASE,
)
_TIE = re.compile(r"\b(?:for|to|with|from|about|against|of|on)(?=\s+whom\b|\W*$)", re.IGNORECASE)
_RECEIVES = re.compile(r"\bwho(?:\s+\w+)?\s+(?:gets?|got|receiv\w+|inherit\w*|owns?|owned)\b", re.IGNORECASE)
_CIRCUMSTANCE = re.compile(
    r"\b(?:in|at|on|during|near|since|until|after|before|as|of|from|to)\s+(?:an?\s+|the\s+)?$", re.IGNORECASE
)
_DETERMINED = re.compile(rf"\b{_DETERMINER}\s+$", re.IGNORECASE)
_PASSIVE = re.compile(rf"\b{BEING}\s+(?:\w+ly\s+)?$", re.IGNORECASE)
_ASKS_PASSIVE = re.compile(rf"\bwho\s+(?:\w+\s+)?{BEING}\b", re.IGNORECASE)
_MODIFIED = re.compile(r"\s*(?:of|in|on|for|to|at|from|with|by)\b", re.IGNORECASE)


def may_be_people(claim: Claim, *, is_brief: bool) -> bool:
    """Whether some word may stand for people, or the question has the name and asks for more about it."""
    question = plain(claim.asked)
    match = _WHO_IS.match(question)
    if match and (match["who"][0].isupper() or match["who"].casefold() in {"he", "she", "they"}):
        return True
    sentence = plain(claim.sentence)
    asked = content_keys(question)
    new = [word for word in words(sentence) if word.carries_content and word.key not in asked]
    things = [word for word in new if not _is_measure(word) and not dates(f"in {word.text}")]
    leading = _leading(question)
    if any(leading.search(_before(word, sentence)) for word in things if not TIME.fullmatch(word.text)):
        return True
    plural = [word for word in things if word.text.endswith("s") and len(word.text) > 3]
    things = [word for word in things if not _CIRCUMSTANCE.search(_before(word, sentence))]
    if is_brief or plural:
        return bool(things)
    return any(_acts(word, question, sentence) for word in things)


def _leading(question: str) -> re.Pattern[str]:
    """What, before a noun, makes it the one who acts, is meant, or gets what the question says."""
    tie = _TIE.search(question)
    leading = ["by"]
    leading += [BEING] if _WHO_IS.match(question) else []
    leading += ["of"] if "whose" in question.casefold() else []
    leading += ["to"] if _RECEIVES.search(question) else []
    leading += [tie.group()] if tie else []
    return re.compile(rf"\b(?:{'|'.join(leading)})\s+{_DETERMINER}\s+(?:\w+\s+)?$", re.IGNORECASE)


def _acts(word: Word, question: str, sentence: str) -> bool:
    """Whether a noun is the subject of what the question repeats, or its object where that is asked for."""
    asked = content_keys(question)
    repeated = [one for one in words(sentence) if one.carries_content and one.key in asked]
    if not repeated or not _DETERMINED.search(_before(word, sentence)):
        return False
    first = repeated[0]
    if word.start > first.start:
        return bool(_AS_OBJECT.search(question))
    between = sentence[word.start + len(word.text) : first.start]
    if first.key == predicate(question):
        return bool(_ASKS_PASSIVE.search(question)) or not _PASSIVE.search(_before(first, sentence))
    return not _MODIFIED.match(between) and any(not one.carries_content for one in words(between))


def predicate(question: str) -> str:
    """The first word after "who" that says what that person does or is."""
    match = _ASKS.search(question)
    after = words(question[match.end() :]) if match else []
    return next((word.key for word in after if word.carries_content), "")


def _before(word: Word, sentence: str) -> str:
    return sentence[max(0, word.start - _NEAR) : word.start]


def _is_measure(word: Word) -> bool:
    return word.is_number or unit_of(word.text) is not None
