"""Words that exclude each other, in the form in which words are compared."""

import re
from collections.abc import Iterable, Mapping

from rag.words import content_keys, words

_NOT_SAID = re.compile(
    r"\bhow\s+\w+|(?<!\bthe )(?<!\bits )(?<!\bhis )(?<!\bher )(?<![’']s )\blast\b", re.IGNORECASE
)
"""A quality that is only asked for ("how big"), and the verb "last", which is no opposite of "first"."""
_PAIRS = """
    increase/decrease increase/reduce increase/fall increase/drop rise/fall rise/drop grow/shrink
    raise/lower raise/cut open/close open/shut begin/end begin/finish start/end start/stop start/finish
    allow/forbid allow/ban allow/prohibit permit/forbid permit/ban permit/prohibit lawful/unlawful
    accept/reject approve/reject approve/refuse approve/deny grant/refuse grant/deny confirm/deny
    agree/disagree agree/refuse support/oppose include/exclude
    strengthen/weaken success/failure succeed/fail indoors/outdoors possible/impossible dead/alive
    guilty/innocent majority/minority voluntary/compulsory optional/compulsory optional/mandatory
    profit/loss advantage/disadvantage present/absent hire/dismiss appoint/dismiss expand/contract
    always/never everyone/nobody"""
_QUALITIES = """
    legal/illegal rich/poor hot/cold warm/cold high/low higher/lower highest/lowest large/small
    larger/smaller largest/smallest big/small bigger/smaller biggest/smallest long/short longer/shorter
    longest/shortest old/new older/newer oldest/newest oldest/youngest older/younger early/late
    earlier/later earliest/latest fast/slow faster/slower fastest/slowest strong/weak stronger/weaker
    best/worst better/worse cheap/expensive cheaper/dearer heavy/light heavier/lighter public/private
    male/female men/women north/south northern/southern east/west eastern/western northeast/southwest
    upper/lower inside/outside positive/negative maximum/minimum permanent/temporary before/after
    above/below more/less more/fewer most/least first/last left/right"""
_CONVERSES = """
    win/lose won/lost buy/sell bought/sold enter/leave arrive/depart arrive/leave join/leave
    import/export attack/defend attract/repel accept/refuse"""


def _table(pairs: str) -> Mapping[str, frozenset[str]]:
    """Each word's opposites."""
    table: dict[str, set[str]] = {}
    for pair in pairs.split():
        one, other = (words(side)[0].key for side in pair.split("/"))
        if one != other:
            table.setdefault(one, set()).add(other)
            table.setdefault(other, set()).add(one)
    return {key: frozenset(value) for key, value in table.items()}


ANTONYMS = _table(_PAIRS + " " + _QUALITIES)
ANTONYMS_AND_CONVERSES = _table(" ".join((_PAIRS, _QUALITIES, _CONVERSES)))
"""With those that tell of one event from two sides: what one wins another loses."""


_OF_QUALITY = frozenset(_table(_QUALITIES))
"""Qualities are opposite only where they are said of the same thing."""


def opposite(text: str, other: str, table: Mapping[str, frozenset[str]] = ANTONYMS) -> str | None:
    """A word of one text whose opposite stands in the other, beside something else that they share."""
    text, other = _NOT_SAID.sub("", text), _NOT_SAID.sub("", other)
    said = {word.key for word in words(text)}
    held = {word.key for word in words(other)}
    shared = content_keys(text) & content_keys(other)
    for key in sorted(said - held):
        opposites = table.get(key, frozenset())
        against = {one for one in opposites if one in held and not _said(one, said)}
        if key in _OF_QUALITY:
            against = {one for one in against if _following(key, text) == _following(one, other)}
        alike = shared - against
        enough = len(alike) >= 2 or (alike and content_keys(text) - alike <= {key})
        if against and enough and not any(table.get(one, frozenset()) & opposites for one in held):
            return key
    return None


def _said(key: str, keys: Iterable[str]) -> bool:
    """Whether the word or another form of it is among the keys: "west" and "western" are."""
    return any(one.startswith(key[:4]) for one in keys) if len(key) > 3 else key in keys


def _following(key: str, text: str) -> str:
    """The word that carries content after a word; empty at the end."""
    found = words(text)
    at = next(index for index, word in enumerate(found) if word.key == key)
    return next((word.key for word in found[at + 1 :] if word.carries_content), "")
