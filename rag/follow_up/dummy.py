"""The "it" that stands for nothing, as in "is it true that …" and "it's raining"."""

import re
from functools import cache

from rag.follow_up.tokens import lexicon


def is_dummy(before: str, it: str, after: str) -> bool:
    """Whether the "it" or "it's" between what comes before and after it in a question means nothing."""
    return _forms().search(f"{before}<{it}>{after}") is not None


@cache
def _forms() -> re.Pattern[str]:
    adjectives = lexicon()["adjectives"]
    said, weather = "|".join(sorted(adjectives["dummy"])), "|".join(sorted(adjectives["weather"]))
    lead = r"<(?:it>(?:\s*(?:is|was|be|will be|would be|has been)\s+)?|it['’]\w+>)\s*(?:\w+\s+)?"
    forms = (
        rf"{lead}(?:{said})\s+(?:that|to|if|for|whether|when|who|what|how|why)\b",
        rf"{lead}(?:{weather})\b",
        r"<it['’]s>\s+(?:(?:about|almost|nearly|only|now|minus|up\s+to)\b|[+-]?\d)",
        r"<it>\s+(?:is|was)\s+(?:(?:about|almost|nearly|only|already)\s+)?\d{1,2}(?:[.:]\d\d)?\s*"
        r"(?:[ap]\.?m\b|o['’]clock|at night|in the (?:morning|afternoon|evening|night))",
        r"<it>\s+(?:seems?|appears?|turns? out|turned out|looks like|says|matters?)\b",
        r"<it>\s+(?:take|takes|took|cost|costs|make sense)\b[^?,;]*?\s+(?:to|for|before|until)\b",
        r"\b(?:is|was)\s+<it>\s+(?:(?:(?:the|an?)\s+)?\S+(?:\s+\S+)?\s+)?(?:that|who|which|you|we|I)\b",
        r"\b(?:is|was)\s+<it>\s+because\b",
        r"\b(?:what|which) (?:time|day|date|month|year|season) (?:is|was) <it>",
        r"\bhow (?:far|long|much) (?:is|was) <it> (?:to|from|until|when|if)\b",
        r"\bdoes\s+<it>\s+(?:say|mention|state|tell|explain|describe|report|list|name|give)\b",
    )
    return re.compile("|".join(forms), re.IGNORECASE)
