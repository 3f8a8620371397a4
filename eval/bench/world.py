"""What every benchmark is given: the product's parts, the gold questions, and texts that were never read."""

import secrets
import sys
import tempfile
from collections.abc import Sequence
from dataclasses import dataclass, field
from functools import cached_property
from itertools import count
from pathlib import Path

from eval.bench.corpus import RandomVectors, write_corpus
from eval.command_line import ModelChoice
from eval.goldset import GoldQuestion, shipped_gold
from eval.indexes import index_of_text, temporary_index
from eval.selection import sample
from eval.stress import as_they_are
from eval.systems.choice import Tools
from eval.systems.system import rag_turns
from index.article import Article
from index.errors import NotReadyError
from index.home import shipped_seeds
from index.store import Index
from rag.answer import Answer
from rag.catalogue import catalogue
from rag.model_store import stored
from rag.pipeline import Pipeline


def footnote() -> tuple[str, ...]:
    """The command that people type, as it is installed beside this Python."""
    return (str(Path(sys.executable).with_name("footnote")),)


@dataclass(frozen=True, slots=True)
class Options:
    """What is measured, and on what."""

    out: Path
    only: tuple[str, ...] = ()
    repeats: int = 3
    questions: int = 40
    choice: ModelChoice = field(default_factory=ModelChoice)
    gold: Path = field(default_factory=shipped_gold)
    seeds: Path = field(default_factory=shipped_seeds)
    command: tuple[str, ...] = field(default_factory=footnote)


class World:
    """One run's index, questions and generators, each made when it is first needed."""

    def __init__(self, options: Options, tools: Tools) -> None:
        """Reads the questions, and indexes their article if need be.

        Raises:
            BadInputError: The gold file or the articles can't be used.
        """
        self.options = options
        self.tools = tools
        plain = as_they_are(options.gold, options.seeds, tools.embedder, limit=options.questions)
        self.index = plain.index
        self.questions = plain.questions
        self._corpora: dict[tuple[int, bool], Index] = {}
        self._run = secrets.token_hex(2)
        self._editions = count(1)

    @cached_property
    def article(self) -> Article:
        """The article that the questions are about."""
        name = self.questions[0].article
        return self.index.articles[name] if name else next(iter(self.index.articles.values()))

    def answerable(self, size: int) -> tuple[GoldQuestion, ...]:
        """A fixed sample of the questions that the article answers, which have to be read for.

        Raises:
            NotReadyError: There are none.
        """
        found = [one for one in self.questions if one.answerable]
        if not found:
            raise NotReadyError("None of these questions has an answer in the article; ask more of them.")
        return sample(found, size)

    def pipeline(self, index: Index | None = None) -> Pipeline:
        """A new walk over the article, or over another index."""
        return Pipeline(index or self.index, self.tools.embedder, self.tools.generator("chosen"))

    def edition(self, text: str | None = None) -> Index:
        """The article, or another text under its name, with a first line that no model has read before."""
        line = f"Edition {self._run}-{next(self._editions)}."
        text = self.article.text if text is None else text
        return index_of_text(self.article.name, f"{line}\n\n{text}", self.tools.embedder)

    def corpus(self, passages: int, with_article: bool = False) -> Index:
        """So many made-up passages, with the article among them or without."""
        key = (passages, with_article)
        if key not in self._corpora:
            own = [self.options.seeds / self.article.name] if with_article else []
            with tempfile.TemporaryDirectory(prefix="footnote-bench-") as folder:
                write_corpus(Path(folder), self.article.text, passages)
                vectors = RandomVectors(self.tools.embedder)
                self._corpora[key] = temporary_index([Path(folder), *own], vectors)
        return self._corpora[key]

    def model_arguments(self) -> list[str]:
        """The chosen model as options of ``footnote ask`` and ``footnote serve``."""
        choice = self.options.choice
        given = {"--model": choice.model, "--runtime": choice.runtime, "--server": choice.server}
        return [word for option, value in given.items() if value for word in (option, value)]

    def gguf(self) -> Path:
        """The file that the chosen model was made from.

        Raises:
            NotReadyError: The model has none, or it is not here.
        """
        name = self.options.choice.model or catalogue().default
        known = name in catalogue().models
        path = stored(name).source if known else Path(name)
        if self.options.choice.server or path.suffix != ".gguf" or not path.is_file():
            raise NotReadyError(f"There is no GGUF file of the model {name!r}; run `footnote models fetch`.")
        return path


def ask(pipeline: Pipeline, question: GoldQuestion, names_article: bool = True) -> Answer:
    """The answer to a gold question, of its article alone or of everything."""
    article = question.article if names_article else None
    return pipeline.ask(question.question, article, rag_turns(question.history))


def timings(pipeline: Pipeline, questions: Sequence[GoldQuestion], key: str) -> list[float]:
    """One of the timings of each answer in turn."""
    return [ask(pipeline, question).timings[key] for question in questions]
