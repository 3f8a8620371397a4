"""Footnote itself: whole, with one half of its retrieval, or without a check or a stage."""

from collections.abc import Sequence

from eval.goldset import Turn
from eval.systems.system import Reply, rag_turns, reply_of
from index.embedding import Embedder
from index.store import Index
from rag.answer import Answer
from rag.generator import Generator
from rag.pipeline import Pipeline
from rag.retrieval import Retriever


class Product:
    """The walk of a question as people meet it."""

    def __init__(
        self,
        name: str,
        index: Index,
        embedder: Embedder,
        generator: Generator,
        dense_weight: float | None = None,
        without: frozenset[str] = frozenset(),
    ) -> None:
        """Builds the pipeline.

        Args:
            name: What reports call it.
            index: What is searched.
            embedder: The one that the index was built with.
            generator: The language model.
            dense_weight: 1 searches by meaning alone, 0 by words alone; the product's own when None.
            without: Names of checks and stages to leave out.
        """
        retriever = None if dense_weight is None else Retriever(index, embedder, dense_weight=dense_weight)
        self.name = name
        self._pipeline = Pipeline(index, embedder, generator, retriever=retriever, without=without)

    def ask(self, question: str, article: str | None, history: Sequence[Turn]) -> Reply:
        """The reply to a question about one article, or about all of them."""
        return reply_of(self.answer(question, article, history))

    def answer(self, question: str, article: str | None, history: Sequence[Turn]) -> Answer:
        """The answer itself, with what was thought of each sentence."""
        return self._pipeline.ask(question, article, rag_turns(history))
