"""What the commands share: the options that name a language model, and progress on stderr."""

import argparse
import os
import sys
from dataclasses import dataclass
from typing import TYPE_CHECKING

from eval.configuration import model_record
from eval.systems.choice import Load, Tools
from index.embedding import MiniLM

if TYPE_CHECKING:
    from rag.generator import Generator


@dataclass(frozen=True, slots=True)
class ModelChoice:
    """The language model that a user named, as `rag.runtime.load_generator` takes it."""

    model: str | None = None
    runtime: str = "auto"
    server: str | None = None

    def record(self) -> dict[str, object]:
        """What is kept of it with the figures."""
        return model_record(self.model, self.runtime, self.server)


def tools_of(choice: ModelChoice) -> Tools:
    """The real embedder and generators; nothing is loaded before it is needed.

    Raises:
        BadInputError: There is no such runtime.
    """
    from rag.runtime import as_runtime, load_generator

    chosen = as_runtime(choice.runtime)

    def load(which: Load) -> "Generator":
        if which == "transformers":
            return load_generator(choice.model, "transformers")
        return load_generator(choice.model, chosen, choice.server)

    return Tools(MiniLM(), load)


def add_model_options(parser: argparse.ArgumentParser) -> None:
    """Adds ``--model``, ``--runtime`` and ``--server``, with the defaults that the environment gives."""
    given = os.environ.get
    parser.add_argument("--model", default=given("FOOTNOTE_MODEL"), help="as for footnote ask")
    parser.add_argument("--runtime", default=given("FOOTNOTE_RUNTIME", "auto"), help="likewise")
    parser.add_argument("--server", default=given("FOOTNOTE_SERVER"), help="likewise")


def check_pair(parser: argparse.ArgumentParser, given: argparse.Namespace) -> None:
    """Ends the program unless ``--gold`` and ``--seeds`` are both given, or neither."""
    if bool(given.gold) != bool(given.seeds):
        parser.error("--gold and --seeds go together; name both or neither")


def model_choice(given: argparse.Namespace) -> ModelChoice:
    """What was given for `add_model_options`."""
    return ModelChoice(given.model, given.runtime, given.server)


def positive(text: str) -> int:
    """A number that counts something, as the type of an option."""
    value = int(text)
    if value < 1:
        raise ValueError(text)
    return value


def show_progress(label: str, done: int, total: int) -> None:
    """One line on stderr for each label, written over as it counts up."""
    sys.stderr.write(f"\r{label} {done}/{total} " + ("\n" if done == total else ""))
