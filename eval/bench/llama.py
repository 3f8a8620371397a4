"""Footnote against llama.cpp with the same GGUF file, turn by turn.

`llama-bench` says how quickly it reads and writes; what it would take for the very prompts and texts of the
questions follows from that, without the time for its templates, samplers and checks, which favours it.
"""

import json
import os
from collections.abc import Iterator
from pathlib import Path

from eval.bench.measure import Goal, Measure, Readings, middle
from eval.bench.process import output_of
from eval.bench.speaking import Spoken, prompts_of, speak
from eval.bench.world import World
from index.errors import NotReadyError
from rag.runtime import default_threads

_QUESTIONS = 4
_PROGRAM = "llama-bench"
_GOAL = Goal(1.0, "at_least")

READING = Measure("llama.reading", "llama.cpp: reading the article", "tokens/s")
WRITING = Measure("llama.writing", "llama.cpp: writing", "tokens/s")
NEW = Measure("llama.new", "times as quick as llama.cpp, text about a new article", "times", _GOAL)
KNOWN = Measure("llama.known", "times as quick as llama.cpp, text about a known article", "times", _GOAL)


def rounds(world: World) -> Iterator[Readings]:
    """Each question by Footnote's generator, of a new and of the known article; then llama.cpp.

    Raises:
        NotReadyError: llama.cpp or the GGUF file is not here.
    """
    program, model = _program(), world.gguf()
    generator = world.tools.generator("chosen")
    while True:
        prompts = [prompt for _, prompt in prompts_of(world, _QUESTIONS, new=True)]
        new = [speak(generator, prompt) for prompt in prompts]
        known = [speak(generator, prompt) for prompt in prompts]
        questions_read = [generator.count_tokens(prompt.question) for prompt in prompts]
        context = round(middle([generator.count_tokens(prompt.context) for prompt in prompts]))
        asked, written = round(middle(questions_read)), round(middle([one.tokens for one in new]))
        reading, resuming, writing = _rates(program, model, context + asked, asked, max(written, 1))
        yield {
            READING: reading,
            WRITING: writing,
            NEW: ((context + asked) / reading + written / writing) / _whole(new),
            KNOWN: (asked / resuming + written / writing) / _whole(known),
        }


def _whole(spoken: list[Spoken]) -> float:
    return middle([one.whole for one in spoken])


def _rates(program: Path, model: Path, prompt: int, asked: int, written: int) -> tuple[float, float, float]:
    """Tokens a second when it reads a whole prompt, or a question alone, and when it writes."""
    sizes = ["-p", f"{prompt},{asked}", "-n", str(written), "-t", str(default_threads())]
    printed = output_of([str(program), "-m", str(model), *sizes, "-r", "1", "-o", "json"])
    try:
        found = {(one["n_prompt"], one["n_gen"]): float(one["avg_ts"]) for one in json.loads(printed)}
        return found[prompt, 0], found[asked, 0], found[0, written]
    except (ValueError, KeyError, TypeError) as error:
        raise NotReadyError(f"{str(program)!r} printed what can't be read ({error!r}).") from None


def _program() -> Path:
    """The benchmark program of a llama.cpp that was built here.

    Raises:
        NotReadyError: LLAMA_CPP names no folder with it.
    """
    named = os.environ.get("LLAMA_CPP")
    if not named:
        raise NotReadyError(f"Build llama.cpp, and set LLAMA_CPP to the folder with its {_PROGRAM}.")
    for place in (Path(named), Path(named) / "bin", Path(named) / "build" / "bin"):
        if (place / _PROGRAM).is_file():
            return place / _PROGRAM
    raise NotReadyError(f"LLAMA_CPP is {named!r}, where there is no {_PROGRAM}; name the folder with it.")
