"""Whether the cited words say who did what the question asks, or only that it was done."""

import re

from rag.checks.asked_person import predicate
from rag.checks.claim import BEING, Claim, plain
from rag.words import words

_ASKS = re.compile(r"\W*(?:\w+,?\s+){0,2}?who(?P<rest>\s+\w.*)", re.IGNORECASE | re.DOTALL)
_BEING = rf"(?:{BEING}|get|gets|got)"
_PASSIVE_QUESTION = re.compile(rf"\s+(?:\w+\s+)?{_BEING}\b|'s\b", re.IGNORECASE)
_DONE = re.compile(rf"\b{_BEING}\s+(?:(?:not|never|also|then|first|later|since|\w+ly)\s+)*$", re.IGNORECASE)
_BY = re.compile(r"\bby\b", re.IGNORECASE)
_TIED = re.compile(r"\w*\s+(?:to|with|for|from|against|of)\b", re.IGNORECASE)
"""After a participle, what may make its subject the one that is asked for: "was married to"."""
_NEAR = 40


def unnamed_agent(claim: Claim) -> str | None:
    """That nobody is named as having done it, where it stands in the passive alone."""
    match = _ASKS.match(plain(claim.asked))
    if match is None or _PASSIVE_QUESTION.match(match["rest"]):
        return None
    did, source = predicate(match.group()), plain(claim.source)
    named = [word.start for word in words(source) if word.key == did]
    if not named or not all(_is_done_by_nobody(source, start) for start in named):
        return None
    return "The cited words say that it was done, and not who did it."


def _is_done_by_nobody(source: str, start: int) -> bool:
    """Whether the verb that begins there is in the passive, and no agent follows."""
    after = source[start:].partition("\n")[0]
    done = _DONE.search(source[max(0, start - _NEAR) : start])
    is_going_on = re.match(r"\w+ing\b", after)
    return bool(done) and not (is_going_on or _BY.search(after) or _TIED.match(after))
