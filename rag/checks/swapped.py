"""Which of two does it, leads or comes first: that Leeds beat York is not that York beat Leeds."""

import re
from collections.abc import Iterator
from typing import NamedTuple

from rag.checks.claim import BEING, Claim, plain
from rag.words import names, words

_NAME = r"[A-Z][\w&.'-]*(?:\s+[A-Z][\w&.'-]*){0,3}"
_THING = rf"(?:{_NAME}|[£$€]?\d(?:[\d.,]*\d)?)"
"""A name, an amount or a year."""
_BETWEEN = r"(?:(?:has|have|had|will|would|also|then|later|once|twice|soon|finally|never|[a-z]+ly)\s+)*"
_ARTICLE = r"(?:(?:the|in|its|his|her|their|rivals?)\s+)*"
_A = r"(?i:the|an?|each|every)"
_IS = "is|are|was|were"
_AUXILIARY = r"(?i:do|does|did|has|have|had|will|would)"
_VERB = r"(?P<deed>[a-z]{3,})"
_VERB_ON = r"(?P<deed>[a-z]{3,}\s+(?:[a-z][a-z'-]*\s+){0,4}?(?:to|from|for|over|against|into|under))"
_COMPARED = r"(?P<deed>(?:(?:more|less|fewer)\s+[a-z]+|[a-z]+er|more|less|worse)\s+than)"
_KIN = rf"{BEING}\s+(?:the\s+|an?\s+)?(?P<deed>[a-z]{{3,}}\s+(?:of|to|for))"
_WHO, _WHOM = rf"(?:the\s+)?(?P<who>{_NAME})", rf"{_ARTICLE}(?P<whom>{_NAME})"
_THAN = rf"{_COMPARED}\s+{_ARTICLE}(?P<whom>{_THING})"
_BY = rf"{_BETWEEN}{_VERB}\s+by\b"

_STATED = tuple(
    re.compile(rf"\b{pattern}")
    for pattern in (
        rf"{_WHO}\s+{_BETWEEN}{_VERB}\s+{_WHOM}",
        rf"{_WHO}\s+{_BETWEEN}{_VERB_ON}\s+{_WHOM}",
        rf"{_WHO}\s+{_KIN}\s+{_WHOM}",
        rf"(?P<whom>{_NAME})\s+{_BETWEEN}{BEING}\s+{_BY}\s+{_ARTICLE}(?P<who>{_NAME})",
        rf"(?P<who>{_THING})\s+(?:[a-z]+\s+){{1,4}}?{_THAN}",
        rf"{_A}\s+(?P<who>[a-z]+)\s+{_BETWEEN}{_VERB}\s+{_A}\s+(?P<whom>[a-z]+)",
        rf"(?P<deed>from)\s+(?:the\s+)?(?P<who>{_THING})(?:\s?%|\s+[a-z]+)?"
        rf"\s+to\s+(?:the\s+)?(?P<whom>{_THING})",
    )
)
_ASKED_POLAR = tuple(
    re.compile(rf"\b{pattern}")
    for pattern in (
        rf"{_AUXILIARY}\s+{_WHO}\s+{_BETWEEN}{_VERB}\s+{_WHOM}",
        rf"(?i:{_IS})\s+(?:the\s+)?(?P<whom>{_NAME})\s+{_BY}\s+{_ARTICLE}(?P<who>{_NAME})",
        rf"(?i:{_IS})\s+(?:the\s+)?(?P<who>{_THING})\s+{_THAN}",
    )
)
_ASKED = tuple(
    re.compile(rf"\b{pattern}")
    for pattern in (
        rf"(?i:who)\s+{_BETWEEN}{_VERB}\s+{_WHOM}",
        rf"(?i:who)\s+{_BETWEEN}{_VERB_ON}\s+{_WHOM}",
        rf"(?i:who|what|which)\b[^?]{{1,60}}?\b{_THAN}",
        rf"(?i:whom?)\s+{_AUXILIARY}\s+{_WHO}\s+{_BETWEEN}{_VERB}\b",
        rf"(?i:whom?)\s+(?:{_IS})\s+{_ARTICLE}(?P<whom>{_NAME})\s+{_BY}",
    )
)
_WHERE = re.compile(r"\bwhere\b.*\b(?P<end>to|from)\s*\?*\s*$", re.IGNORECASE)
_MUTUAL = frozenset(
    word.key
    for word in words(
        "meet meets met marry marries married resemble resembles match matches matched equal equals border"
        " borders face faces faced fight fights fought kiss kissed divorced date dated play plays played"
        " talk talked speak spoke near against like unlike versus than opposite alongside beside including"
        " plus per via sibling sister brother cousin twin partner friend neighbour colleague rival ally"
    )
)
"""What two do or are to each other, and what relates them without a verb."""
_RANGE = "from"


class _Deed(NamedTuple):
    """What one of two does to the other, or how it stands to it, as keys; none of one that is not told."""

    who: frozenset[str]
    deed: str
    whom: frozenset[str]
    written: str


def swapped_parts(claim: Claim) -> str | None:
    """What the cited words tell the other way round; nothing where they tell it either way."""
    held = list(_deeds(plain(claim.source), _STATED))
    for said in _said(claim) if held else ():
        alike = [one for one in held if one.deed == said.deed]
        turned = [one for one in alike if _is_turned(said, one)]
        if turned and not any(_agrees(said, one) for one in alike):
            return f"The cited words tell it the other way round: “{turned[0].written}”."
    return None


def _said(claim: Claim) -> Iterator[_Deed]:
    """What the answer tells, by itself or with its question."""
    asked, sentence = plain(claim.asked), plain(claim.sentence)
    told = list(_deeds(sentence, _STATED))
    yield from told
    yield from _deeds(asked, _ASKED_POLAR if claim.says_yes else _ASKED)
    if (where := _WHERE.search(asked)) and not any(one.deed == _RANGE for one in told):
        place, end = _keys(" ".join(names(sentence))), where["end"].casefold()
        nobody = frozenset[str]()
        yield _Deed(place, _RANGE, nobody, "") if end == _RANGE else _Deed(nobody, _RANGE, place, "")


def _deeds(text: str, forms: tuple[re.Pattern[str], ...]) -> Iterator[_Deed]:
    for form in forms:
        for match in form.finditer(text):
            told = words(match["deed"])
            first, last = told[0], told[-1]
            parts = {part: _keys(name) for part, name in match.groupdict().items() if part != "deed"}
            tells = first.carries_content or last.text in ("than", _RANGE)
            if tells and first.key not in _MUTUAL and all(parts.values()):
                who, whom = (parts.get(part, frozenset()) for part in ("who", "whom"))
                ends = dict.fromkeys((first.key, last.key))
                deed = " ".join([word.key for word in told] if last.text == "than" else ends)
                yield _Deed(who, deed, whom, " ".join(match.group().split()))


def _keys(name: str) -> frozenset[str]:
    return frozenset(word.key for word in words(name) if word.carries_content and word.text[0].isalnum())


def _is_turned(said: _Deed, held: _Deed) -> bool:
    """Whether all that is said of the one and the other is held of the other and the one."""
    sides = [(ours, theirs) for ours, theirs in ((said.who, held.whom), (said.whom, held.who)) if ours]
    return bool(sides) and all(ours & theirs for ours, theirs in sides)


def _agrees(said: _Deed, held: _Deed) -> bool:
    return bool(said.who & held.who or said.whom & held.whom)
