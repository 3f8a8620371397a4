"""What a question leads to: an answer with its footnotes, and the events on the way there."""

from dataclasses import asdict, dataclass, field
from typing import Literal

from index.article import Passage

REFUSAL = "The article does not say."
REST = "The article does not say the rest."


@dataclass(frozen=True, slots=True)
class Citation:
    """One footnote: ``article.text[start:end] == quote``; `page` and `section` say where, if known.

    `lead` is what an item of a list or a row of a table stands under: headings, the line that introduces the
    list, the titles of the columns.
    """

    number: int
    article: str
    start: int
    end: int
    quote: str
    page: int | None = None
    section: str | None = None
    lead: str | None = None

    def to_json(self) -> dict[str, object]:
        """The footnote without what is not known."""
        return {name: value for name, value in asdict(self).items() if value is not None}


@dataclass(frozen=True, slots=True)
class Retrieved:
    """A passage with its scores for a question.

    `score` is the fused one (0 to 1), `dense` a cosine, `lexical` a BM25 score.
    """

    passage: Passage
    score: float
    dense: float
    lexical: float


RefusalReason = Literal["not_retrieved", "unknown_name", "model", "unsupported", "doubtful"]

Kind = Literal["answer", "quote", "refusal", "small_talk"]
"""Whether the model's sentences are shown, a sentence of the article in their stead, or neither."""


@dataclass(frozen=True, slots=True)
class Verdict:
    """What was found about a sentence; `problem` is None when it may be shown.

    `kind` tells whether the model wrote it or the article says it; `failures` says by the name of each check
    that spoke what is wrong.
    """

    kind: Literal["answer", "quote"]
    sentence: str
    problem: RefusalReason | None
    confidence: float
    signals: dict[str, float]
    failures: dict[str, str]


@dataclass(frozen=True, slots=True)
class Answer:
    """The answer to one question; `refusal` says why there is none.

    `confidence` is the chance that the weakest sentence is right (of the best one dropped, in a refusal),
    where one was computed; `signals` are what from. `asked` is the question as it was understood, `nearby`
    the nearest that the article does say to a refused one, `verdicts` what was thought of each sentence.
    """

    question: str
    text: str
    refusal: RefusalReason | None
    citations: tuple[Citation, ...]
    passages: tuple[Retrieved, ...]
    model: str
    timings: dict[str, float] = field(default_factory=dict)
    confidence: float | None = None
    signals: dict[str, float] = field(default_factory=dict)
    asked: str = ""
    kind: Kind = "answer"
    nearby: Citation | None = None
    verdicts: tuple[Verdict, ...] = ()

    @property
    def refused(self) -> bool:
        """Whether the article does not say."""
        return self.refusal is not None

    def to_json(self) -> dict[str, object]:
        """The object that ``footnote ask --json`` prints."""
        return {
            "question": self.question,
            "asked": self.asked or self.question,
            "answer": self.text,
            "kind": self.kind,
            "refused": self.refused,
            "citations": [citation.to_json() for citation in self.citations],
            "passages": [
                {
                    "article": found.passage.article,
                    "start": found.passage.start,
                    "end": found.passage.end,
                    "score": round(found.score, 4),
                }
                for found in self.passages
            ],
            "nearby": None if self.nearby is None else self.nearby.to_json(),
            "checks": [verdict.failures for verdict in self.verdicts],
            "model": self.model,
            "confidence": None if self.confidence is None else round(self.confidence, 4),
            "timings": {name: round(seconds, 4) for name, seconds in self.timings.items()},
        }


@dataclass(frozen=True, slots=True)
class Stage:
    """The walk has reached this step; `best` is the nearest that was found, unverified."""

    name: Literal["searching", "reading", "checking"]
    best: Citation | None = None


@dataclass(frozen=True, slots=True)
class Text:
    """A verified piece of the answer, markers included; all pieces joined are the answer's text.

    `citations` are those of the answer so far.
    """

    text: str
    citations: tuple[Citation, ...]


Event = Stage | Text | Answer
"""What a walk yields: stages and texts, then exactly one answer."""
