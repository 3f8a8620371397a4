"""Earlier turns, as far as a question leans on them."""

import re
from collections.abc import Iterator, Sequence
from dataclasses import dataclass, replace
from typing import Literal

from rag.answer import REST
from rag.follow_up.rules import stripped, understood
from rag.follow_up.shorthand import written_out
from rag.follow_up.topic import Topic
from rag.refusal import says_nothing
from rag.small_talk import small_talk

_TURNS = 12
"""How many earlier messages count: a topic seldom lasts longer, and the work stays bounded."""

_LONGEST_QUESTION = 300
"""Characters beyond which an earlier question is not repeated inside a new one."""

_LONGEST_ANSWER = 600
_PASSES = 4
_MARKER = re.compile(r"\s*\[\d+\]")


@dataclass(frozen=True, slots=True)
class Turn:
    """One message of a conversation."""

    role: Literal["user", "assistant"]
    content: str


def stand_alone(question: str, history: Sequence[Turn], goes_on: bool = False) -> str:
    """The question as someone would ask it who had asked nothing before; itself when it stands alone.

    Args:
        question: As typed.
        history: Earlier turns, oldest first.
        goes_on: Whether it is a part of the question before, so that an "it" in it certainly means something.
    """
    topic = Topic()
    for asked, answer in _exchanges(history):
        meant, fragment = stripped(_settled(asked, topic))
        if len(meant) <= _LONGEST_QUESTION:
            topic = replace(topic.after(meant, answer), fragment=fragment)
    plain = written_out(question)
    meant = _settled(plain, topic, goes_on)
    return question if meant == plain else meant


def _settled(question: str, topic: Topic, goes_on: bool = False) -> str:
    """The question once no rule changes it any more; as it was when that does not come about."""
    text = question
    for _ in range(_PASSES):
        meant = understood(text, topic, goes_on)
        if meant == text:
            return text
        text = meant
    return question


def _exchanges(history: Sequence[Turn]) -> Iterator[tuple[str, str]]:
    """The earlier questions of substance with what was said to each; a refusal says nothing."""
    asked, answer = "", ""
    for turn in history[-_TURNS:]:
        if turn.role == "user":
            if asked:
                yield asked, answer
            asked, answer = written_out(_question_in(turn.content)), ""
        elif not answer:
            answer = _answer_in(turn.content)
    if asked:
        yield asked, answer


def _question_in(content: str) -> str:
    """The message as a question that others may lean on; empty when nothing can."""
    if len(content) > _LONGEST_QUESTION or small_talk(content) is not None:
        return ""
    text = _plain(content)
    return text if any(character.isalnum() for character in text) else ""


def _answer_in(content: str) -> str:
    """What an answer says; one with a footnote says something."""
    text = _MARKER.sub("", _plain(content[:_LONGEST_ANSWER])).removesuffix(REST)
    return "" if says_nothing(text) and not _MARKER.search(content) else text


def _plain(text: str) -> str:
    """The text with plain spaces for whatever can't be seen."""
    return " ".join("".join(c if c.isprintable() else " " for c in text).split())
