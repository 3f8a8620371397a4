"""Plain uses of a language model: with the retrieved passages in its prompt, and without any text at all."""

from collections.abc import Sequence

from eval.goldset import Turn
from eval.systems.system import Reply, asked, instructions, plain_answer, reply_of, written
from index.embedding import Embedder
from index.store import Index
from rag.answer import Retrieved
from rag.generator import Generator, Prompt
from rag.retrieval import Retriever
from rag.sources import excerpts
from rag.stopwatch import Stopwatch

_PASSAGES = 6


class PlainPrompt:
    """What most people build first: "use only the passages", and what the model says is the answer."""

    def __init__(self, name: str, index: Index, embedder: Embedder, generator: Generator) -> None:
        """Remembers its parts."""
        self.name = name
        self._index = index
        self._retriever = Retriever(index, embedder)
        self._generator = generator

    def ask(self, question: str, article: str | None, history: Sequence[Turn]) -> Reply:
        """What the model makes of the best passages; it gives no footnotes."""
        clock = Stopwatch()
        sought = asked(question, history)
        retrieved = self._retriever.retrieve(sought, article=article)
        clock.mark("retrieve")
        prompt = Prompt(instructions("plain"), self._passages(retrieved), f"Question: {sought}")
        text = written(self._generator, prompt, clock)
        return reply_of(plain_answer(question, text, self._generator.name, clock, retrieved))

    def _passages(self, retrieved: Sequence[Retrieved]) -> str:
        """The best passages in the order of their articles, those that overlap joined."""
        best = (found.passage for found in retrieved[:_PASSAGES])
        pieces = [
            article.text[article.sentences[first].start : article.sentences[last - 1].end]
            for article, first, last in excerpts(best, self._index.articles)
        ]
        return "Passages:\n\n" + "\n\n".join(pieces) + "\n\n"


class ModelAlone:
    """The same model with no article: what it knows, or makes up, by itself."""

    name = "model_alone"

    def __init__(self, generator: Generator) -> None:
        """Remembers the generator."""
        self._generator = generator

    def ask(self, question: str, article: str | None, history: Sequence[Turn]) -> Reply:
        """What the model says from memory."""
        clock = Stopwatch()
        prompt = Prompt(instructions("alone"), "", f"Question: {asked(question, history)}")
        text = written(self._generator, prompt, clock)
        return reply_of(plain_answer(question, text, self._generator.name, clock))
