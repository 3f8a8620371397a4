"""The walk of one question: clean, retrieve, read, verify, cite, or refuse."""

import threading
import time
from collections.abc import Iterable, Iterator, Sequence
from dataclasses import dataclass, field

from index.embedding import Embedder
from index.errors import BadInputError, FootnoteError
from index.splitting import split
from index.store import Index
from rag.answer import REFUSAL, Answer, Citation, Event, RefusalReason, Retrieved, Stage, Text
from rag.conversation import Turn, stand_alone
from rag.generator import Decoding, Generator
from rag.grounding import unknown_names
from rag.judgement import Decision, shipped_decision
from rag.prompting import Reading, lay_out
from rag.question import clean_question
from rag.refusal import nothing_relevant, says_nothing
from rag.retrieval import Retriever
from rag.sources import SourceSentence
from rag.verification import Verdict, Verifier
from rag.words import words


class CancelledError(FootnoteError):
    """The person who asked has left or pressed stop."""


@dataclass
class _Stopwatch:
    """Seconds since the question arrived, by what happened then."""

    started: float = field(default_factory=time.perf_counter)
    marks: dict[str, float] = field(default_factory=dict)

    def mark(self, name: str) -> None:
        """Notes the first time that something happens."""
        self.marks.setdefault(name, time.perf_counter() - self.started)


class _Footnotes:
    """The citations of one answer, numbered in the order in which they are first used."""

    def __init__(self) -> None:
        self.citations: list[Citation] = []

    def markers(self, sources: Iterable[SourceSentence]) -> str:
        """The markers for these sources, such as ``[1][2]``."""
        return "".join(f"[{self._number(source)}]" for source in sources)

    def _number(self, source: SourceSentence) -> int:
        for citation in self.citations:
            if (citation.article, citation.start, citation.end) == (source.article, source.start, source.end):
                return citation.number
        number = len(self.citations) + 1
        self.citations.append(Citation(number, source.article, source.start, source.end, source.text))
        return number


class _Draft:
    """An answer as far as it is verified, or why there is none yet."""

    def __init__(self, refusal: RefusalReason | None) -> None:
        self.refusal: RefusalReason | None = refusal or "unsupported"
        self.footnotes = _Footnotes()
        self.shown: list[str] = []
        self.confidence = 0.0
        self.signals: dict[str, float] = {}

    def take(self, sentence: str, verdict: Verdict) -> bool:
        """Adds a sentence that passed its checks; the weakest one shown sets the confidence."""
        if verdict.problem is None:
            weaker = not self.shown or verdict.confidence < self.confidence
            marked = f"{sentence} {self.footnotes.markers(verdict.sources)}"
            self.shown.append(f" {marked}" if self.shown else marked)
            self.refusal = None
        else:
            weaker = not self.shown and verdict.confidence >= self.confidence
            self.refusal = verdict.problem if weaker else self.refusal
        if weaker:
            self.confidence, self.signals = verdict.confidence, verdict.signals
        return verdict.problem is None

    def end(self) -> None:
        """The model says that there is no more to say."""
        self.refusal = None if self.shown else "model"

    def answer(
        self, question: str, passages: tuple[Retrieved, ...], model: str, timings: dict[str, float]
    ) -> Answer:
        """What it has come to."""
        return Answer(
            question=question,
            text="".join(self.shown) or REFUSAL,
            refusal=self.refusal,
            citations=tuple(self.footnotes.citations),
            passages=passages,
            model=model,
            timings=timings,
            confidence=self.confidence,
            signals=self.signals,
        )


class Pipeline:
    """Answers questions from one index with one generator."""

    def __init__(
        self,
        index: Index,
        embedder: Embedder,
        generator: Generator,
        retriever: Retriever | None = None,
        decision: Decision | None = None,
    ) -> None:
        """Remembers its parts; the retriever and the decision are the shipped ones when None."""
        self.index = index
        self._generator = generator
        self._retriever = retriever or Retriever(index, embedder)
        self._verifier = Verifier(generator, decision or shipped_decision())
        self._known: dict[str | None, frozenset[str]] = {
            name: frozenset(word.key for word in words(article.text))
            for name, article in index.articles.items()
        }
        self._known[None] = frozenset[str]().union(*self._known.values())

    def ask(self, question: str, article: str | None = None, history: Sequence[Turn] = ()) -> Answer:
        """The answer to a question.

        Args:
            question: As typed.
            article: Only this article is looked at; all of them when None.
            history: Earlier turns, oldest first.

        Raises:
            BadInputError: The question can't be used as given, or there is no such article.
        """
        *_, answer = self.stream(question, article, history)
        assert isinstance(answer, Answer)
        return answer

    def stream(
        self,
        question: str,
        article: str | None = None,
        history: Sequence[Turn] = (),
        cancelled: threading.Event | None = None,
    ) -> Iterator[Event]:
        """Yields stages and verified texts as they come about, then exactly one answer.

        Raises:
            BadInputError: The question can't be used as given, or there is no such article.
            CancelledError: `cancelled` was set meanwhile.
        """
        watch = _Stopwatch()
        cancelled = cancelled or threading.Event()
        cleaned = clean_question(question)
        asked = stand_alone(cleaned, history)
        article = self.article_name(article)

        yield Stage("searching")
        retrieved = self._retriever.retrieve(asked, article=article)
        watch.mark("retrieve")
        refusal = self._refusal_before_reading(asked, article, retrieved)
        draft = _Draft(refusal)
        if refusal is None:
            yield Stage("reading")
            reading = lay_out(asked, retrieved, self.index, article, self._generator.count_tokens)
            meaning = max(found.dense for found in retrieved)
            for sentence in self._sentences(reading, cancelled, watch):
                yield Stage("checking")
                if says_nothing(sentence):
                    draft.end()
                    break
                verdict = self._verifier.check(sentence, asked, reading.sources, meaning)
                if draft.take(sentence, verdict):
                    watch.mark("first_token")
                    yield Text(draft.shown[-1], tuple(draft.footnotes.citations))
        if cancelled.is_set():
            raise CancelledError("The answer was stopped.")
        watch.mark("first_token")
        watch.mark("total")
        yield draft.answer(cleaned, retrieved, self._generator.name, watch.marks)

    def warm(self) -> None:
        """Reads a lone short article before the first question comes, so that it need not wait for that."""
        if len(self.index.articles) != 1:
            return
        prompt = lay_out("", (), self.index, None, self._generator.count_tokens).prompt
        if prompt.keep:
            for _ in self._generator.stream(prompt, Decoding(max_tokens=1)):
                pass

    def article_name(self, name: str | None) -> str | None:
        """The full name of an article that may be named without its suffix.

        Raises:
            BadInputError: There is no such article, or more than one.
        """
        if name is None or name in self.index.articles:
            return name
        matches = [known for known in self.index.articles if known.rpartition(".")[0] == name]
        if len(matches) != 1:
            raise BadInputError(
                f"There is no article {name!r}. Indexed are: {', '.join(sorted(self.index.articles))}."
            )
        return matches[0]

    def _refusal_before_reading(
        self, asked: str, article: str | None, retrieved: Sequence[Retrieved]
    ) -> RefusalReason | None:
        if nothing_relevant(asked, retrieved):
            return "not_retrieved"
        if unknown_names(asked, self._known[article]):
            return "unknown_name"
        return None

    def _sentences(self, reading: Reading, cancelled: threading.Event, watch: _Stopwatch) -> Iterator[str]:
        """The sentences that the model writes, each as soon as it is complete."""
        written = ""
        for piece in self._generator.stream(reading.prompt, Decoding(cancelled=cancelled)):
            watch.mark("read")
            written += piece
            sentences = split(written)[1]
            for sentence in sentences[:-1]:
                yield written[sentence.start : sentence.end]
            if len(sentences) > 1:
                written = written[sentences[-1].start :]
        if written.strip():
            yield written.strip()
