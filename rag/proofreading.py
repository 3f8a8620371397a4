"""Words of a question that were mistyped, as the articles spell them."""

import re
from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from functools import cache, cached_property
from typing import TYPE_CHECKING

from index.article import Article
from index.folding import american
from rag.slips import SHORTEST, nearest
from rag.words import words

if TYPE_CHECKING:
    from spellchecker import SpellChecker

_FORM = re.compile(r"[^\W\d_]{4,}")
_TYPED = re.compile(rf"(?<![\w'’.@&/-])[^\W\d_]{{{SHORTEST},}}(?![\w'’@&/-]|\.\w)")
_GLUED = re.compile(
    r"(?:they|you|we|who|what|where|when|there|that|this|how|it|she|would|could|should|must|might|does|did|were|was"
    r"|have|has|had|are|is)(?:re|ve|ll|d|s|nt)",
    re.IGNORECASE,
)
"""A contraction without its apostrophe."""


class Proofreader:
    """Reads questions over articles; how one spells is looked up at the first question on it."""

    def __init__(self, articles: Mapping[str, Article]) -> None:
        """Remembers the articles, by name."""
        self._articles = articles
        self._spellings: dict[str | None, _Spellings] = {}

    def read(self, question: str, article: str | None) -> str:
        """The question with each word that is none as the article, or all of them, have it.

        A word stays that English knows, or that is not one slip of the pen (two in a long one) away from just
        one word of theirs with the same first letter.
        """
        if article not in self._spellings:
            names = self._articles if article is None else (article,)
            self._spellings[article] = _Spellings.of(self._articles[name].text for name in names)
        spellings = self._spellings[article]
        return _TYPED.sub(lambda typed: spellings.meant(typed.group()) or typed.group(), question)


@dataclass(frozen=True)
class _Spellings:
    """How the words of some articles are spelt, without capitals."""

    forms: frozenset[str]

    @classmethod
    def of(cls, texts: Iterable[str]) -> "_Spellings":
        return cls(frozenset(form for text in texts for form in _FORM.findall(text.casefold())))

    @cached_property
    def _keys(self) -> frozenset[str]:
        return frozenset(map(_key, self.forms))

    @cached_property
    def _by_letter(self) -> dict[str, list[str]]:
        found: dict[str, list[str]] = {}
        for form in sorted(self.forms):
            found.setdefault(form[0], []).append(form)
        return found

    def meant(self, typed: str) -> str | None:
        """The word of the articles that was meant, with the capitals as typed; None for the typed one."""
        low = typed.casefold()
        if low in self.forms or _GLUED.fullmatch(low) or _key(low) in self._keys:
            return None
        near = nearest(low, self._by_letter.get(low[0], ()))
        if len({_key(form) for form in near}) != 1 or is_english(low):
            return None
        form = near[0]
        return form.upper() if typed.isupper() else form.capitalize() if typed[0].isupper() else form


def is_english(word: str) -> bool:
    """Whether a word is a common one of English, in either spelling."""
    return word in _dictionary() or american(word) in _dictionary()


def _key(form: str) -> str:
    return words(form)[0].key


@cache
def _dictionary() -> "SpellChecker":
    from spellchecker import SpellChecker

    return SpellChecker()
