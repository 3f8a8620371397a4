"""The words of a question by what they do in it: articles, prepositions, names and the like."""

import re
import tomllib
from dataclasses import dataclass
from functools import cache, lru_cache
from importlib.resources import files
from typing import Literal, get_args

from rag.words import names, words

Kind = Literal[
    "question",
    "auxiliary",
    "pronoun",
    "preposition",
    "determiner",
    "link",
    "adverb",
    "name",
    "number",
    "word",
]
CONTENT: tuple[Kind, ...] = ("name", "number", "word")
"""The kinds of words that noun phrases are made of."""

_CLOSED: tuple[Kind, ...] = tuple(kind for kind in get_args(Kind) if kind not in CONTENT)
_ALSO_NAMES = ("Will", "May")
"""Auxiliaries that are people's names too."""

_TOKEN = re.compile(r"[^\W_]+(?:[.,:/'’\-–][^\W_]+)*")


@cache
def lexicon() -> dict[str, dict[str, frozenset[str]]]:
    """The word lists of ``phrases.toml``, by section and name."""
    return {
        section: {name: frozenset(value.split()) for name, value in lists.items() if isinstance(value, str)}
        for section, lists in _data().items()
    }


@cache
def shorthand() -> dict[str, str]:
    """What is written in a hurry, with what it stands for."""
    written = _data()["shorthand"]["written"]
    assert isinstance(written, dict)
    return written


@cache
def _data() -> dict[str, dict[str, str | dict[str, str]]]:
    return tomllib.loads(files("rag.follow_up").joinpath("phrases.toml").read_text(encoding="utf-8"))


@cache
def _lemmas(name: str) -> dict[str, str]:
    return {words(verb)[0].key: verb for verb in sorted(lexicon()["verbs"][name])}


@cache
def _past() -> dict[str, str]:
    """The irregular past forms, each with the plain form of its verb."""
    verbs = _data()["verbs"]["irregular"]
    assert isinstance(verbs, str)
    forms = (verb.split() for verb in verbs.split(","))
    return {past: plain for plain, *rest in forms for past in rest}


@dataclass(frozen=True, slots=True)
class Token:
    """One word, where it stands, and what it does in the sentence."""

    text: str
    start: int
    end: int
    kind: Kind

    @property
    def lower(self) -> str:
        """The word in the form in which word lists hold it."""
        return self.text.lower().replace("’", "'")

    def lemma(self, group: str) -> str | None:
        """The plain form of a common verb of this group, ``plain`` or ``both``."""
        if self.kind != "word" or self.lower in lexicon()["nouns"]["gerunds"]:
            return None
        if group == "plain" and self.lower in _past():
            return _past()[self.lower]
        return _lemmas(group).get(words(self.text)[0].key)


def singular(word: str) -> str:
    """The word without a plural ending or the ``'s`` of an owner."""
    word = re.sub(r"'s?$", "", word)
    if len(word) < 4 or word.endswith(("ss", "us", "is")) or not word.endswith("s"):
        return word
    if word.endswith("ies") and len(word) > 4:
        return word[:-3] + "y"
    return word[:-2] if word.endswith(("sses", "shes", "ches", "xes")) else word[:-1]


@lru_cache(maxsize=256)
def tokens(text: str, known: frozenset[str] = frozenset()) -> tuple[Token, ...]:
    """The words of a text and what each does; `known` are names met before."""
    found = frozenset() if text.isupper() else frozenset(names(text)) | known
    matches = list(_TOKEN.finditer(text))
    result = []
    for at, match in enumerate(matches):
        following = matches[at + 1].group() if at + 1 < len(matches) else ""
        kind = _kind(match.group(), found, at > 0 and _is_capitalised(following) and not text.istitle())
        result.append(Token(match.group(), match.start(), match.end(), kind))
    return tuple(result)


def opening(question: str) -> str:
    """The first word of a question, as "what" of "what's"."""
    found = tokens(question)
    return found[0].lower.removesuffix("'s") if found else ""


def _is_capitalised(word: str) -> bool:
    return word[:1].isupper() and not re.fullmatch(r"I(?:['’]\w+)?", word)


def _kind(text: str, found: frozenset[str], before_capital: bool) -> Kind:
    lower = text.lower().replace("’", "'")
    for kind in _CLOSED:
        if lower in lexicon()["words"][kind]:
            return "name" if text in _ALSO_NAMES and before_capital else kind
    if any(word.is_number for word in words(text)[:1]) and not text[0].isupper():
        return "number"
    if text in found or any(part in found for part in re.split(r"[/\-–]", text)):
        return "name"
    return "word"
