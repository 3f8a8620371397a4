"""Whether an answer gives the measure that a question asks for: a temperature is not told in hours."""

import re

from rag.checks.claim import Claim, plain
from rag.checks.moments import dates
from rag.checks.quantities import quantities
from rag.checks.units import CURRENCIES

_TAKING = (
    "take|takes|took|taken|need|needs|needed|last|lasts|lasted|stay|stays|stayed|wait|waits|waited|waiting|run|runs|ran"
    "|live|lives|lived|serve|serves|served|work|works|worked|keep|keeps|kept"
)
_COSTING = r"(?:cost|costs|price|fee|fine|rent|salary|deposit)"
_MEASURES: tuple[tuple[str, str, frozenset[str]], ...] = (
    ("a length of time", rf"how long\b.*\b(?:{_TAKING})|how old", frozenset({"time", "months"})),
    (
        "a length",
        r"how (?:tall|wide|deep|thick)",
        frozenset({"length", "mile", "foot", "inch", "yard", "pixel"}),
    ),
    ("a weight", r"how heavy|how much\b.*\bweigh(?:s|ed)?", frozenset({"mass", "ton", "pound", "ounce"})),
    ("a temperature", r"how (?:hot|cold|warm)|(?:which|what) (?:\w+ )?temperature", frozenset({"degree"})),
    (
        "a sum of money",
        rf"how much (?:money|is the {_COSTING})|how much (?:does|did|do|will|would)\b.*\bcosts?"
        rf"|what (?:is|was|does|did)\b.*\b{_COSTING}",
        CURRENCIES,
    ),
)
_PATTERNS = [(name, re.compile(rf"\b(?:{form})\b", re.IGNORECASE), held) for name, form, held in _MEASURES]
_NONE = re.compile(r"\b(?:free|nothing|no|none|without|included|waived|half|all)\b", re.IGNORECASE)
"""What may stand for an amount."""


def missing_measure(claim: Claim) -> str | None:
    """The measure that is asked for, when all measures of the answer are others."""
    sentence = plain(claim.sentence)
    name, held = next(
        ((name, held) for name, asks, held in _PATTERNS if asks.search(claim.asked)), ("", None)
    )
    if held is None or dates(sentence) or _NONE.search(sentence):
        return None
    found = [one.unit for one in quantities(sentence) if one.unit != "ordinal"]
    others = bool(found) and all(unit and unit not in held for unit in found)
    return f"The question asks for {name}, and the answer gives none." if others else None
