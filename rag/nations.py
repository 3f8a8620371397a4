"""Words for the same country, such as "Spain" and "Spanish", by the list in ``nations.toml``."""

import tomllib
from collections.abc import Set as AbstractSet
from functools import cache
from importlib.resources import files

from rag.words import words

Form = frozenset[str]
"""The keys of one way to name a country; all of them make it up, as in "United Kingdom"."""


def is_nation(key: str) -> bool:
    """Whether the word by itself speaks of a country."""
    return any(form == {key} for form in _nations().get(key, ()))


def speaks_of(key: str, held: AbstractSet[str]) -> bool:
    """Whether a word of these keys speaks of the country that the word is about."""
    return any(form <= held for form in _nations().get(key, ()))


@cache
def _nations() -> dict[str, frozenset[Form]]:
    """For each word the ways to name the countries that it speaks of."""
    listed: list[str] = tomllib.loads(files("rag").joinpath("nations.toml").read_text(encoding="utf-8"))[
        "nations"
    ]
    found: dict[str, frozenset[Form]] = {}
    for nation in listed:
        forms = frozenset(frozenset(word.key for word in words(form)) for form in nation.split(", "))
        for key in frozenset[str]().union(*forms):
            found[key] = found.get(key, frozenset()) | forms
    return found
