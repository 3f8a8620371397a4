"""One continuation of a prompt by a generator, timed, and the prompts that the product makes."""

import time
from dataclasses import dataclass, replace

from eval.bench.timed_generator import timed
from eval.bench.world import World, ask
from eval.goldset import GoldQuestion
from index.errors import NotReadyError
from rag.generator import Decoding, Generator, Prompt
from rag.pipeline import Pipeline


@dataclass(frozen=True, slots=True)
class Spoken:
    """Seconds to the first words and to the last, and how many tokens were written."""

    first: float
    whole: float
    tokens: int

    @property
    def tokens_a_second(self) -> float:
        """How quickly the tokens after the first came; 0 when there was none."""
        return (self.tokens - 1) / (self.whole - self.first) if self.tokens > 1 else 0.0


def speak(generator: Generator, prompt: Prompt, decoding: Decoding | None = None) -> Spoken:
    """Has the generator continue the prompt."""
    before = time.perf_counter()
    first, text = 0.0, ""
    for piece in generator.stream(prompt, decoding or Decoding()):
        first = first or time.perf_counter() - before
        text += piece
    whole = time.perf_counter() - before
    return Spoken(first or whole, whole, generator.count_tokens(text))


def prompts_of(world: World, size: int, new: bool = False) -> list[tuple[GoldQuestion, Prompt]]:
    """Questions with the prompts that the product makes of them; those refused unread are left out.

    Args:
        world: What the product is made of.
        size: How many questions are tried.
        new: Each is asked of an edition of its own, which the generator is not shown yet.

    Raises:
        NotReadyError: None of them is read for.
    """
    found = []
    for question in world.answerable(size):
        silent = timed(world.tools.generator("chosen"), speaks=False)
        index = world.edition() if new else world.index
        ask(Pipeline(index, world.tools.embedder, silent), question)
        found += [(question, prompt) for prompt in silent.prompts[:1]]
    if not found:
        raise NotReadyError("The product refuses all of these questions unread; ask more of them.")
    return found


def told_to(prompt: Prompt, order: str) -> Prompt:
    """The prompt with an order in place of its question."""
    return replace(prompt, question=order)
