"""Whether an answer makes more of what the cited words say of some, or call one among several."""

import re

from rag.checks.claim import Claim, plain
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


def softened_degree(claim: Claim) -> str | None:
    """What is said of all, and in the cited words of some; or a superlative that these only have softened."""
    return _of_some(claim) or _superlative(claim)


def _of_some(claim: Claim) -> str | None:
    sentence, source = plain(claim.sentence), plain(claim.source)
    of_some = _nouns(_SOME, source)
    everywhere = [word.key for word in words(source)]
    for noun in set(_nouns(_ALL, sentence)) - set(_nouns(_SOME, sentence)):
        if of_some.count(noun) == everywhere.count(noun) > 0:
            return "The answer says of all what the cited words say of some."
    return None


def _nouns(pattern: re.Pattern[str], text: str) -> list[str]:
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
