"""The walk of a question from what was typed to the answer with its footnotes."""

import threading
from collections.abc import Iterator, Sequence
from dataclasses import replace
from itertools import zip_longest

from index.article import Passage
from index.embedding import Embedder
from index.errors import BadInputError, FootnoteError
from index.store import Index
from rag.answer import Answer, Event, Retrieved, Text
from rag.compound import parts_of
from rag.conversation import Turn, stand_alone
from rag.draft import Draft, answer_of, rest_of
from rag.generator import Decoding, Generator, Preparing
from rag.judgement import Decision, shipped_decision
from rag.overview import Overviews
from rag.prompting import lay_out
from rag.proofreading import Proofreader
from rag.question import clean_question
from rag.reader import Reader
from rag.remembered import RememberedAnswers
from rag.retrieval import Retriever
from rag.small_talk import small_talk
from rag.stopwatch import Stopwatch
from rag.verification import Verifier
from rag.words import known_words


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
        self._remembered = RememberedAnswers()
        known = known_words({name: article.text for name, article in index.articles.items()})
        self._proofreader = Proofreader(index.articles, known)
        verifier = Verifier(generator, self._decision, without)
        overviews = Overviews(index, embedder)
        retriever = retriever or Retriever(index, embedder)
        self._reader = Reader(index, overviews, retriever, verifier, generator, known)

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
        asked = self._proofreader.read(stand_alone(cleaned, history), article)
        known = self._remembered.find(asked, article)
        if known is not None:
            yield from self._repeated(known, cleaned, watch)
            return

        drafts: list[Draft] = []
        found: list[Sequence[Retrieved]] = []
        turns: list[Turn] = []
        for part in parts_of(asked):
            meant = stand_alone(part, turns, goes_on=True)
            draft, retrieved = yield from self._reader.read(
                meant, article, drafts[-1] if drafts else None, cancelled, watch
            )
            drafts.append(draft)
            found.append(retrieved)
            turns += [Turn("user", meant), Turn("assistant", "".join(draft.shown))]
            if cancelled.is_set():
                raise CancelledError("The answer was stopped.")
        rest = rest_of(drafts)
        if rest is not None:
            yield rest
        watch.mark("first_token")
        watch.mark("total")
        passages = _in_turn(found)
        answer = answer_of(drafts, cleaned, asked, passages, self.generator.name, watch.marks)
        self._remembered.keep(asked, article, answer)
        yield answer

    def _repeated(self, known: Answer, question: str, watch: Stopwatch) -> Iterator[Event]:
        watch.mark("retrieve")
        watch.mark("first_token")
        watch.mark("total")
        if not known.refused:
            yield Text(known.text, known.citations)
        yield replace(known, question=question, timings=watch.marks)

    def _small_talk(self, question: str, reply: str, watch: Stopwatch) -> Iterator[Event]:
        watch.mark("first_token")
        watch.mark("total")
        yield Text(reply, ())
        yield Answer(question, reply, None, (), (), self.generator.name, watch.marks, kind="small_talk")

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


def _in_turn(found: Sequence[Sequence[Retrieved]]) -> tuple[Retrieved, ...]:
    """The best of each part of the question, then the second best, and so on, each passage once."""
    kept: dict[Passage, Retrieved] = {}
    for row in zip_longest(*found):
        for one in row:
            if one is not None:
                kept.setdefault(one.passage, one)
    return tuple(kept.values())
