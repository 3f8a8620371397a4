"""What programs send and get, as the description at ``/openapi.json`` shows it."""

from typing import Annotated, Any, Literal

from pydantic import BaseModel, ConfigDict, Field

from rag.answer import Kind
from rag.conversation import Turn
from rag.question import MAX_LENGTH

_ARTICLE = "ford-renault.txt"
_QUOTE = "Harbour master Ilse Brackmoor will lead the work."
_ANSWER: dict[str, Any] = {
    "question": "Who will lead the work?",
    "asked": "Who will lead the work?",
    "answer": "Ilse Brackmoor will lead the work. [1]",
    "kind": "answer",
    "refused": False,
    "citations": [{"number": 1, "article": "pier.txt", "start": 92, "end": 141, "quote": _QUOTE}],
    "passages": [{"article": "pier.txt", "start": 92, "end": 141, "score": 0.81}],
    "nearby": None,
    "checks": [{}],
    "model": "qwen2.5-coder-1.5b",
    "confidence": 0.93,
    "timings": {"retrieve": 0.01, "read": 0.4, "first_token": 1.5, "total": 1.5},
}


class Sent(BaseModel):
    """What a program sends: nothing unknown in it, and no value of another type."""

    model_config = ConfigDict(extra="forbid", frozen=True, strict=True)


class Message(Sent):
    """One message of a conversation."""

    role: Literal["user", "assistant"]
    content: Annotated[str, Field(max_length=20_000)]

    def turn(self) -> Turn:
        """The message as the pipeline takes it."""
        return Turn(self.role, self.content)


class AskRequest(Sent):
    """A question."""

    model_config = ConfigDict(
        json_schema_extra={
            "examples": [
                {"question": "What platform will the new Fiesta use?"},
                {
                    "question": "And when does it arrive?",
                    "history": [
                        {"role": "user", "content": "What platform will the new Fiesta use?"},
                        {"role": "assistant", "content": "The new Fiesta will use the Ampere Platform. [1]"},
                    ],
                    "article": _ARTICLE,
                    "stream": True,
                },
            ]
        }
    )

    question: Annotated[str, Field(min_length=1, max_length=MAX_LENGTH, description="What is asked.")]
    history: Annotated[
        tuple[Message, ...],
        Field(max_length=200, strict=False, description="Earlier messages, oldest first."),
    ] = ()
    article: Annotated[
        str | None, Field(max_length=4096, description="Only this article is looked at; all when left out.")
    ] = None
    stream: Annotated[bool, Field(description="Whether to send events on the way to the answer.")] = False


class CitationBody(BaseModel):
    """A footnote: the words from `start` to `end` of the article's text are the quote."""

    number: int
    article: str
    start: int
    end: int
    quote: str
    page: Annotated[int | None, Field(description="Where the quote begins, if the article has pages.")] = None
    section: Annotated[str | None, Field(description="The heading above it, if it is known.")] = None
    lead: Annotated[
        str | None,
        Field(description="What it stands under if it is an item of a list or a row of a table."),
    ] = None


class PassageBody(BaseModel):
    """A passage that was found for the question."""

    article: str
    start: int
    end: int
    score: float


class AnswerBody(BaseModel):
    """An answer; see ``docs/api.md`` for what each part means."""

    model_config = ConfigDict(json_schema_extra={"examples": [_ANSWER]})

    question: str
    asked: Annotated[str, Field(description="The question as it was understood.")]
    answer: Annotated[str, Field(description="The answer, with markers such as [1].")]
    kind: Kind
    refused: bool
    citations: list[CitationBody]
    passages: list[PassageBody]
    nearby: Annotated[
        CitationBody | None, Field(description="The nearest that the article does say to a refused question.")
    ]
    checks: Annotated[
        list[dict[str, str]], Field(description="What was wrong with each sentence considered.")
    ]
    model: str
    confidence: float | None
    timings: Annotated[dict[str, float], Field(description="Seconds from the question to each step.")]


class EventBody(BaseModel):
    """An event on the way to an answer; its data is an object, as JSON."""

    event: Literal["stage", "token", "answer", "error"]
    data: str
    id: str


class ProblemBody(BaseModel):
    """What went wrong."""

    code: Annotated[str, Field(description="For programs; it does not change.")]
    message: Annotated[str, Field(description="For people.")]


class ErrorBody(BaseModel):
    """The shape of every error."""

    model_config = ConfigDict(
        json_schema_extra={
            "examples": [{"error": {"code": "busy", "message": "Too many questions are waiting."}}]
        }
    )

    error: ProblemBody


class ArticlesBody(BaseModel):
    """The names of all articles."""

    model_config = ConfigDict(json_schema_extra={"examples": [{"articles": [_ARTICLE]}]})

    articles: list[str]


class ArticleBody(BaseModel):
    """A whole article, in whose text all offsets count."""

    name: str
    text: str
    questions: Annotated[list[str], Field(description="Questions that it answers, if some were made.")]


class IndexBody(BaseModel):
    """The index that is served."""

    generation: str
    created: str
    articles: int
    passages: int


class EmbeddingBody(BaseModel):
    """The model that made the index's vectors."""

    name: str
    fingerprint: str


class VersionBody(BaseModel):
    """What exactly answers here."""

    footnote: str
    index: IndexBody
    model: str
    embedding: EmbeddingBody


class AliveBody(BaseModel):
    """The process runs."""

    status: Literal["alive"]


class ReadyBody(BaseModel):
    """Questions are answered."""

    status: Literal["ready"]
    index: str
    articles: int
