from collections.abc import Iterator, Sequence
from typing import Any

import numpy as np
import pytest
from scripted import ScriptedGenerator

from eval.bench.speaking import speak
from eval.bench.timed_generator import timed
from rag.generator import Decoding, Generator, Prompt, StateReader

PROMPT = Prompt("", "", "Who?")


class Clock:
    """A clock that moves only when it is told to."""

    now = 0.0

    def perf_counter(self) -> float:
        return self.now


class Slow(ScriptedGenerator):
    """Takes three seconds to begin, one for each piece after that, and two for a judgement."""

    def __init__(self, clock: Clock) -> None:
        super().__init__("One two three.")
        self._clock = clock

    def stream(self, prompt: Prompt, decoding: Decoding) -> Iterator[str]:
        self._clock.now += 2
        for piece in super().stream(prompt, decoding):
            self._clock.now += 1
            yield piece

    def first_words(self, prompts: Sequence[Prompt], words: Sequence[str]) -> list[tuple[float, ...]]:
        self._clock.now += 2
        return super().first_words(prompts, words)


class Reader(Slow):
    """Lets its states be read, in five seconds."""

    def states(self, prompts: Sequence[Prompt], layers: int) -> Any:  # noqa: ANN401
        self._clock.now += 5
        return np.zeros((len(prompts), 2), np.float32)

    def states_and_first_words(self, prompts: Sequence[Prompt], layers: int, words: Sequence[str]) -> Any:  # noqa: ANN401
        return self.states(prompts, layers), self.first_words(prompts, words)


@pytest.fixture
def clock(monkeypatch: pytest.MonkeyPatch) -> Clock:
    clock = Clock()
    monkeypatch.setattr("eval.bench.timed_generator.time", clock)
    monkeypatch.setattr("eval.bench.speaking.time", clock)
    return clock


def test_each_stage_has_its_time_and_what_is_done_between_pieces_has_none(clock: Clock) -> None:
    generator = timed(Slow(clock))
    generator.first_words([PROMPT], ["yes"])
    text = ""
    for piece in generator.stream(PROMPT, Decoding()):
        text += piece
        clock.now += 100
    generator.first_words([PROMPT], ["yes"])
    assert text == "One two three."
    assert dict(generator.seconds) == {"evidence": 2, "read": 3, "write": 2, "check": 2}
    generator.restart()
    generator.first_words([PROMPT], ["yes"])
    assert dict(generator.seconds) == {"evidence": 2}


def test_one_that_does_not_speak_only_notes_what_it_was_to_continue(clock: Clock) -> None:
    inner = Reader(clock)
    silent = timed(inner, speaks=False)
    assert isinstance(silent, StateReader)
    assert list(silent.stream(PROMPT, Decoding())) == []
    assert (silent.prompts, inner.prompts, clock.now) == ([PROMPT], [], 0)


def test_states_stay_readable_only_where_they_were(clock: Clock) -> None:
    assert not isinstance(timed(Slow(clock)), StateReader)
    reader = timed(Reader(clock))
    assert isinstance(reader, StateReader)
    assert reader.states([PROMPT], 3).shape == (1, 2)
    assert dict(reader.seconds) == {"evidence": 5}


def test_what_a_generator_says_is_timed_to_the_first_words_and_the_last(clock: Clock) -> None:
    generator: Generator = Slow(clock)
    spoken = speak(generator, PROMPT)
    assert (spoken.first, spoken.whole, spoken.tokens, spoken.tokens_a_second) == (3, 5, 3, 1)
    silent = Slow(clock)
    silent.replies = {"": ""}
    spoken = speak(silent, PROMPT)
    assert (spoken.first, spoken.whole, spoken.tokens, spoken.tokens_a_second) == (2, 2, 0, 0)
