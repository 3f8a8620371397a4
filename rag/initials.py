"""The first letters of words that follow each other in a text: what an abbreviation is made of."""

import re
from functools import lru_cache

from rag.words import Word

_WORD = re.compile(r"(?P<gap>[\W_]*)(?P<word>[^\W_]+(?:['’][^\W_]+)*)(?P<joined>-(?=\w))?")
_WITHIN = re.compile(r"[^\S\n]*\n?[^\S\n]*[-–&'’‘“”\"]?[^\S\n]*")
"""What may stand between two words of a phrase."""

_LEAST_SMALL = 3
"""Letters from which an abbreviation may stand for words in small letters: any two are soon found."""


def initials(text: str) -> str:
    """The initials of its phrases: in capitals those of names, in small letters those of all.

    A word such as "of" ends a phrase, unless it is joined by a hyphen; inside a name it is left out, as
    is a comma.
    """
    in_names, in_phrases, joined = [], [], False
    for found in _WORD.finditer(text):
        gap, word, hyphen = found.groups()
        letter, small = word[0], _is_small(word)
        counts = not small or joined or hyphen is not None
        opens = gap != " " and not _WITHIN.fullmatch(gap)
        in_names.append(" " if (opens and gap != ", ") or not (small or letter.isupper()) else "")
        in_names.append(letter if letter.isupper() else "")
        in_phrases.append(" " if opens or not counts else "")
        in_phrases.append(letter.casefold() if counts else "")
        joined = hyphen is not None
    return f"{''.join(in_names)} {''.join(in_phrases)}"


def spelt_out(name: str, held: str) -> bool:
    """Whether the name is made of some of these initials."""
    if len(name) < 2 or not (name.isupper() and name.isalpha()):
        return False
    return name in held or (len(name) >= _LEAST_SMALL and name.casefold() in held)


@lru_cache(maxsize=50_000)
def _is_small(word: str) -> bool:
    """Whether it says nothing by itself."""
    return not Word(word, 0, "").carries_content
