"""Whether an answer makes the most of what the cited words call one among several: "one of the oldest"."""

import re

from rag.checks.claim import Claim, plain

_SUPERLATIVE = re.compile(r"\b(?:\w{3,}est|most\s+\w+)\b", re.IGNORECASE)
_SOFTENED = (
    r"(?:\b(?:one|some|part|a few|two|three|four|five|many|among|amongst)\s+(?:of\s+)?"
    r"(?:the|its|their|his|her|our|my)\s+(?:\w+\s+)?"
    r"|\b(?:second|third|fourth|fifth|next|almost|nearly|probably|perhaps|reportedly)[ -](?:the\s+)?)"
)


def softened_degree(claim: Claim) -> str | None:
    """The superlative of the answer that the cited words only have softened."""
    sentence, source = plain(claim.sentence), plain(claim.source)
    for match in _SUPERLATIVE.finditer(sentence):
        written = re.escape(match.group())
        everywhere = re.findall(rf"\b{written}\b", source, re.IGNORECASE)
        softened = re.findall(rf"{_SOFTENED}{written}\b", source, re.IGNORECASE)
        own = re.search(rf"{_SOFTENED}{written}\b", sentence, re.IGNORECASE)
        if softened and len(softened) == len(everywhere) and not own:
            return f"The answer says “{match.group()}”, the cited words “{softened[0].strip()}”."
    return None
