"""When there is no answer: the reasons that can be seen before and after the model has read."""

import re
from collections.abc import Sequence

from rag.answer import Retrieved
from rag.words import content_keys

MIN_MEANING = 0.2
"""Cosine under which no passage is about the question by meaning."""

MIN_OVERLAP = 0.3
"""Share of the question's content words under which no passage is about it by words."""

_SUBJECT = r"(?:article|text|passage|document|excerpt|context|information)"
_SAYS_NOTHING = re.compile(
    rf"\b{_SUBJECT}s?\b[^.]*\b(?:does|do|did|is|has)\s*(?:not|n['’]t)\b"
    r"|\bnot\s+(?:\w+\s+)?(?:stated|mentioned|specified|said|given|provided|disclosed|available|known)\b"
    rf"|\bno\s+(?:\w+\s+)?(?:information|mention|answer)\b|\bthere\s+is\s+no\b[^.]*\bin\s+the\s+{_SUBJECT}\b"
    r"|\bI\s+(?:do\s*(?:not|n['’]t)\s+know|can\s*(?:not|['’]t)\s+(?:answer|tell|find))\b",
    re.IGNORECASE,
)


def nothing_relevant(question: str, retrieved: Sequence[Retrieved]) -> bool:
    """Whether no passage is about the question, by meaning or by words."""
    asked = content_keys(question)
    if not retrieved:
        return True
    meaning = max(found.dense for found in retrieved)
    overlap = max(len(asked & content_keys(found.passage.text)) / max(len(asked), 1) for found in retrieved)
    return meaning < MIN_MEANING and overlap < MIN_OVERLAP


def says_nothing(text: str) -> bool:
    """Whether the model says, in whatever words, that the article does not say."""
    return bool(_SAYS_NOTHING.search(text))
