"""Who or what an office belongs to: the head of one company is not that of another."""

import re

from rag.checks.claim import Claim, plain

_LEADER = "ceo|chief executive|chief|head|boss|chairman|chairwoman|chairperson|president|leader|director"
_ROLES = (
    rf"{_LEADER}|minister|king|queen|emperor|mayor|governor|founder|owner|capital|captain|commander|secretary"
    r"|spokes\w+|manager|editor|author"
)
_NAME = r"[A-Z][\w&.-]*"
_ASKED = (
    re.compile(rf"\b(?P<role>(?i:{_ROLES}))\s+(?:of|at|for)\s+(?:the\s+)?(?P<name>{_NAME})\b(?!\s+[A-Z])"),
    re.compile(rf"(?<=\s)(?P<name>{_NAME})(?:'s?)?\s+(?P<role>(?i:{_ROLES}))\b"),
    re.compile(rf"\b(?i:who)\s+(?P<role>runs|leads|heads)\s+(?:the\s+)?(?P<name>{_NAME})\b(?!\s+[A-Z])"),
)
_HELD = (
    re.compile(rf"(?<=[\w,)”] )(?P<name>{_NAME})(?:'s?)?\s+(?P<role>(?i:{_ROLES}))\b"),
    re.compile(rf"\b(?P<name>{_NAME})'s?\s+(?P<role>(?i:{_ROLES}))\b"),
    re.compile(
        rf"\b(?P<role>(?i:{_ROLES}))\s+(?:of|at|for)\s+(?:the\s+)?(?P<name>{_NAME})\b(?P<more>\s+[A-Z])?"
    ),
)
_PEOPLE = re.compile(r"(?:ish|an|ese|ch|ic|i)$")
_CLAUSE = re.compile(r"[,;:.“”\"()]")


def other_holder(claim: Claim) -> str | None:
    """The name to which the cited words give the office that the question gives to another."""
    asked = plain(claim.asked)
    source = plain(claim.source)
    for form in _ASKED:
        for match in form.finditer(asked):
            role, name = match["role"].casefold(), match["name"]
            holders = [] if _PEOPLE.search(name) else _holders(role, source, asked)
            if holders and not any(_alike(name, one) for one in holders) and not _near(role, name, source):
                return f"The question asks about {name}, and the cited words say it of {holders[0]}."
    return None


def _holders(role: str, source: str, asked: str) -> list[str]:
    """The names to which a text gives an office of the same kind; none when they can't be told for sure."""
    alike = _class(role)
    found = [match for form in _HELD for match in form.finditer(source)]
    same = [match for match in found if _class(match["role"].casefold()) == alike]
    names = [match["name"] for match in same if match["name"] not in asked.split()]
    unsure = any("more" in match.re.groupindex and match["more"] for match in same)
    return [] if unsure or any(_PEOPLE.search(name) for name in names) else names


def _class(role: str) -> str:
    return "leader" if re.fullmatch(rf"{_LEADER}|runs|leads|heads", role) else role


def _near(role: str, name: str, source: str) -> bool:
    """Whether some clause with the office has the name too."""
    form = re.compile(
        rf"\b(?:{_LEADER})\b" if _class(role) == "leader" else rf"\b{re.escape(role)}\b", re.IGNORECASE
    )
    return any(form.search(part) and name.casefold() in part.casefold() for part in _CLAUSE.split(source))


def _alike(one: str, other: str) -> bool:
    """Whether two names are forms of the same."""
    one, other = one.casefold().removesuffix("'s"), other.casefold().removesuffix("'s")
    return one == other or (len(one) > 3 and len(other) > 3 and one[:4] == other[:4])
