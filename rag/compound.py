"""Takes questions apart that ask several things, so that each is found, answered and cited by itself."""

import re

_PREPOSITION = r"(?:(?:about|at|by|for|from|in|of|on|since|to|until|with)\s+)?"
_ASKING = rf"{_PREPOSITION}(?:what|which|who|whom|whose|when|where|how|why)\b"
_JOINT = re.compile(rf"\s*(?:,?\s+and\s+|\?\s+(?:and\s+)?)(?={_ASKING})", re.IGNORECASE)
_BEGINS = re.compile(_ASKING, re.IGNORECASE)
_TELLS = re.compile(
    r"(?:what|which|who|whom|when|where|how|why)\s+"
    r"(?:an?|the|this|that|these|those|its?|they|he|she|we|you|I|their|his|her|our|your|my)\b",
    re.IGNORECASE,
)
"""A clause in the order of a statement ("how it works") is what a question is about, and no question."""

_FEWEST_WORDS = 3
_MOST_PARTS = 3


def parts_of(question: str) -> tuple[str, ...]:
    """The questions that stand side by side in this one; itself alone when it asks for one thing.

    Only whole questions are taken apart, each with a question word of its own: "When and where was it?" and
    "Which of A and B is older?" stay as they are.
    """
    parts = [part.strip(" ?") for part in _JOINT.split(question.strip())]
    if not 1 < len(parts) <= _MOST_PARTS or not all(map(_stands, parts)):
        return (question,)
    return tuple(f"{part[0].upper()}{part[1:]}?" for part in parts)


def _stands(part: str) -> bool:
    asks = _BEGINS.match(part) is not None and _TELLS.match(part) is None
    return asks and len(part.split()) >= _FEWEST_WORDS
