"""The floor to beat: the sentence that retrieval thinks best, quoted as it stands; no language model."""

from collections.abc import Sequence

from eval.goldset import Turn
from eval.systems.system import Reply, asked, plain_answer, reply_of
from index.article import Passage
from index.embedding import Embedder
from index.store import Index
from rag.answer import Citation
from rag.retrieval import Retriever
from rag.sources import SourceSentence, sources_in
from rag.stopwatch import Stopwatch


class BestSentence:
    """Quotes one sentence, whatever was asked; it never refuses."""

    name = "best_sentence"

    def __init__(self, index: Index, embedder: Embedder) -> None:
        """Remembers its parts."""
        self._index = index
        self._embedder = embedder
        self._retriever = Retriever(index, embedder)

    def ask(self, question: str, article: str | None, history: Sequence[Turn]) -> Reply:
        """The best sentence of the best passage."""
        clock = Stopwatch()
        sought = asked(question, history)
        retrieved = self._retriever.retrieve(sought, article=article)
        best = self._best(sought, retrieved[0].passage)
        clock.mark("retrieve")
        clock.mark("first_token")
        citation = Citation(1, best.article, best.start, best.end, best.text)
        answer = plain_answer(
            question, f"{best.text} [1]", "no language model", clock, retrieved, (citation,)
        )
        return reply_of(answer)

    def _best(self, sought: str, passage: Passage) -> SourceSentence:
        """The sentence of the passage that is nearest in meaning to what is sought."""
        article = self._index.articles[passage.article]
        sentences = sources_in([(article, passage.first, passage.last)], ())
        if len(sentences) == 1:
            return sentences[0]
        vectors = self._embedder.encode([sought, *(sentence.text for sentence in sentences)])
        return sentences[int((vectors[1:] @ vectors[0]).argmax())]
