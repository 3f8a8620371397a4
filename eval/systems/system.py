"""What every system offers: a question goes in, the object of ``ask --json`` and a ranking come out."""

from collections.abc import Sequence
from functools import cache
from importlib.resources import files
from typing import Any, NamedTuple, Protocol

from eval.goldset import Turn
from rag.answer import REFUSAL, Answer, Citation, Retrieved
from rag.conversation import Turn as RagTurn
from rag.conversation import stand_alone
from rag.generator import Decoding, Generator, Prompt
from rag.question import clean_question
from rag.refusal import says_nothing
from rag.stopwatch import Stopwatch

Span = tuple[str, int, int]


class Reply(NamedTuple):
    """An answer as JSON, and the retrieved spans, best first."""

    answer: dict[str, Any]
    ranking: tuple[Span, ...]


class System(Protocol):
    """Something that answers questions about articles."""

    @property
    def name(self) -> str:
        """What reports call it."""

    def ask(self, question: str, article: str | None, history: Sequence[Turn]) -> Reply:
        """The reply to a question about one article, or about all of them."""


def reply_of(answer: Answer) -> Reply:
    """The reply that an answer makes."""
    passages = (found.passage for found in answer.passages)
    return Reply(answer.to_json(), tuple((one.article, one.start, one.end) for one in passages))


def rag_turns(history: Sequence[Turn]) -> list[RagTurn]:
    """Gold turns as the product takes them."""
    return [RagTurn(turn.role, turn.content) for turn in history]


def asked(question: str, history: Sequence[Turn]) -> str:
    """The question as every system searches and reads it."""
    return stand_alone(clean_question(question), rag_turns(history))


@cache
def instructions(name: str) -> str:
    """The text of ``prompts/NAME.md``."""
    return files("eval").joinpath("systems", "prompts", f"{name}.md").read_text(encoding="utf-8").strip()


def written(generator: Generator, prompt: Prompt, clock: Stopwatch) -> str:
    """What the model writes."""
    text = ""
    for piece in generator.stream(prompt, Decoding()):
        clock.mark("first_token")
        text += piece
    clock.mark("first_token")
    return text.strip()


def plain_answer(
    question: str,
    text: str,
    model: str,
    clock: Stopwatch,
    passages: tuple[Retrieved, ...] = (),
    citations: tuple[Citation, ...] = (),
) -> Answer:
    """An answer that nobody verified; without a citation, one that is empty or says nothing is a refusal."""
    refused = not citations and (not text or says_nothing(text))
    clock.mark("total")
    return Answer(
        question=question,
        text=REFUSAL if refused else text,
        refusal="model" if refused else None,
        citations=citations,
        passages=passages,
        model=model,
        timings=clock.marks,
    )
