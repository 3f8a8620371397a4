"""An answer as far as it is verified: its sentences, their footnotes, and what was thought of each."""

from collections.abc import Iterable

from rag.answer import REFUSAL, Answer, Citation, Kind, RefusalReason, Retrieved, Verdict
from rag.sources import SourceSentence


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
        self.citations.append(source.cite(len(self.citations) + 1))
        return len(self.citations)


class Draft:
    """An answer as far as it is verified, or why there is none yet."""

    def __init__(self, refusal: RefusalReason | None) -> None:
        """Begins with the reason to refuse that is known before the article was read, if any."""
        self.refusal: RefusalReason | None = refusal or "unsupported"
        self.refusal_is_final = refusal is not None
        self.kind: Kind = "refusal"
        self.nearby: Citation | None = None
        self.shown: list[str] = []
        self.verdicts: list[Verdict] = []
        self._footnotes = _Footnotes()
        self._weakest: Verdict | None = None

    @property
    def citations(self) -> tuple[Citation, ...]:
        """The footnotes so far."""
        return tuple(self._footnotes.citations)

    def take(self, verdict: Verdict, sources: Iterable[SourceSentence]) -> bool:
        """Adds a sentence that passed its checks; the weakest one shown sets the confidence.

        A quote that did not pass leaves the reason for the refusal as it was.
        """
        self.verdicts.append(verdict)
        if verdict.problem is not None and verdict.kind == "quote":
            return False
        known = -1.0 if self._weakest is None else self._weakest.confidence
        if verdict.problem is None:
            weaker = not self.shown or verdict.confidence < known
            marked = f"{verdict.sentence} {self._footnotes.markers(sources)}"
            self.shown.append(f" {marked}" if self.shown else marked)
            self.refusal, self.kind = None, verdict.kind
        else:
            weaker = not self.shown and verdict.confidence >= known
            self.refusal = verdict.problem if weaker else self.refusal
        if weaker:
            self._weakest = verdict
        return verdict.problem is None

    def end(self) -> None:
        """The model says that there is no more to say."""
        self.refusal = None if self.shown else "model"

    def answer(
        self,
        question: str,
        asked: str,
        passages: tuple[Retrieved, ...],
        model: str,
        timings: dict[str, float],
    ) -> Answer:
        """What it has come to."""
        return Answer(
            question=question,
            text="".join(self.shown) or REFUSAL,
            refusal=self.refusal,
            citations=self.citations,
            passages=passages,
            model=model,
            timings=timings,
            confidence=self._weakest.confidence if self._weakest else 0.0,
            signals=self._weakest.signals if self._weakest else {},
            asked=asked,
            kind=self.kind,
            nearby=self.nearby if self.refusal else None,
            verdicts=tuple(self.verdicts),
        )
