"""An answer is spelt as its article is."""

import re
from collections.abc import Sequence

from index.folding import american
from rag.checks.number_words import CARDINALS
from rag.words import content_keys

_WORD = re.compile(r"[^\W\d_]{4,}")
_PER_CENT = re.compile(r"\bper ?cent\b")
_COUNTS = CARDINALS | {
    f"{ten}-{one}": tens + ones
    for ten, tens in CARDINALS.items()
    for one, ones in CARDINALS.items()
    if tens >= 20 and 0 < ones < 10
}
_SPELLED = "|".join(sorted(_COUNTS, reverse=True))
_NUMBER = re.compile(
    rf"(?<![\w.,:/£$€¥₹–-])(?:(?P<figure>\d{{1,2}})(?!\s?%)|(?P<word>{_SPELLED}))"
    r"(?![\w:/–-]|[.,]\d)",
    re.IGNORECASE,
)
_WORD_BEFORE = re.compile(r"(?P<opens>(?:^|[.!?:]\s+))?(?P<word>[^\W\d_][\w'’.-]*)\s$")
_NAME_OR_TIME_AFTER = re.compile(
    r"(?:\s(?:and|or|to)\s\d{1,2})?\s(?:(?!I\b)[^\W\d_a-z]\w*|[ap]\.?m\b|o['’]clock\b)"
)
_NEAR = 40


def as_spelt(sentence: str, texts: Sequence[str], question: str = "") -> str:
    """The sentence with the words and small numbers that the texts have only in another form in theirs.

    A number stays as the question writes it.
    """
    source = " ".join(texts)
    own = {found.group().casefold() for found in _WORD.finditer(source)}
    by_spelling = {american(word): word for word in sorted(own)}

    def respelt(found: re.Match[str]) -> str:
        word = found.group()
        low = word.casefold()
        other = by_spelling.get(american(low), low)
        if low in own or other == low:
            return word
        return other.upper() if word.isupper() else other.capitalize() if word[0].isupper() else other

    sentence = _counted(_WORD.sub(respelt, sentence), source, question)
    per_cent = set(_PER_CENT.findall(source))
    return _PER_CENT.sub(per_cent.pop(), sentence) if len(per_cent) == 1 else sentence


def _counted(sentence: str, source: str, question: str) -> str:
    """Figures as words, or words as figures, where the source has that number only in the other form.

    A "one" stays, as it need not be a number; and so does what belongs to a date, a time or a name.
    """
    found = list(_NUMBER.finditer(source))
    figures = {int(number["figure"]) for number in found if number["figure"]}
    words = {_COUNTS[word]: word for number in found if (word := (number["word"] or "").casefold())}
    spelled = {value: word for value, word in words.items() if value not in figures}
    figured = figures - words.keys() - {0, 1}

    asked = {number.group().casefold() for number in _NUMBER.finditer(question)}

    def recounted(number: re.Match[str]) -> str:
        if number.group().casefold() in asked or _is_named(number):
            return number.group()
        figure, word = number["figure"], number["word"]
        if figure:
            other = spelled.get(int(figure), figure)
            return other if number.start() else other.capitalize()
        value = _COUNTS[word.casefold()]
        return str(value) if value in figured else str(word)

    return _NUMBER.sub(recounted, sentence)


def _is_named(number: re.Match[str]) -> bool:
    """Whether a number stands beside a name, as in "Apollo 8", or in a date or a time."""
    if _NAME_OR_TIME_AFTER.match(number.string, number.end()):
        return True
    before = _WORD_BEFORE.search(number.string[max(0, number.start() - _NEAR) : number.start()])
    if before is None or not before["word"][0].isupper():
        return False
    return before["opens"] is None or bool(content_keys(before["word"]))
