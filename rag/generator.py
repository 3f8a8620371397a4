"""What every generator offers: a prompt goes in, text streams out."""

import threading
from collections.abc import Iterator, Sequence
from dataclasses import dataclass, field
from typing import TYPE_CHECKING, Protocol, runtime_checkable

if TYPE_CHECKING:
    import numpy as np
    from numpy.typing import NDArray


@dataclass(frozen=True, slots=True)
class Prompt:
    """A question over a context, in the order in which the model reads it.

    The system message and the context come first, so that a generator may keep what it computed
    for them and use it again for the next question; `keep` says that this is worthwhile for the context.
    """

    system: str
    context: str
    question: str
    keep: bool = False


@dataclass(slots=True)
class Noted:
    """Asks a `StateReader` to note what the prompt's question has become after that many layers.

    `states` is None until the prompt was read; then it is a row as from `StateReader.states`.
    """

    layers: int
    states: "NDArray[np.float32] | None" = None


@dataclass(frozen=True, slots=True)
class Decoding:
    """How far a generator may go; decoding is greedy, so the same prompt gives the same text.

    What is `noted` while the prompt is read costs nothing.
    """

    max_tokens: int = 96
    stop: tuple[str, ...] = ("\n",)
    cancelled: threading.Event = field(default_factory=threading.Event)
    noted: Noted | None = None


class Generator(Protocol):
    """A language model that continues a prompt."""

    @property
    def name(self) -> str:
        """What the answer's ``model`` field says."""

    def stream(self, prompt: Prompt, decoding: Decoding) -> Iterator[str]:
        """Yields the continuation piece by piece; ends early when cancelled or when a stop string appears."""

    def first_words(self, prompts: Sequence[Prompt], words: Sequence[str]) -> list[tuple[float, ...]]:
        """For each prompt, the log-probability that its continuation begins with each word's first token."""

    def count_tokens(self, text: str) -> int:
        """How many tokens the text takes."""


@runtime_checkable
class StateReader(Protocol):
    """A generator that lets its inner states be read."""

    def states(self, prompts: Sequence[Prompt], layers: int) -> "NDArray[np.float32]":
        """What each prompt's question has become after that many layers, (prompts, twice the hidden size).

        First the state of its last token, then the mean over all tokens that follow the context.
        """

    def states_and_first_words(
        self, prompts: Sequence[Prompt], layers: int, words: Sequence[str]
    ) -> "tuple[NDArray[np.float32], list[tuple[float, ...]]]":
        """The states, and what `Generator.first_words` gives, read once."""


@runtime_checkable
class Preparing(Protocol):
    """A generator that can take a while once, so as to be quicker ever after."""

    def prepare(self) -> None:
        """Does so; what it generates stays the same."""


NEVER = -30.0
"""The log-probability given for a word that a server does not list."""


def until_stop(pieces: Iterator[str], stop: tuple[str, ...]) -> Iterator[str]:
    """Passes pieces on up to the first stop string, which may be split over pieces."""
    held = ""
    longest = max((len(s) for s in stop), default=0)
    for piece in pieces:
        held += piece
        cut = min((at for at in (held.find(s) for s in stop) if at >= 0), default=-1)
        if cut >= 0:
            if held[:cut]:
                yield held[:cut]
            return
        safe = len(held) - _overlap(held, stop, longest)
        if safe > 0:
            yield held[:safe]
            held = held[safe:]
    if held:
        yield held


def _overlap(text: str, stop: tuple[str, ...], longest: int) -> int:
    """The length of the longest end of the text that begins a stop string."""
    for length in range(min(len(text), longest - 1), 0, -1):
        if any(s.startswith(text[-length:]) for s in stop):
            return length
    return 0
