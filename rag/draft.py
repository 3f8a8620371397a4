"""An answer as far as it is verified: its sentences, their footnotes, and what was thought of each."""

from collections.abc import Iterable, Sequence
from dataclasses import replace

from rag.answer import REFUSAL, REST, Answer, Citation, Kind, RefusalReason, Retrieved, Text, Verdict
from rag.sources import SourceSentence


class _Footnotes:
    """The citations of one answer, numbered in the order in which they are first used."""

    def __init__(self) -> None:
        self.citations: list[Citation] = []

    def markers(self, sources: Iterable[SourceSentence]) -> str:
        """The markers for these sources, such as ``[1][2]``."""
        return "".join(f"[{self._number(source)}]" for source in sources)

    def _number(self, source: SourceSentence) -> int:
        new = source.cite(len(self.citations) + 1)
        for known in self.citations:
            if (known.article, known.start, known.end) == (new.article, new.start, new.end):
                return known.number
        self.citations.append(new)
        return new.number


class Draft:
    """The answer to a question, or to one part of it, as far as it is verified, or why there is none yet."""

    def __init__(self, refusal: RefusalReason | None, before: "Draft | None" = None) -> None:
        """Begins with the reason to refuse that is known before the article was read, if any.

        Args:
            refusal: The reason.
            before: The draft of the question's part before, whose footnotes are counted on.
        """
        self.refusal: RefusalReason | None = refusal or "unsupported"
        self.refusal_is_final = refusal is not None
        self.kind: Kind = "refusal"
        self.nearby: Citation | None = None
        self.shown: list[str] = []
        self.verdicts: list[Verdict] = []
        self._footnotes: _Footnotes = before._footnotes if before else _Footnotes()
        self._goes_on: bool = before is not None and (before._goes_on or bool(before.shown))
        self.weakest: Verdict | None = None

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
        known = -1.0 if self.weakest is None else self.weakest.confidence
        if verdict.problem is None:
            weaker = not self.shown or verdict.confidence < known
            marked = f"{verdict.sentence} {self._footnotes.markers(sources)}"
            self.shown.append(f" {marked}" if self.shown or self._goes_on else marked)
            self.refusal, self.kind = None, verdict.kind
        else:
            weaker = not self.shown and verdict.confidence >= known
            self.refusal = verdict.problem if weaker else self.refusal
        if weaker:
            self.weakest = verdict
        return verdict.problem is None

    def relent(self, verdict: Verdict, sources: Iterable[SourceSentence]) -> None:
        """Shows a sentence that was held back."""
        self.verdicts.remove(verdict)
        self.take(replace(verdict, problem=None), sources)

    def doubt(self) -> None:
        """Nothing is likely enough to be an answer."""
        self.refusal = "doubtful"

    def end(self) -> None:
        """The model says that there is no more to say."""
        self.refusal = None if self.shown else "model"


def rest_of(drafts: Sequence[Draft]) -> Text | None:
    """What is said when some parts of a question have an answer and others have none."""
    answered = [bool(draft.shown) for draft in drafts]
    return None if all(answered) or not any(answered) else Text(f" {REST}", drafts[-1].citations)


def answer_of(
    drafts: Sequence[Draft],
    question: str,
    asked: str,
    passages: tuple[Retrieved, ...],
    model: str,
    timings: dict[str, float],
) -> Answer:
    """What the drafts of all parts of a question come to: an answer when any of them has one."""
    shown = [draft for draft in drafts if draft.shown]
    rest = rest_of(drafts)
    said = [text for draft in shown for text in draft.shown] + ([rest.text] if rest else [])
    first = (shown or drafts)[0]
    weakest = _weakest([draft.weakest for draft in shown or drafts], bool(shown))
    return Answer(
        question=question,
        text="".join(said) or REFUSAL,
        refusal=first.refusal,
        citations=drafts[-1].citations,
        passages=passages,
        model=model,
        timings=timings,
        confidence=weakest.confidence if weakest else 0.0,
        signals=weakest.signals if weakest else {},
        asked=asked,
        kind=first.kind,
        nearby=None if shown else next((draft.nearby for draft in drafts if draft.nearby), None),
        verdicts=tuple(verdict for draft in drafts for verdict in draft.verdicts),
    )


def _weakest(verdicts: Sequence[Verdict | None], shown: bool) -> Verdict | None:
    """Of what is shown the least sure verdict; of what is not, the surest."""
    known = [verdict for verdict in verdicts if verdict is not None]
    choose = min if shown else max
    return choose(known, key=lambda verdict: verdict.confidence, default=None)
