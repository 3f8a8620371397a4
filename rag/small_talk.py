"""Greetings, thanks and the like: a short reply to what asks nothing of the article."""

import re
import tomllib
from collections.abc import Sequence
from functools import cache
from importlib.resources import files
from typing import TYPE_CHECKING

from pydantic import BaseModel, ConfigDict

if TYPE_CHECKING:
    from rag.conversation import Turn

_LONGEST = 120
"""Characters from which on a message is more than small talk."""

_WORD = re.compile(r"[^\W_]+(?:'[^\W_]+)*")
_OTHER_SIGNS = re.compile(r"[\d%£$€&@#/\\+*=<>\[\]{}]")


class _Kind(BaseModel):
    """Phrases that get the same reply; `opening_phrases` count only before the first real question."""

    model_config = ConfigDict(extra="forbid", frozen=True)

    name: str
    reply: str
    phrases: tuple[str, ...]
    opening_phrases: tuple[str, ...] = ()
    asks_nothing: bool = False


class _Manners(BaseModel):
    """All kinds, the one whose reply matters most first, and the words that may stand between phrases."""

    model_config = ConfigDict(extra="forbid", frozen=True)

    fillers: tuple[str, ...]
    kinds: tuple[_Kind, ...]


@cache
def _manners() -> _Manners:
    text = files("rag").joinpath("small_talk.toml").read_text(encoding="utf-8")
    return _Manners.model_validate(tomllib.loads(text))


def small_talk(question: str, history: "Sequence[Turn]" = ()) -> str | None:
    """The reply to a message that is small talk from end to end, or None when it may ask something."""
    if len(question) > _LONGEST or _OTHER_SIGNS.search(question):
        return None
    said = tuple(_WORD.findall(question.casefold().replace("’", "'")))
    opening = not any(turn.role == "user" and small_talk(turn.content) is None for turn in history)
    spoken = _kinds_spoken(said, opening)
    for kind in _manners().kinds:
        if kind.name in spoken:
            return None if kind.asks_nothing and "?" in question else kind.reply
    return None


def _kinds_spoken(said: tuple[str, ...], opening: bool) -> frozenset[str]:
    """The kinds of the phrases that make up the whole message; none when anything is left over."""
    phrases = _phrases(opening)
    reached: dict[int, frozenset[str]] = {0: frozenset()}
    for start in range(len(said)):
        for end in range(start + 1, len(said) + 1):
            kind = phrases.get(said[start:end])
            if start in reached and kind is not None:
                reached[end] = reached[start] | {kind} | reached.get(end, frozenset())
    return reached.get(len(said), frozenset()) - {""}


@cache
def _phrases(opening: bool) -> dict[tuple[str, ...], str]:
    """The kind of each phrase, by its words; fillers have none."""
    manners = _manners()
    known = {tuple(filler.split()): "" for filler in manners.fillers}
    for kind in manners.kinds:
        for phrase in (*kind.phrases, *(kind.opening_phrases if opening else ())):
            known[tuple(phrase.split())] = kind.name
    return known
