"""Footnote against `transformers.generate` in fp32: the same weights, the same prompts, turn by turn."""

from collections.abc import Iterator

from eval.bench.measure import Goal, Measure, Readings, middle
from eval.bench.speaking import Spoken, prompts_of, speak
from eval.bench.world import World, ask

_QUESTIONS = 6
_GOAL = Goal(6.0, "at_least")

FIRST = Measure("plain.first", "transformers.generate: first words")
WHOLE = Measure("plain.whole", "transformers.generate: whole text")
WRITING = Measure("plain.writing", "transformers.generate: writing", "tokens/s")
OWN = Measure("plain.own", "Footnote's generator: whole text, article known")
TEXT = Measure("plain.text", "times as quick, same prompt, article known", "times", _GOAL)
NEW = Measure("plain.new", "times as quick, same prompt, new article", "times")
ANSWER = Measure("plain.answer", "times as quick, the whole checked answer against its text", "times", _GOAL)


def rounds(world: World) -> Iterator[Readings]:
    """Each question by both generators, and by the whole product."""
    own, plain = world.tools.generator("chosen"), world.tools.generator("transformers")
    prompts = prompts_of(world, _QUESTIONS)
    world.pipeline().warm()
    while True:
        pipeline = world.pipeline()  # a new one remembers no answers
        known: list[Spoken] = []
        slow: list[Spoken] = []
        answers: list[float] = []
        for question, prompt in prompts:
            known.append(speak(own, prompt))
            slow.append(speak(plain, prompt))
            answers.append(ask(pipeline, question).timings["total"])
        new = [speak(own, prompt) for _, prompt in prompts_of(world, _QUESTIONS, new=True)]
        whole = middle([one.whole for one in slow])
        yield {
            FIRST: middle([one.first for one in slow]),
            WHOLE: whole,
            WRITING: middle([one.tokens_a_second for one in slow]),
            OWN: middle([one.whole for one in known]),
            TEXT: whole / middle([one.whole for one in known]),
            NEW: whole / middle([one.whole for one in new]),
            ANSWER: whole / middle(answers),
        }
