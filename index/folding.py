"""One spelling for what people spell in several ways: accents left out, British and American forms."""

import re
import unicodedata
from functools import lru_cache

_VARIANTS = tuple(
    (re.compile(british), american)
    for british, american in (
        (r"(?<=\w{3})our(?=(?:s|ed|ing|er|ers|able|ful|less|y|ite|ites|hood)?$)", "or"),
        (r"(?<=[bctv])re(?=s?$)", "er"),
        (r"(?<=\w{3})is(?=(?:e|es|ed|er|ers|ing|ation|ations|able)$)", "iz"),
        (r"(?<=l)ys(?=(?:e|es|ed|er|ers|ing)$)", "yz"),
        (r"(?<=\w{4})ll(?=(?:ed|er|ers|or|ors|ing)$)", "l"),
        (r"(?<=(?:def|off|lic|ret)en)c(?=es?$)", "s"),
        (r"(?<=al)ogue(?=s?$)", "og"),
        (r"(?<=program)me(?=s?$)", ""),
        (r"^grey", "gray"),
    )
)


def unaccented(text: str) -> str:
    """The text with the marks taken off its letters: "Möngke" and "Mongke" meet."""
    if text.isascii():
        return text
    parts = unicodedata.normalize("NFKD", text)
    return unicodedata.normalize("NFKC", "".join(c for c in parts if not unicodedata.combining(c)))


@lru_cache(maxsize=50_000)
def american(word: str) -> str:
    """A word in small letters in its American spelling; not always a word, but the same for both."""
    for british, spelling in _VARIANTS:
        word = british.sub(spelling, word)
    return word
