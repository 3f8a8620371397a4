"""The way of one question through the articles: find, read, verify, cite, or refuse."""

import threading
from collections.abc import Generator as Steps
from collections.abc import Iterable, Iterator, Mapping, Sequence
from itertools import chain, islice

from index.splitting import split
from index.store import Index
from rag.answer import Citation, Event, RefusalReason, Retrieved, Stage, Text, Verdict
from rag.draft import Draft
from rag.generator import Decoding, Generator, Prompt
from rag.grounding import unknown_names
from rag.initials import initials
from rag.overview import Overviews
from rag.prompting import lay_out
from rag.refusal import MIN_MEANING, nothing_relevant, says_nothing
from rag.retrieval import Retriever
from rag.sources import SourceSentence, sources_in
from rag.stopwatch import Stopwatch
from rag.verification import Material, Verifier


class Reader:
    """Reads what was found for a question that asks for one thing, and drafts its answer."""

    def __init__(
        self,
        index: Index,
        overviews: Overviews,
        retriever: Retriever,
        verifier: Verifier,
        generator: Generator,
        known: Mapping[str | None, frozenset[str]],
    ) -> None:
        """Remembers its parts; `known` is what `rag.words.known_words` gives of the articles."""
        self._index = index
        self._overviews = overviews
        self._retriever = retriever
        self._verifier = verifier
        self._generator = generator
        self._known = known
        self._initials: dict[str, str] = {}

    def read(
        self,
        asked: str,
        article: str | None,
        before: Draft | None,
        cancelled: threading.Event,
        watch: Stopwatch,
    ) -> Steps[Event, None, tuple[Draft, tuple[Retrieved, ...]]]:
        """Yields stages and verified texts as they come about; returns the draft and what was found.

        Args:
            asked: A question that stands alone.
            article: Only this article is looked at; all of them when None.
            before: The draft of the part of the question before this one.
            cancelled: Ends it early.
            watch: Notes when things happen.
        """
        overview = self._overviews.draft(asked, article, before)
        if overview is not None:
            watch.mark("retrieve")
            watch.mark("first_token")
            yield Text("".join(overview.shown), overview.citations)
            return overview, ()
        yield Stage("searching")
        retrieved = self._retriever.retrieve(asked, article=article)
        watch.mark("retrieve")
        draft = Draft(self._refusal_before_reading(asked, article, retrieved), before)
        if draft.refusal_is_final:
            near = retrieved and retrieved[0].dense >= MIN_MEANING
            draft.nearby = self._best(retrieved) if near else None
        else:
            yield Stage("reading", self._best(retrieved))
            reading = lay_out(retrieved, self._index, article, self._generator.count_tokens)
            material = self._verifier.weigh(asked, reading.sources, self._known[article])
            whole = self._verifier.whole_list(asked, material, self._index.articles)
            if whole is not None and draft.take(*whole):
                yield _last_of(draft, watch)
            else:
                prompt = reading.prompt(asked, self._verifier.focus(material))
                yield from self._answered(draft, asked, prompt, material, cancelled, watch)
        return draft, retrieved

    def _answered(
        self,
        draft: Draft,
        asked: str,
        prompt: Prompt,
        material: Material,
        cancelled: threading.Event,
        watch: Stopwatch,
    ) -> Iterator[Event]:
        """Fills the draft with what the model writes, or else with a sentence of the article.

        Where there is none to quote either, what was written gets a second look.
        """
        held: list[tuple[Verdict, tuple[SourceSentence, ...]]] = []
        for sentence in self._written(draft, prompt, material, cancelled, watch):
            yield Stage("checking")
            if says_nothing(sentence, (source.told for source in material.sources)):
                draft.end()
                break
            checked = self._verifier.check(sentence, asked, material)
            if draft.take(*checked):
                yield _last_of(draft, watch)
            else:
                held.append(checked)
        if draft.shown or cancelled.is_set():
            return
        quote = self._verifier.quote(asked, material, draft.verdicts)
        if quote is not None and draft.take(*quote):
            yield _last_of(draft, watch)
            return
        for verdict, sources in held:
            if self._verifier.allows_unquoted(verdict):
                draft.relent(verdict, sources)
                yield _last_of(draft, watch)
        if material.judged and not draft.shown:
            draft.nearby = material.judged[0].cite(1)

    def _written(
        self, draft: Draft, prompt: Prompt, material: Material, cancelled: threading.Event, watch: Stopwatch
    ) -> Iterator[str]:
        """The sentences that the model writes, where that is worth while."""
        pieces = self._generator.stream(prompt, Decoding(cancelled=cancelled, noted=material.noted))
        begun = list(islice(pieces, 1))
        watch.mark("read")
        if self._verifier.expects_nothing(material):
            draft.doubt()
        else:
            yield from _sentences(chain(begun, pieces))

    def _best(self, retrieved: Sequence[Retrieved]) -> Citation:
        """The sentence that was found to be the nearest to the question."""
        passage = retrieved[0].passage
        article = self._index.articles[passage.article]
        return sources_in([(article, passage.first, passage.last)], ())[0].cite(1)

    def _refusal_before_reading(
        self, asked: str, article: str | None, retrieved: Sequence[Retrieved]
    ) -> RefusalReason | None:
        if nothing_relevant(asked, retrieved):
            return "not_retrieved"
        known = self._known[article]
        if unknown_names(asked, known) and unknown_names(asked, known, self._initials_in(article)):
            return "unknown_name"
        return None

    def _initials_in(self, article: str | None) -> str:
        """The initials of an article, or of all; an article is looked through once one is asked for."""
        names = self._index.articles if article is None else (article,)
        for name in names:
            if name not in self._initials:
                self._initials[name] = initials(self._index.articles[name].text)
        return " ".join(self._initials[name] for name in names)


def _last_of(draft: Draft, watch: Stopwatch) -> Text:
    """The sentence that was just added to a draft, as it is shown."""
    watch.mark("first_token")
    return Text(draft.shown[-1], draft.citations)


def _sentences(pieces: Iterable[str]) -> Iterator[str]:
    """The sentences that the model writes, each as soon as it is complete."""
    written = ""
    for piece in pieces:
        written += piece
        sentences = split(written)[1]
        for sentence in sentences[:-1]:
            yield written[sentence.start : sentence.end]
        if len(sentences) > 1:
            written = written[sentences[-1].start :]
    if written.strip():
        yield written.strip()
