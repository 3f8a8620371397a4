"""How many tokens a second the generator reads and writes, whatever it is asked."""

from collections.abc import Iterator

from eval.bench.measure import Measure, Readings, middle
from eval.bench.speaking import Spoken, prompts_of, speak, told_to
from eval.bench.world import World
from rag.generator import Decoding, Generator, Prompt

_TOKENS = 64
_QUESTIONS = 3
_RETELL = "Tell what happens here, in your own words and at length."
_REPEAT = "Repeat the text above word for word."

PROMPT = Measure("speed.prompt", "tokens of the article and a question", "")
READING = Measure("speed.reading", "reading a new article", "tokens/s")
WRITING = Measure("speed.writing", "writing in its own words", "tokens/s")
REPEATING = Measure("speed.repeating", "writing the article's words", "tokens/s")


def rounds(world: World) -> Iterator[Readings]:
    """Reads new articles, and writes about each at length."""
    generator = world.tools.generator("chosen")
    while True:
        prompts = [prompt for _, prompt in prompts_of(world, _QUESTIONS, new=True)]
        tokens = [generator.count_tokens(prompt.context + prompt.question) for prompt in prompts]
        read = [speak(generator, prompt) for prompt in prompts]
        told = [_at_length(generator, told_to(prompt, _RETELL)) for prompt in prompts]
        repeated = [_at_length(generator, told_to(prompt, _REPEAT)) for prompt in prompts]
        yield {
            PROMPT: middle(tokens),
            READING: middle([count / one.first for count, one in zip(tokens, read, strict=True)]),
            WRITING: middle([one.tokens_a_second for one in told]),
            REPEATING: middle([one.tokens_a_second for one in repeated]),
        }


def _at_length(generator: Generator, prompt: Prompt) -> Spoken:
    return speak(generator, prompt, Decoding(max_tokens=_TOKENS, stop=()))
