"""Words that are said of a thing and are none: "faster", "included", "the longest"."""

import re
from functools import cache

from rag.follow_up.tokens import lexicon

_FORMED = re.compile(r"\w+(?:able|ible|less|ful|ous|ly)")


def is_adjective(word: str) -> bool:
    """Whether a word by itself is an adjective or an adverb rather than a thing."""
    return word in _known() or is_superlative(word) or _FORMED.fullmatch(word) is not None


def is_superlative(word: str) -> bool:
    """Whether it is one such as "longest"."""
    return word in _compared("est") or word in ("best", "worst", "last")


@cache
def _known() -> frozenset[str]:
    adjectives = lexicon()["adjectives"]
    return frozenset().union(*adjectives.values(), _compared("er"))


@cache
def _compared(ending: str) -> frozenset[str]:
    """The adjectives that have one, with this ending: "bigger", "safer", "easier"."""
    return frozenset(_with(adjective, ending) for adjective in lexicon()["adjectives"]["graded"])


def _with(adjective: str, ending: str) -> str:
    if re.search(r"[^aeiou]y$", adjective):
        return f"{adjective[:-1]}i{ending}"
    doubled = re.fullmatch(r"[^aeiou]*[aeiou][^aeiouwxy]", adjective)
    return adjective.removesuffix("e") + adjective[-1] * bool(doubled) + ending
