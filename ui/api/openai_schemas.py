"""What programs that speak OpenAI's protocol send and get."""

from typing import Annotated, Literal

from pydantic import BaseModel, ConfigDict, Field

from rag.conversation import Turn
from ui.api.schemas import AnswerBody
from ui.problems import ProblemError

MODEL = "footnote"
"""What the whole of Footnote is called as a model."""

_LONGEST = 20_000


class _Sent(BaseModel):
    """What a program sends; what is not known here is ignored, as the original does with many an option."""

    model_config = ConfigDict(extra="ignore", frozen=True, strict=True)


class TextPart(_Sent):
    """A piece of a message."""

    type: Literal["text"]
    text: Annotated[str, Field(max_length=_LONGEST)]


class ChatMessage(_Sent):
    """One message; those that are neither a person's nor an answer are passed over."""

    role: Literal["system", "developer", "user", "assistant", "tool", "function"]
    content: Annotated[str, Field(max_length=_LONGEST)] | list[TextPart] | None = None

    @property
    def text(self) -> str:
        """The message's whole text."""
        if isinstance(self.content, list):
            return "".join(part.text for part in self.content)
        return self.content or ""


class ResponseFormat(_Sent):
    """The form of the answer, of which there is one."""

    type: Literal["text"]


class ChatRequest(_Sent):
    """A conversation whose last question is to be answered."""

    model_config = ConfigDict(
        json_schema_extra={
            "examples": [
                {"model": MODEL, "messages": [{"role": "user", "content": "Who will lead the work?"}]}
            ]
        }
    )

    model: Annotated[str, Field(max_length=200, json_schema_extra={"enum": [MODEL]})]
    messages: Annotated[list[ChatMessage], Field(min_length=1, max_length=200)]
    stream: bool | None = False
    article: Annotated[
        str | None,
        Field(max_length=4096, description="Only this article is looked at; an extra of Footnote."),
    ] = None
    n: Literal[1] | None = None
    logprobs: Literal[False] | None = None
    response_format: ResponseFormat | None = None

    def question(self) -> tuple[str, tuple[Turn, ...]]:
        """The last question, and what was said before it.

        Raises:
            ProblemError: There is none.
        """
        asked = [at for at, message in enumerate(self.messages) if message.role == "user"]
        if not asked:
            raise ProblemError(400, "empty_question", "There is no message whose role is user.")
        last = asked[-1]
        said = self.messages[:last]
        turns = tuple(turn for message in said if (turn := _turn(message)) is not None)
        return self.messages[last].text, turns


class AnswerMessage(BaseModel):
    """The answer, with everything that Footnote knows of it."""

    role: Literal["assistant"] = "assistant"
    content: str
    refusal: None = None
    footnote: AnswerBody


class Choice(BaseModel):
    """The one answer."""

    index: Literal[0] = 0
    message: AnswerMessage
    finish_reason: Literal["stop"] = "stop"
    logprobs: None = None


class Completion(BaseModel):
    """The answer to a conversation."""

    id: str
    object: Literal["chat.completion"] = "chat.completion"
    created: int
    model: str = MODEL
    choices: list[Choice]


class ChunkEvent(BaseModel):
    """A piece of the answer, as JSON, or ``[DONE]``."""

    data: str


class ModelBody(BaseModel):
    """A model, as OpenAI lists them."""

    id: str = MODEL
    object: Literal["model"] = "model"
    created: int
    owned_by: str = MODEL


class ModelsBody(BaseModel):
    """All models: one."""

    object: Literal["list"] = "list"
    data: list[ModelBody]


class OpenAIProblem(BaseModel):
    """What went wrong."""

    code: str
    message: str
    type: str
    param: None = None


class OpenAIErrorBody(BaseModel):
    """The shape of every error under ``/v1``."""

    error: OpenAIProblem


def _turn(message: ChatMessage) -> Turn | None:
    match message.role:
        case "user" | "assistant" as role:
            return Turn(role, message.text)
        case _:
            return None
