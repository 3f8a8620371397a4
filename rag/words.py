"""Words as evidence: which carry content, which are numbers, which are names."""

import re
from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from functools import lru_cache
from itertools import takewhile
from typing import Any

from index.folding import american, unaccented

_WORD = re.compile(r"[^\W_]+(?:[.,:/'’\-–][^\W_]+)*|[%£$€]", re.UNICODE)
_GROUPED = re.compile(r"(?<=\d),(?=\d{3}\b)")
_POSSESSIVE = re.compile(r"['’]s?$")
_CONTRACTED = re.compile(r"(?:(?<!ca)n't|'(?:t|m|ve|d|ll|re))$")

MONTHS = "January February March April May June July August September October November December".split()
WEEKDAYS = "Monday Tuesday Wednesday Thursday Friday Saturday Sunday".split()

ASKER = r"i|im|i['’][a-z]+|my|we|we['’][a-z]+|our"
"""A pattern of the words by which people speak of themselves, alone or with others."""

_STOP_WORDS = frozenset(
    """a about after all also am an and any are as at be because been before being both but by can could
    did do does doing done for from had has have having he her hers him his how i if in into is it
    its itself just may me might more most must my no nor not of off on once only or our out over
    own same shall she should so some such than that the their theirs them then there these they
    this those through to too under until up very was we were what when where which while who whom
    whose why will with would yes you your yours""".split()
)
_SMALL_NUMBERS = """zero one two three four five six seven eight nine ten eleven twelve thirteen fourteen
    fifteen sixteen seventeen eighteen nineteen twenty""".split()
_TENS = "ten twenty thirty forty fifty sixty seventy eighty ninety".split()
_NO_NAMES = frozenset(
    [word.casefold() for word in (*MONTHS, *WEEKDAYS)]
    + [f"{day.casefold()}s" for day in WEEKDAYS]
    + "jan feb mar apr jun jul aug sep sept oct nov dec mon tue tues wed thu thur thurs fri sat am pm".split()
)
_NUMBER_WORDS = {word: str(value) for value, word in enumerate(_SMALL_NUMBERS)} | {
    word: str(value * 10) for value, word in enumerate(_TENS, 1)
}


@dataclass(frozen=True, slots=True)
class Word:
    """One word of a text: as written, where, and the form in which words are compared."""

    text: str
    start: int
    key: str

    @property
    def is_number(self) -> bool:
        """Whether it holds a digit or spells a number."""
        return any(c.isdigit() for c in self.key)

    @property
    def carries_content(self) -> bool:
        """Whether it says something by itself; "owned" does, although its key is that of "own"."""
        return _CONTRACTED.sub("", _folded(self.text)) not in _STOP_WORDS


@lru_cache(maxsize=1)
def _stemmer() -> Any:  # noqa: ANN401 - the library has no types
    import Stemmer

    return Stemmer.Stemmer("english")


@lru_cache(maxsize=50_000)
def _folded(text: str) -> str:
    return _POSSESSIVE.sub("", unaccented(text).casefold().replace("’", "'"))


@lru_cache(maxsize=50_000)
def _key(text: str) -> str:
    folded = _folded(text)
    if folded in _NUMBER_WORDS:
        return _NUMBER_WORDS[folded]
    if any(c.isdigit() for c in folded):
        return _GROUPED.sub("", folded)
    if folded in _STOP_WORDS:
        return folded
    return str(_stemmer().stemWord(american(folded)))


def words(text: str) -> list[Word]:
    """The words of a text in order; compounds joined by hyphens or slashes count part by part too."""
    found: list[Word] = []
    for match in _WORD.finditer(text):
        parts = re.split(r"[/\-–]", match.group())
        offset = match.start()
        for part in parts:
            if part:
                found.append(Word(part, offset, _key(part)))
            offset += len(part) + 1
    return found


def known_words(texts: Mapping[str, str]) -> dict[str | None, frozenset[str]]:
    """The keys of all words of each text, by its name; of all texts together by None."""
    known: dict[str | None, frozenset[str]] = {
        name: frozenset(word.key for word in words(text)) for name, text in texts.items()
    }
    return known | {None: frozenset[str]().union(*known.values())}


def leading_content(found: Sequence[Word]) -> list[Word]:
    """The words before the first that carries no content."""
    return list(takewhile(lambda word: word.carries_content, found))


def content_keys(text: str) -> frozenset[str]:
    """The keys of the words that carry content."""
    return frozenset(word.key for word in words(text) if word.carries_content)


def numbers(text: str) -> frozenset[str]:
    """The keys of all numbers, spelled ones included."""
    return frozenset(word.key for word in words(text) if word.is_number)


def names(text: str, *, opening: bool = True) -> list[str]:
    """The words that look like names: capitalised inside a sentence, or with a capital or digit inside.

    A capitalised first word counts only when a capital follows it (and `opening` is set) or it stands alone,
    because any word has a capital there. Months and days of the week are no names.
    """
    found = words(text)
    result = []
    for at, word in enumerate(found):
        if not word.carries_content or word.text[0].isdigit() or _folded(word.text) in _NO_NAMES:
            continue
        first = at == 0 or bool(re.search(r"[.!?:\"“”]\s*$", text[: word.start]))
        inner = any(c.isupper() or c.isdigit() for c in word.text[1:])
        starts = len(found) == 1 or (opening and _goes_on_as_a_name(found, at))
        if inner or (word.text[0].isupper() and (not first or starts)):
            result.append(word.text)
    return result


def _goes_on_as_a_name(found: list[Word], at: int) -> bool:
    return at + 1 < len(found) and found[at + 1].carries_content and found[at + 1].text[0].isupper()
