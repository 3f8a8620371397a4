"""The walk of one question: clean, retrieve, read, verify, cite, or refuse."""

import threading
from collections.abc import Iterator, Sequence
from dataclasses import replace

from index.embedding import Embedder
from index.errors import BadInputError, FootnoteError
from index.splitting import split
from index.store import Index
from rag.answer import Answer, Citation, Event, RefusalReason, Retrieved, Stage, Text
from rag.conversation import Turn, stand_alone
from rag.draft import Draft
from rag.generator import Decoding, Generator, Preparing, Prompt
from rag.grounding import unknown_names
from rag.judgement import Decision, shipped_decision
from rag.prompting import lay_out
from rag.question import clean_question
from rag.refusal import MIN_MEANING, nothing_relevant, says_nothing
from rag.remembered import RememberedAnswers
from rag.retrieval import Retriever
from rag.small_talk import small_talk
from rag.sources import sources_in
from rag.stopwatch import Stopwatch
from rag.verification import Material, Verifier
from rag.words import words


class CancelledError(FootnoteError):
    """The person who asked has left or pressed stop."""


class Pipeline:
    """Answers questions from one index with one generator."""

    def __init__(
        self,
        index: Index,
        embedder: Embedder,
        generator: Generator,
        retriever: Retriever | None = None,
        decision: Decision | None = None,
        without: frozenset[str] = frozenset(),
    ) -> None:
        """Remembers its parts.

        Args:
            index: What is searched.
            embedder: The one that the index was built with.
            generator: The language model.
            retriever: The shipped one when None.
            decision: Likewise.
            without: Names of checks and stages to leave out, to see what they give.
        """
        self.index = index
        self.embedder = embedder
        self.generator = generator
        self._decision = decision or shipped_decision()
        self._without = without
        self._retriever = retriever or Retriever(index, embedder)
        self._remembered = RememberedAnswers()
        self._verifier = Verifier(generator, self._decision, without)
        self._known: dict[str | None, frozenset[str]] = {
            name: frozenset(word.key for word in words(article.text))
            for name, article in index.articles.items()
        }
        self._known[None] = frozenset[str]().union(*self._known.values())

    def over(self, index: Index, generator: Generator | None = None) -> "Pipeline":
        """The same pipeline over another index, or with another generator; it remembers nothing of this one.

        Args:
            index: What is searched, built with the same embedder.
            generator: The same when None.
        """
        return Pipeline(
            index,
            self.embedder,
            generator or self.generator,
            decision=self._decision,
            without=self._without,
        )

    @property
    def model(self) -> str:
        """The language model's name."""
        return self.generator.name

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
        watch = Stopwatch()
        cancelled = cancelled or threading.Event()
        cleaned = clean_question(question)
        article = self.article_name(article)
        reply = small_talk(cleaned, history)
        if reply is not None:
            yield from self._small_talk(cleaned, reply, watch)
            return
        asked = stand_alone(cleaned, history)
        known = self._remembered.find(asked, article)
        if known is not None:
            yield from self._repeated(known, cleaned, watch)
            return

        yield Stage("searching")
        retrieved = self._retriever.retrieve(asked, article=article)
        watch.mark("retrieve")
        draft = Draft(self._refusal_before_reading(asked, article, retrieved))
        if draft.refusal_is_final:
            near = retrieved and retrieved[0].dense >= MIN_MEANING
            draft.nearby = self._best(retrieved) if near else None
        else:
            yield Stage("reading", self._best(retrieved))
            reading = lay_out(retrieved, self.index, article, self.generator.count_tokens)
            meaning = max(found.dense for found in retrieved)
            material = self._verifier.weigh(asked, reading.sources, meaning)
            prompt = reading.prompt(asked, self._verifier.focus(material))
            yield from self._answered(draft, asked, prompt, material, cancelled, watch)
        if cancelled.is_set():
            raise CancelledError("The answer was stopped.")
        watch.mark("first_token")
        watch.mark("total")
        answer = draft.answer(cleaned, asked, retrieved, self.generator.name, watch.marks)
        self._remembered.keep(asked, article, answer)
        yield answer

    def _repeated(self, known: Answer, question: str, watch: Stopwatch) -> Iterator[Event]:
        watch.mark("retrieve")
        watch.mark("first_token")
        watch.mark("total")
        if not known.refused:
            yield Text(known.text, known.citations)
        yield replace(known, question=question, timings=watch.marks)

    def _answered(
        self,
        draft: Draft,
        asked: str,
        prompt: Prompt,
        material: Material,
        cancelled: threading.Event,
        watch: Stopwatch,
    ) -> Iterator[Event]:
        """Fills the draft with what the model writes, or else with a sentence of the article."""
        for sentence in self._sentences(prompt, cancelled, watch):
            yield Stage("checking")
            if says_nothing(sentence):
                draft.end()
                break
            if draft.take(*self._verifier.check(sentence, asked, material)):
                watch.mark("first_token")
                yield Text(draft.shown[-1], draft.citations)
        if draft.shown or cancelled.is_set():
            return
        quote = self._verifier.quote(asked, material)
        if quote is not None and draft.take(*quote):
            watch.mark("first_token")
            yield Text(draft.shown[-1], draft.citations)
        elif material.judged:
            draft.nearby = material.judged[0].cite(1)

    def _small_talk(self, question: str, reply: str, watch: Stopwatch) -> Iterator[Event]:
        watch.mark("first_token")
        watch.mark("total")
        yield Text(reply, ())
        yield Answer(question, reply, None, (), (), self.generator.name, watch.marks, kind="small_talk")

    def _best(self, retrieved: Sequence[Retrieved]) -> Citation:
        """The sentence that was found to be the nearest to the question."""
        passage = retrieved[0].passage
        article = self.index.articles[passage.article]
        return sources_in([(article, passage.first, passage.last)], ())[0].cite(1)

    def warm(self) -> None:
        """Does what the first question would wait for: prepares the model, and reads a lone short article."""
        if isinstance(self.generator, Preparing):
            self.generator.prepare()
        if len(self.index.articles) != 1:
            return
        prompt = lay_out((), self.index, None, self.generator.count_tokens).prompt("")
        if prompt.keep:
            for _ in self.generator.stream(prompt, Decoding(max_tokens=1)):
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

    def _sentences(self, prompt: Prompt, cancelled: threading.Event, watch: Stopwatch) -> Iterator[str]:
        """The sentences that the model writes, each as soon as it is complete."""
        written = ""
        for piece in self.generator.stream(prompt, Decoding(cancelled=cancelled)):
            watch.mark("read")
            written += piece
            sentences = split(written)[1]
            for sentence in sentences[:-1]:
                yield written[sentence.start : sentence.end]
            if len(sentences) > 1:
                written = written[sentences[-1].start :]
        if written.strip():
            yield written.strip()
