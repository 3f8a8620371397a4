"""A generator that notes what it is asked, and how long each kind of work took."""

import time
from collections import defaultdict
from collections.abc import Iterator, Sequence
from contextlib import contextmanager
from typing import TYPE_CHECKING

from rag.generator import Decoding, Generator, Prompt, StateReader

if TYPE_CHECKING:
    import numpy as np
    from numpy.typing import NDArray


class TimedGenerator:
    """Passes everything on to another generator.

    `seconds` holds what each stage took so far, `prompts` what it was to continue.
    """

    def __init__(self, generator: Generator, speaks: bool = True) -> None:
        """Remembers the generator; one that does not speak continues nothing, and is not shown the prompt."""
        self.name = generator.name
        self.prompts: list[Prompt] = []
        self.seconds: defaultdict[str, float] = defaultdict(float)
        self._generator = generator
        self._speaks = speaks
        self._wrote = False

    def restart(self) -> None:
        """Forgets the times: another question comes."""
        self.seconds.clear()
        self._wrote = False

    def count_tokens(self, text: str) -> int:
        """How many tokens the text takes."""
        with self._noted("lay out"):
            return self._generator.count_tokens(text)

    def first_words(self, prompts: Sequence[Prompt], words: Sequence[str]) -> list[tuple[float, ...]]:
        """The judgement of a text, or, before there is one, the evidence of sentences."""
        with self._noted("check" if self._wrote else "evidence"):
            return self._generator.first_words(prompts, words)

    def stream(self, prompt: Prompt, decoding: Decoding) -> Iterator[str]:
        """The continuation; what is done with its pieces meanwhile does not count."""
        self.prompts.append(prompt)
        if not self._speaks:
            return
        stage, self._wrote = "read", True
        pieces = iter(self._generator.stream(prompt, decoding))
        while True:
            with self._noted(stage):
                piece = next(pieces, None)
            if piece is None:
                return
            stage = "write"
            yield piece

    @contextmanager
    def _noted(self, stage: str) -> Iterator[None]:
        before = time.perf_counter()
        try:
            yield
        finally:
            self.seconds[stage] += time.perf_counter() - before


class TimedStateReader(TimedGenerator):
    """The same for a generator whose states can be read."""

    def __init__(self, generator: Generator, reader: StateReader, speaks: bool = True) -> None:
        """Remembers the generator under both its names."""
        super().__init__(generator, speaks)
        self._reader = reader

    def states(self, prompts: Sequence[Prompt], layers: int) -> "NDArray[np.float32]":
        """The evidence of sentences."""
        with self._noted("evidence"):
            return self._reader.states(prompts, layers)

    def states_and_first_words(
        self, prompts: Sequence[Prompt], layers: int, words: Sequence[str]
    ) -> "tuple[NDArray[np.float32], list[tuple[float, ...]]]":
        """The judgement of an answer."""
        with self._noted("check"):
            return self._reader.states_and_first_words(prompts, layers, words)


def timed(generator: Generator, speaks: bool = True) -> TimedGenerator:
    """The generator with a clock; its states stay readable if they were."""
    if isinstance(generator, StateReader):
        return TimedStateReader(generator, generator, speaks)
    return TimedGenerator(generator, speaks)
