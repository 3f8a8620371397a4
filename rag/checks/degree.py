"""Whether an answer makes more of the cited words: all of some, the one of one among several, must of may."""

import re

from rag.checks.claim import Claim, plain
from rag.checks.polarity import is_negative
from rag.words import words

_SUPERLATIVE = re.compile(r"\b(?:\w{3,}est|most\s+\w+)\b", re.IGNORECASE)
_SOFTENED = (
    r"(?:\b(?:one|some|part|a few|two|three|four|five|many|among|amongst)\s+(?:of\s+)?"
    r"(?:the|its|their|his|her|our|my)\s+(?:\w+\s+)?"
    r"|\b(?:second|third|fourth|fifth|next|almost|nearly|probably|perhaps|reportedly)[ -](?:the\s+)?)"
)
_OF = r"(?:\s+of)?(?:\s+(?:the|its|their|our|your))?\s+(?=[^\W_])"
_ALL = re.compile(rf"\b(?:all|every|each){_OF}", re.IGNORECASE)
_SOME = re.compile(rf"\b(?:some|several|a few|few|certain|most|many|half|part){_OF}", re.IGNORECASE)
_VERB = r"\s+(?:be\s+|have\s+)?(?:\w+ly\s+)?(?=[^\W_])"
_MUST = re.compile(
    rf"\b(?:must|(?:have|has|had|needs?|needed|required|obliged) to)(?!\s+not\b){_VERB}", re.IGNORECASE
)
_MAY = re.compile(rf"\b(?:may|can|could|might)(?!\s+(?:not|only)\b){_VERB}")


def softened_degree(claim: Claim) -> str | None:
    """What is said of all and told of some, or a superlative or a must that the cited words soften."""
    return _of_some(claim) or _superlative(claim) or _may_only(claim)


def _of_some(claim: Claim) -> str | None:
    sentence, source = plain(claim.sentence), plain(claim.source)
    of_some = _next_words(_SOME, source)
    everywhere = [word.key for word in words(source)]
    for noun in set(_next_words(_ALL, sentence)) - set(_next_words(_SOME, sentence)):
        if of_some.count(noun) == everywhere.count(noun) > 0:
            return "The answer says of all what the cited words say of some."
    return None


def _may_only(claim: Claim) -> str | None:
    sentence, source = plain(claim.sentence), plain(claim.source)
    allowed = _next_words(_MAY, source)
    everywhere = [word.key for word in words(source)]
    for verb in set(_next_words(_MUST, sentence)) - set(_next_words(_MUST, plain(claim.asked))):
        if allowed.count(verb) == everywhere.count(verb) > 0 and not is_negative(sentence):
            return "The answer says must where the cited words say may."
    return None


def _next_words(pattern: re.Pattern[str], text: str) -> list[str]:
    """The key of the word after each match."""
    return [words(text[match.end() :])[0].key for match in pattern.finditer(text)]


def _superlative(claim: Claim) -> str | None:
    sentence, source = plain(claim.sentence), plain(claim.source)
    for match in _SUPERLATIVE.finditer(sentence):
        written = re.escape(match.group())
        everywhere = re.findall(rf"\b{written}\b", source, re.IGNORECASE)
        softened = re.findall(rf"{_SOFTENED}{written}\b", source, re.IGNORECASE)
        own = re.search(rf"{_SOFTENED}{written}\b", sentence, re.IGNORECASE)
        if softened and len(softened) == len(everywhere) and not own:
            return f"The answer says “{match.group()}”, the cited words “{softened[0].strip()}”."
    return None
