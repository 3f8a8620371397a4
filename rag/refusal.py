"""When there is no answer: the reasons that can be seen before and after the model has read."""

import re
from collections.abc import Iterable, Sequence

from rag.answer import Retrieved
from rag.checks.polarity import is_negative
from rag.words import content_keys, words

MIN_MEANING = 0.2
"""Cosine under which no passage is about the question by meaning."""

MIN_OVERLAP = 0.3
"""Share of the question's content words under which no passage is about it by words."""

_NOT = r"(?:\bnot|n['’]t)\s+"
_TEXT = r"(?:article|text|passage|excerpt|context)s?(?!\s+(?:of\b|\d))"
_SUBJECT = rf"(?:{_TEXT}|documents?|information)"
_SAYING = (
    rf"[^.,;:]*?\b(?:do|does|did)\s*{_NOT}(?:(?:\w+ly|even|appear to|seem to)\s+)*"
    r"(?:say|state|mention|give|provide|specify|tell|contain|include|name|list|explain|disclose|indicate|describe"
    r"|discuss|address|cover|reveal|identify|detail|clarify|answer|offer|refer|have|go into"
    r"|make (?:it )?clear)\b"
)
_SAID = r"(?:stated|mentioned|specified|said|indicated)\b"
_THERE = r"(?:given(?! up\b)|provided|disclosed|available|known)\b"
_HOLDS_NOTHING = re.compile(
    rf"\b{_TEXT}\b{_SAYING}|\b{_TEXT}\b[^.,;:]*\bis\s*{_NOT}(?:\w+ly\s+)?(?:clear|specific|explicit|about)\b"
    rf"|{_NOT}(?:\w+\s+)?(?:{_SAID}|{_THERE})[^.]*\b(?:in|by|from)\s+(?:the|this)\s+{_SUBJECT}\b"
    rf"|\bthere\s+is\s+no\b[^.]*\bin\s+the\s+{_SUBJECT}\b|\bno\s+(?:\w+\s+)?mention\b"
    r"|\bI\s+(?:do\s*(?:not|n['’]t)\s+know|can\s*(?:not|['’]t)\s+(?:answer|tell|find))\b",
    re.IGNORECASE,
)
"""What can only be said of the article."""

_MAY_HOLD_NOTHING = re.compile(
    rf"\b{_SUBJECT}\b{_SAYING}|{_NOT}(?:\w+\s+)?(?:{_SAID}|{_THERE})"
    r"|\b(?:is|are|gives?|has|have|contains?|provides?|includes?|offers?)\s+no\s+(?:\w+\s+)?(?:information|answer)\b"
    r"|\bno\s+(?:\w+\s+)?(?:information|answer)\b"
    r"(?:\s*[.!]?\s*$|\s+(?:about|on|regarding|concerning|as to|in|is (?:given|provided|available))\b)",
    re.IGNORECASE,
)
"""What an article may say of the world too: "spare parts are not available"."""

_YES_OR_NO = re.compile(
    rf"\s*(?:yes|no)\s*[,.;:–—-](?!.*\b(?:the|this|that|such) information\b).*{_NOT}(?:\w+\s+)?{_THERE}",
    re.IGNORECASE | re.DOTALL,
)
_STEM = 4


def nothing_relevant(question: str, retrieved: Sequence[Retrieved]) -> bool:
    """Whether no passage is about the question, by meaning or by words."""
    asked = content_keys(question)
    if not retrieved:
        return True
    meaning = max(found.dense for found in retrieved)
    overlap = max(len(asked & content_keys(found.passage.text)) / max(len(asked), 1) for found in retrieved)
    return meaning < MIN_MEANING and overlap < MIN_OVERLAP


def says_nothing(text: str, sources: Iterable[str] = ()) -> bool:
    """Whether the model says, in whatever words, that the article does not say.

    What the sources deny in the same words is their own "not", and so is that after a plain yes or no.
    """
    if _HOLDS_NOTHING.search(text):
        return True
    found = _MAY_HOLD_NOTHING.search(text)
    if found is None or _YES_OR_NO.match(text):
        return False
    said = [word.key for word in words(found.group()) if word.carries_content]
    about = content_keys(text).difference(said)
    return not any(_denies(source, said[-1], about) for source in sources)


def _denies(source: str, said: str, about: frozenset[str]) -> bool:
    """Whether a source that speaks of the same things denies what is said of them."""
    held, stem = content_keys(source), said[:_STEM]
    negated = is_negative(source) and any(key.startswith(stem) for key in held)
    return bool(about & held) and (negated or any(key.startswith(f"un{stem}") for key in held))
