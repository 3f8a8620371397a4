"""Takes questions apart that ask several things, so that each is found, answered and cited by itself."""

import re
from itertools import pairwise

_PREPOSITION = r"(?:(?:about|at|by|for|from|in|of|on|since|to|until|with)\s+)?"
_WORD = r"(?:what|which|who|whom|whose|when|where|how|why)"
_ASKING = rf"{_PREPOSITION}(?:{_WORD}|(?:what|who|when|where|how)s)\b"
_JOINT = re.compile(rf"\s*(?:,?\s+and\s+|\?\s+(?:and\s+)?)(?={_ASKING})", re.IGNORECASE)
_SHORT = re.compile(r"^(what|who|where|when|how)s\b", re.IGNORECASE)
_BEGINS = re.compile(_ASKING, re.IGNORECASE)
_OPENING = re.compile(rf"{_PREPOSITION}({_WORD})", re.IGNORECASE)
_SUBJECT = r"(?:an?|the|this|that|these|those|its?|they|he|she|we|you|I|their|his|her|our|your|my)\b"
_TELLS = re.compile(rf"(?:what|which|who|whom|when|where|how|why)\s+{_SUBJECT}", re.IGNORECASE)
"""A clause in the order of a statement ("how it works") is what a question is about, and no question."""

_DOES = r"(?:do|does|did)(?:n['’]t)?\b"
_IS = r"(?:is|are|was|were|has|have|had|will|would|can|could|should|may|must)(?:n['’]t)?"
_TURNED = re.compile(
    rf"{_PREPOSITION}{_WORD}"
    rf"(?:(?:\s+\w+){{0,2}}?\s+{_DOES}"
    rf"|(?:['’]?s|(?:\s+\w+){{0,2}}?\s+{_IS})\s+(?:{_SUBJECT}|there\b|(?-i:[A-Z])))",
    re.IGNORECASE,
)
"""A question in an order that no clause has: "what does it cost", and not "what is sold"."""

_ABOUT = re.compile(r"\b(?:about|for|of|on)\s+(?:what|who|when|where|why|how)\b", re.IGNORECASE)

_FEWEST_WORDS = 3
_MOST_PARTS = 3


def parts_of(question: str) -> tuple[str, ...]:
    """The questions that stand side by side in this one; itself alone when it asks for one thing.

    Only whole questions are taken apart, each with a question word of its own: "When and where was it?" and
    "Which of A and B is older?" stay as they are.
    """
    text = question.strip()
    parts = [part.strip(" ?") for part in _JOINT.split(text)]
    if not 1 < len(parts) <= _MOST_PARTS or not all(map(_stands, parts)):
        return (question,)
    ended = ["?" in joint.group() for joint in _JOINT.finditer(text)]
    if not all(end or not _is_clause(*two) for end, two in zip(ended, pairwise(parts), strict=True)):
        return (question,)
    whole = [_SHORT.sub(r"\1's", part) for part in parts]
    return tuple(f"{part[0].upper()}{part[1:]}?" for part in whole)


def _stands(part: str) -> bool:
    asks = _BEGINS.match(part) is not None and _TELLS.match(part) is None
    return asks and len(part.split()) >= _FEWEST_WORDS


def _is_clause(before: str, part: str) -> bool:
    """Whether a part goes on with a clause of the one before: "who decides what is sold | what is lost"."""
    opening, head = _OPENING.match(part), _OPENING.match(before)
    if opening is None or head is None or _TURNED.match(part):
        return False
    inside = before[head.end() :]
    again = re.search(rf"\b{opening.group(1)}\b", inside, re.IGNORECASE)
    return again is not None or _ABOUT.search(inside) is not None
