"""Whether a gold answer stands in a text: the arithmetic behind *correct*; knows no gold file and no case."""

import re
import unicodedata

_THOUSANDS = re.compile(r"(?<=\d)[, ](?=\d{3}\b)")  # NFKC has already made a plain space of the narrow ones
_PUNCTUATION = re.compile(r"[^\w\s.%£$€]")
_ARTICLES = re.compile(r"\b(?:a|an|the)\b")
_WHOLE_WORD = 3  # needles up to this long match whole words only


def normalise(text: str) -> str:
    """The text after NFKC, case folding, and without thousands separators, punctuation and articles."""
    folded = unicodedata.normalize("NFKC", text).casefold()
    joined = _THOUSANDS.sub("", folded)
    bare = _ARTICLES.sub(" ", _PUNCTUATION.sub(" ", joined))
    return " ".join(word.strip(".") for word in bare.split()).strip()


def holds(needle: str, text: str) -> bool:
    """Whether the needle stands in the text from a word's start, as whole words if it is very short."""
    wanted = normalise(needle)
    if not wanted:
        return False
    end = " " if len(wanted) <= _WHOLE_WORD else ""
    return f" {wanted}{end}" in f" {normalise(text)} "
