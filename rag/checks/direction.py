"""Whether a yes or a no is what the cited words say to the question."""

import re
from dataclasses import replace

from rag.checks.antonyms import opposite_claim
from rag.checks.claim import Claim, plain
from rag.checks.dates import missing_date
from rag.checks.negation_cues import CUE, LEADING
from rag.checks.numbers import missing_number
from rag.checks.polarity import disagreement, is_negative, negations
from rag.checks.relations import other_relation
from rag.grounding import missing_names
from rag.words import content_keys, words
from rag.words import names as names_in

_SUBJECT = re.compile(r"\s*\S+\s+(?:the\s+|an?\s+|\w+\s+)?((?:[A-Z0-9][\w'.-]*\s*)+)")
_PARTS = re.compile(r"(?<=[,;:])\s")
_FURTHER = re.compile(
    r"[;:.!?()]|\b(?:but|while|whereas|although|though|because|so|and|or|if|unless|who|which|that)\b",
    re.IGNORECASE,
)
"""Where what is said at once ends, and something more is said."""
_LIMITS = re.compile(
    r"\b(?:only|solely|exclusively|just|merely|instead|rather|unlike|however|although|though|except|but|different"
    r"|other|another|almost|nearly|former|formerly|once|until|would|could|might|may|planned|potential|proposed"
    r"|yet|few|little|some|partly|against|if|unless|less|anti)\b",
    re.IGNORECASE,
)

_ALL = re.compile(
    r"""\b(?:everyone|everybody
    |every\ (?!(?:month|day|week|year|time|hour|night|morning|evening|now|other|\d))\w+
    |all\ (?!(?:right|the\ same|this|that|in\ one|over|day|night|year)\b)
        (?:of\ )?(?:(?:the|my|our|their|these|those)\ )?\w\w+)""",
    re.IGNORECASE | re.VERBOSE,
)
_TOTAL = re.compile(
    r"\b(?:every\w*|all|each|any\w*|entire|whole|both|no|none|nobody|always|without exception|total)\b",
    re.IGNORECASE,
)


def wrong_direction(claim: Claim) -> str | None:
    """What the cited words say against the yes or no of the answer."""
    if not claim.is_polar or is_negative(claim.asked) or not claim.cited:
        return None
    if claim.says_yes:
        return _against_yes(claim)
    return _against_no(claim) if claim.says_no else None


def _against_yes(claim: Claim) -> str | None:
    texts = [source.text for source in claim.cited]
    if _denies_itself(claim):
        return "The answer says yes, and then negates what is asked."
    if disagreement(claim.asked, texts):
        return "The answer says yes, but the cited words negate what is asked."
    if all(opposite_claim(claim.asked, text) for text in texts):
        return "The answer says yes, but the cited words say the opposite of what is asked."
    assumed = replace(claim, sentence=claim.asked, question="")
    if missing_number(assumed) or missing_date(assumed):
        return "The answer says yes, but a number of the question does not stand in the cited words."
    if other_relation(assumed):
        return "The answer says yes, but the cited words say it with another bound, or of less."
    if _ALL.search(claim.asked) and not any(_TOTAL.search(text) for text in texts):
        return "The answer says yes to all, but the cited words don't speak of all."
    name = _unheld_name(claim)
    return f"The answer says yes, but the name {name} does not stand in the cited words." if name else None


def _denies_itself(claim: Claim) -> bool:
    """Whether what follows the yes at once negates a verb of the question: "Yes, she refused to blame"."""
    first = _FURTHER.split(LEADING.sub("", plain(claim.sentence)), maxsplit=1)[0]
    asked = content_keys(claim.asked)
    return any(cue["verb"] for cue in CUE.finditer(first)) and any(
        one.targets[0] in asked for one in negations(first)
    )


def _unheld_name(claim: Claim) -> str | None:
    """A name of the question for which the cited words have another.

    A name that opens the question may be meant by a pronoun, or by nothing at all, in the cited words, unless
    they open with a name too.
    """
    asked = {word.key for word in words(claim.asked)}
    others = {word.key for source in claim.cited for name in names_in(source.text) for word in words(name)}
    opening = {word.key for source in claim.cited for word in words(source.text)[:1]}
    known = {
        word.key for text in (claim.asked, claim.source) for name in names_in(text) for word in words(name)
    }
    missing = missing_names(claim.asked, "", claim.cited)
    if not opening & known - asked:
        missing -= _subject_names(claim.asked)
    return min(missing, default=None) if (others | opening & known) - asked else None


def _subject_names(question: str) -> frozenset[str]:
    """The names with which the question begins."""
    opening = _SUBJECT.match(plain(question))
    return frozenset(name for name in names_in(question) if opening and name in opening.group(1))


def _against_no(claim: Claim) -> str | None:
    """A no is only wrong when one clause holds all that is asked and nothing that could limit it."""
    asked = content_keys(claim.asked)
    repeated = {word.text.casefold() for word in words(claim.asked)}
    for source in claim.cited:
        clause = _holding(asked, source.text)
        limits = {match.group().casefold() for match in _LIMITS.finditer(clause)} - repeated
        if len(asked) >= 2 and clause and not is_negative(clause) and not limits:
            return "The answer says no, but the cited words affirm what is asked."
    return None


def _holding(asked: frozenset[str], text: str) -> str:
    """The shortest run of parts between commas that holds all that is asked; empty when none does."""
    parts = _PARTS.split(text)
    keys = [content_keys(part) for part in parts]
    runs = []
    for first in range(len(parts)):
        held = frozenset[str]()
        for last in range(first, len(parts)):
            held |= keys[last]
            if asked <= held:
                runs.append(" ".join(parts[first : last + 1]))
                break
    return min(runs, key=len, default="")
