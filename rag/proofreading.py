"""Words of a question that were mistyped, as the articles spell them."""

import re
from collections.abc import Mapping, Sequence
from functools import cache
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
    """Reads questions over articles; how one spells is looked up once a word is unknown to it."""

    def __init__(self, articles: Mapping[str, Article], known: Mapping[str | None, frozenset[str]]) -> None:
        """Remembers the articles, by name, and what `rag.words.known_words` gives of them."""
        self._articles = articles
        self._known = known
        self._forms: dict[str | None, Mapping[str, Sequence[str]]] = {}

    def read(self, question: str, article: str | None) -> str:
        """The question with each word that is none as the article, or all of them, have it.

        A word stays that English knows, or that is not one slip of the pen (two in a long one) away from just
        one word of theirs with the same first letter.
        """
        return _TYPED.sub(lambda typed: self._meant(typed.group(), article), question)

    def _meant(self, typed: str, article: str | None) -> str:
        """The word of the articles that was meant, with the capitals as typed; else the typed one."""
        low = typed.casefold()
        if _GLUED.fullmatch(low) or _key(low) in self._known[article]:
            return typed
        near = nearest(low, self._forms_of(article).get(low[0], ()))
        if len({_key(form) for form in near}) != 1 or is_english(low):
            return typed
        form = near[0]
        return form.upper() if typed.isupper() else form.capitalize() if typed[0].isupper() else form

    def _forms_of(self, article: str | None) -> Mapping[str, Sequence[str]]:
        """How words are spelt there, without capitals, by their first letter."""
        if article not in self._forms:
            names = self._articles if article is None else (article,)
            texts = (self._articles[name].text.casefold() for name in names)
            found: dict[str, list[str]] = {}
            for form in sorted({form for text in texts for form in _FORM.findall(text)}):
                found.setdefault(form[0], []).append(form)
            self._forms[article] = found
        return self._forms[article]


def is_english(word: str) -> bool:
    """Whether a word is a common one of English, in either spelling."""
    return word in _dictionary() or american(word) in _dictionary()


def _key(form: str) -> str:
    return words(form)[0].key


@cache
def _dictionary() -> "SpellChecker":
    from spellchecker import SpellChecker

    return SpellChecker()
