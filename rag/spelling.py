"""An answer is spelt as its article is."""

import re
from collections.abc import Sequence

from index.folding import american

_WORD = re.compile(r"[^\W\d_]{4,}")
_PER_CENT = re.compile(r"\bper ?cent\b")


def as_spelt(sentence: str, texts: Sequence[str]) -> str:
    """The sentence with the words that the texts have only in another spelling spelt as they spell them."""
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

    sentence = _WORD.sub(respelt, sentence)
    per_cent = set(_PER_CENT.findall(source))
    return _PER_CENT.sub(per_cent.pop(), sentence) if len(per_cent) == 1 else sentence
