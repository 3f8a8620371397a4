"""A process that answers every question, four at a time, and tells what memory it holds then.

python -m eval.bench.answering FOLDER-OF-ARTICLES GOLD-FILE NUMBER-OF-QUESTIONS [--model NAME …]
"""

import argparse
import os
import sys
from collections.abc import Sequence
from concurrent.futures import ThreadPoolExecutor
from pathlib import Path

from eval.bench.process import resident
from eval.bench.world import Options, World, ask
from eval.command_line import add_model_options, model_choice, positive, tools_of
from index.errors import FootnoteError

_AT_ONCE = 4


def after_answers(world: World) -> float:
    """The memory that this process holds after it answered every question."""
    pipeline = world.pipeline()
    pipeline.warm()
    with ThreadPoolExecutor(_AT_ONCE) as pool:
        for _ in pool.map(lambda question: ask(pipeline, question), world.questions):
            pass
    return resident(os.getpid())


def main(arguments: Sequence[str] | None = None) -> int:
    """Answers, and prints the memory in GB."""
    parser = argparse.ArgumentParser(prog="python -m eval.bench.answering")
    parser.add_argument("seeds", type=Path)
    parser.add_argument("gold", type=Path)
    parser.add_argument("questions", type=positive)
    add_model_options(parser)
    given = parser.parse_args(arguments)
    choice = model_choice(given)
    options = Options(Path(), questions=given.questions, choice=choice, gold=given.gold, seeds=given.seeds)
    try:
        sys.stdout.write(f"{after_answers(World(options, tools_of(choice)))}\n")
    except FootnoteError as error:
        sys.stderr.write(f"{error}\n")
        return error.exit_code
    return 0


if __name__ == "__main__":
    sys.exit(main())
