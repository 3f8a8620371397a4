"""Earlier turns, as far as a question leans on them."""

import re
from collections.abc import Sequence
from dataclasses import dataclass
from typing import Literal

from rag.words import names

_OPENER = re.compile(r"^(?:and|but|so|or|also|what about|how about)\b", re.IGNORECASE)
_POINTER = re.compile(
    r"\b(?:it|its|they|them|their|he|him|his|she|her|this|that|these|those)\b", re.IGNORECASE
)


@dataclass(frozen=True, slots=True)
class Turn:
    """One message of a conversation."""

    role: Literal["user", "assistant"]
    content: str


def stand_alone(question: str, history: Sequence[Turn]) -> str:
    """The question, with the one before it when it can't be understood without."""
    earlier = [turn.content for turn in history if turn.role == "user"]
    leans = _OPENER.search(question) or (_POINTER.search(question) and not names(question))
    if not earlier or not leans:
        return question
    return f"{question} (asked after: {earlier[-1]})"
