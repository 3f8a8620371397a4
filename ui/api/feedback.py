"""What people say of the answers."""

import asyncio
from typing import Annotated, Any, Literal

from fastapi import APIRouter
from pydantic import BeforeValidator, ConfigDict, Field

from rag.question import MAX_LENGTH
from ui.api.errors import described
from ui.api.schemas import Sent
from ui.api.services import Here

router = APIRouter(tags=["questions"])

_LONGEST = 10_000
_NAME = Field(max_length=4096)


def _whole(value: object) -> object:
    """In JSON 3.0 is an integer too."""
    return int(value) if isinstance(value, float) and value.is_integer() else value


_Offset = Annotated[int, Field(ge=0, le=1_000_000_000), BeforeValidator(_whole)]
_EXAMPLE: dict[str, Any] = {
    "rating": "up",
    "question": "Who will lead the work?",
    "answer": "Ilse Brackmoor will lead the work. [1]",
    "refused": False,
    "article": "pier.txt",
    "citations": [
        {
            "article": "pier.txt",
            "start": 92,
            "end": 141,
            "quote": "Harbour master Ilse Brackmoor will lead the work.",
        }
    ],
    "comment": "Just what I needed.",
}


class RatedCitation(Sent):
    """A footnote of the answer, as it was shown."""

    article: Annotated[str, _NAME]
    start: _Offset
    end: _Offset
    quote: Annotated[str, Field(max_length=_LONGEST)]


class FeedbackRequest(Sent):
    """What a person says of an answer."""

    model_config = ConfigDict(json_schema_extra={"examples": [_EXAMPLE]})

    rating: Literal["up", "down"]
    question: Annotated[
        str, Field(min_length=1, max_length=MAX_LENGTH, description="As it was understood, in `asked`.")
    ]
    answer: Annotated[str, Field(max_length=_LONGEST, description="The answer's text, with its markers.")]
    refused: bool
    article: Annotated[str | None, _NAME] = None
    citations: Annotated[tuple[RatedCitation, ...], Field(max_length=50, strict=False)] = ()
    comment: Annotated[str | None, Field(max_length=2_000, description="In the person's own words.")] = None


@router.post(
    "/api/feedback", status_code=204, responses=described(400, 401, 403, 413, 422, 429, 500, 503, 507)
)
async def take_feedback(said: FeedbackRequest, here: Here) -> None:
    """Keeps what a person says of an answer, with the model and the index that gave it."""
    row = said.model_dump(mode="json", exclude_none=True)
    given = {"model": here.answering.model, "generation": here.answering.index.generation, **row}
    await asyncio.to_thread(here.feedback.add, given)
