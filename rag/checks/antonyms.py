"""Words that exclude each other, in the form in which words are compared."""

import re
from collections.abc import Iterable, Mapping

from rag.checks.claim import plain
from rag.checks.negation_cues import CLAUSE_END, SENTENCE_END
from rag.checks.polarity import may_be_negative
from rag.words import Word, words

_NOT_SAID = re.compile(
    r"\bhow\s+\w+|(?<!\bthe )(?<!\bits )(?<!\bhis )(?<!\bher )(?<![’']s )\blast\b", re.IGNORECASE
)
"""A quality that is only asked for ("how big"), and the verb "last", which is no opposite of "first"."""
_SOLD = re.compile(
    r"\b(?P<what>(?:is|are|was|were|be|been|being)\b[^,;]*?)\b(?:sold|bought)\b(?!.*\bby\s+\D)", re.IGNORECASE
)
"""What is sold is bought too, unless it is told by whom."""
_EXCEPTION = re.compile(r"\b(?:except\w*|unless|apart from|other than|but not)\b", re.IGNORECASE)
_WHEN = re.compile(
    r"\s*(?:\w+\s+){0,2}?(?:when|how (?:long|late|early)"
    r"|(?:what|which) (?:\w+ )?(?:time|hour|day|weekday|date|week|month|year|decade|century)s?)\b",
    re.IGNORECASE,
)
_EXTENT = re.compile(
    r"\b(?:until|till|how (?:long|late)|since|through(?:out)?|except\w*|last(?:s|ed|ing)|tak(?:es|ing)|took"
    r"|from\b.{1,60}\bto|between\b.{1,60}\band|term of|period of"
    r"|for (?:\w+ )?(?:\d+|\w+) (?:minute|hour|day|week|month|year|decade)s?)\b"
    r"|\d(?:\s*[ap]\.?m\.?)?\s*[-–—]\s*\d",
    re.IGNORECASE,
)
_FORMS = {
    "fell": "fall", "fallen": "fall", "rose": "rise", "risen": "rise", "grew": "grow", "grown": "grow",
    "shrank": "shrink", "shrunk": "shrink", "forbade": "forbid", "forbidden": "forbid",
}  # fmt: skip
"""Irregular forms, which have keys of their own."""
_ENDS = """
    open/close open/shut begin/end begin/finish start/end start/stop start/finish"""
_PAIRS = """
    increase/decrease increase/reduce increase/fall increase/drop rise/fall rise/drop grow/shrink
    raise/lower raise/cut
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


_ANTONYMS = _table(_ENDS + _PAIRS + _QUALITIES)
_ANTONYMS_BUT_ENDS = _table(_PAIRS + _QUALITIES)
_CONVERSES_TOO = _table(_ENDS + _PAIRS + _QUALITIES + _CONVERSES)
"""With those that tell of one event from two sides: what one wins another loses."""

_OF_QUALITY = frozenset(_table(_QUALITIES))
"""Qualities are opposite only where they are said of the same thing."""


def opposite_premise(question: str, text: str) -> str | None:
    """A word of a question whose opposite a text says; how long a thing lasts tells both its ends."""
    lasting = _WHEN.match(plain(question)) and (_EXTENT.search(question) or _EXTENT.search(text))
    return _opposite(question, text, _ANTONYMS_BUT_ENDS if lasting else _ANTONYMS)


def opposite_claim(question: str, text: str) -> str | None:
    """A word of a question, to be answered by yes or no, whose opposite or converse a text says."""
    return _opposite(_SOLD.sub(r"\g<what>", question), text, _CONVERSES_TOO)


def opposite_statement(sentence: str, text: str) -> str | None:
    """A word of a sentence whose opposite a text says about the same: prices that rose did not fall."""
    return _opposite(sentence, text, _ANTONYMS_BUT_ENDS)


def _opposite(text: str, other: str, table: Mapping[str, frozenset[str]]) -> str | None:
    """A word of one text whose opposite stands in the other, beside something else that they share."""
    text, other = _NOT_SAID.sub("", text), _NOT_SAID.sub("", other)
    said, held = _keys(text), _keys(other)
    asked = _keys(text, content=True)
    shared = asked & _keys(other, content=True)
    known = frozenset(key for key in said - held if held & table.get(key, frozenset()))
    affirmed = _affirmed(other, held & frozenset[str]().union(*(table[key] for key in known)))
    for key in sorted(_affirmed(text, known)):
        opposites = table[key]
        against = {one for one in opposites if one in affirmed and not _said(one, said)}
        if key in _OF_QUALITY:
            against = {one for one in against if _following(key, text) == _following(one, other)}
        alike = shared - against
        enough = len(alike) >= 2 or asked - alike <= {key}
        if against and enough and not any(table.get(one, frozenset()) & opposites for one in held):
            return key
    return None


def _key(word: Word) -> str:
    return _FORMS.get(word.key, word.key)


def _keys(text: str, *, content: bool = False) -> frozenset[str]:
    """The keys of the words, or of those that carry content."""
    return frozenset(_key(word) for word in words(text) if word.carries_content or not content)


def _affirmed(text: str, keys: frozenset[str]) -> frozenset[str]:
    """Those words that stand in a clause of a text where nothing else may negate them."""
    found = set[str]()
    sentences = [one for one in SENTENCE_END.split(plain(text)) if not _EXCEPTION.search(one)]
    for clause in (clause for sentence in sentences for clause in CLAUSE_END.split(sentence)):
        for word in words(clause):
            rest = clause[: word.start] + clause[word.start + len(word.text) :]
            if _key(word) in keys - found and not may_be_negative(rest):
                found.add(_key(word))
    return frozenset(found)


def _said(key: str, keys: Iterable[str]) -> bool:
    """Whether the word or another form of it is among the keys: "west" and "western" are."""
    return any(one.startswith(key[:4]) for one in keys) if len(key) > 3 else key in keys


def _following(key: str, text: str) -> str:
    """The word that carries content after a word; empty at the end."""
    found = words(text)
    at = next(index for index, word in enumerate(found) if word.key == key)
    return next((word.key for word in found[at + 1 :] if word.carries_content), "")
