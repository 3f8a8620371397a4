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
_TIE = r"(?:of|for|to|in|on|at|by|per|from|with|without|under|as|if|when|during|before|after|since|until)"
_COST = (
    rf"(?:(?! (?:{_TIE}|and|or|that|which|while|between|than)\b) [\w'-]+){{1,4}}? {_COSTING}s?"
    rf"(?=\W*$|,| be\b| {_TIE} \w)"
)
"""A cost that is itself asked for: neither beside another thing ("deadline for the fee") nor part of one."""
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
        rf"|what(?:'s| is| was| are| were| will| would){_COST}"
        r"|what (?:does|did|do|will|would)\b.*(?<!\bthe) costs?"
        rf"(?=\W*$| (?:{_TIE}|me|us|you|him|her|them|an?|the)\b)",
        CURRENCIES | {"percent"},
    ),
)
_PATTERNS = [(name, re.compile(rf"\b(?:{form})\b", re.IGNORECASE), held) for name, form, held in _MEASURES]
FURTHER = re.compile(r"(?:\band|\bor|\?)\s+(?:\w+\s+)?(?:what|which|who|when|where|how|why)\b", re.IGNORECASE)
_NONE = re.compile(
    r"\b(?:free|nothing|no|none|without|included|waived|half|all"
    r"|(?:day|week|month|year)s?(?:'s?)? (?:of )?(?:\w+ )?(?:rent|salary|pay|wages?|income|turnover))\b",
    re.IGNORECASE,
)
"""What may stand for an amount."""


def missing_measure(claim: Claim) -> str | None:
    """The measure that is asked for, when all measures of the answer are others."""
    sentence, asked = plain(claim.sentence), plain(claim.asked)
    name, held = next(((name, held) for name, asks, held in _PATTERNS if asks.search(asked)), ("", None))
    if held is None or FURTHER.search(asked) or dates(sentence) or _NONE.search(sentence):
        return None
    found = [one.unit for one in quantities(sentence) if one.unit != "ordinal"]
    others = bool(found) and all(unit and unit not in held for unit in found)
    return f"The question asks for {name}, and the answer gives none." if others else None
