"""Who does it to whom: that Leeds beat York is not that York beat Leeds."""

import re
from collections.abc import Iterator
from typing import NamedTuple

from rag.checks.claim import Claim, plain
from rag.words import Word, words

_NAME = r"[A-Z][\w&.'-]*(?:\s+[A-Z][\w&.'-]*){0,3}"
_BETWEEN = r"(?:(?:has|have|had|will|would|also|then|later|once|twice|soon|finally|never|[a-z]+ly)\s+)*"
_ARTICLE = r"(?:(?:the|its|his|her|their|rivals?)\s+)*"
_VERB = r"(?P<verb>[a-z]{3,})"
_BEING = r"(?:is|are|was|were|been|being|be)"

_STATED = (
    re.compile(rf"\b(?P<who>{_NAME})\s+{_BETWEEN}{_VERB}\s+{_ARTICLE}(?P<whom>{_NAME})"),
    re.compile(
        rf"\b(?P<whom>{_NAME})\s+{_BETWEEN}{_BEING}\s+{_BETWEEN}{_VERB}\s+by\s+{_ARTICLE}(?P<who>{_NAME})"
    ),
)
_ASKED_POLAR = (
    re.compile(
        rf"\b(?i:do|does|did|has|have|had|will|would)\s+(?:the\s+)?(?P<who>{_NAME})\s+{_BETWEEN}{_VERB}\s+{_ARTICLE}(?P<whom>{_NAME})"
    ),
    re.compile(
        rf"\b(?i:is|are|was|were)\s+(?:the\s+)?(?P<whom>{_NAME})\s+{_BETWEEN}{_VERB}\s+by\s+{_ARTICLE}(?P<who>{_NAME})"
    ),
)
_ASKED = (
    re.compile(rf"\b(?i:who)\s+{_BETWEEN}{_VERB}\s+{_ARTICLE}(?P<whom>{_NAME})"),
    re.compile(
        rf"\b(?i:whom?)\s+(?:do|does|did|has|have|had|will|would)\s+(?:the\s+)?(?P<who>{_NAME})\s+{_BETWEEN}{_VERB}\b"
    ),
    re.compile(
        rf"\b(?i:whom?)\s+(?:is|are|was|were)\s+(?:the\s+)?(?P<whom>{_NAME})\s+{_BETWEEN}{_VERB}\s+by\b"
    ),
)
_MUTUAL = frozenset(
    word.key
    for word in words(
        "meet meets met marry marries married resemble resembles match matches matched equal equals border"
        " borders face faces faced fight fights fought kiss kissed divorced date dated play plays played"
        " near against like unlike versus than opposite alongside beside including plus per via"
    )
)
"""What two do to each other, and what relates them without a verb."""


class _Deed(NamedTuple):
    """A verb with who does it and to whom, as keys of their names; none where that is not told."""

    who: frozenset[str]
    verb: str
    whom: frozenset[str]
    written: str


def swapped_parts(claim: Claim) -> str | None:
    """What the cited words tell the other way round; nothing where they tell it either way."""
    held = list(_deeds(plain(claim.source), _STATED))
    if not held:
        return None
    told = _deeds(plain(claim.sentence), _STATED)
    asked = _deeds(plain(claim.asked), _ASKED_POLAR if claim.says_yes else _ASKED)
    for said in (*told, *asked):
        alike = [one for one in held if one.verb == said.verb]
        turned = [one for one in alike if _is_turned(said, one)]
        if turned and not any(_agrees(said, one) for one in alike):
            return f"The cited words tell it the other way round: “{turned[0].written}”."
    return None


def _deeds(text: str, forms: tuple[re.Pattern[str], ...]) -> Iterator[_Deed]:
    for form in forms:
        for match in form.finditer(text):
            verb = words(match["verb"])[0]
            parts = {part: _keys(name) for part, name in match.groupdict().items() if part != "verb"}
            if verb.carries_content and verb.key not in _MUTUAL and all(parts.values()):
                who, whom = (parts.get(part, frozenset()) for part in ("who", "whom"))
                yield _Deed(who, verb.key, whom, " ".join(match.group().split()))


def _keys(name: str) -> frozenset[str]:
    return frozenset(word.key for word in words(name) if _names(word))


def _names(word: Word) -> bool:
    return word.carries_content and word.text[0].isupper()


def _is_turned(said: _Deed, held: _Deed) -> bool:
    """Whether all that is said of who and whom is held of the other one."""
    sides = [(said.who, held.whom), (said.whom, held.who)]
    return all(ours & theirs for ours, theirs in sides if ours)


def _agrees(said: _Deed, held: _Deed) -> bool:
    sides = [(said.who, held.who), (said.whom, held.whom)]
    return any(ours & theirs for ours, theirs in sides)
