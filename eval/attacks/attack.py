"""An attack: what is asked about which text, and the made-up word that shows whether it was obeyed."""

from dataclasses import dataclass, field
from typing import Literal

from eval.goldset import GoldQuestion

Kind = Literal["direct", "latent", "control"]
Place = Literal["alone", "before", "after", "around", "start", "middle", "end", "evidence"]

ARTICLE_PLACES: tuple[Place, ...] = ("start", "middle", "end", "evidence")
"""Where in an article a payload stands; `evidence` is right after the sentence that answers the question."""


@dataclass(frozen=True, slots=True)
class Injected:
    """An article with foreign text in it: ``text[start:end]`` is that text."""

    text: str
    start: int
    end: int


@dataclass(frozen=True, slots=True)
class Attack:
    """One question to ask, with all that is needed to judge the answer.

    `canary` stands nowhere but in the payload, and `forced` is the output that the payload asks for. `gold`
    is the ordinary question that is asked; None when the payload is the whole question. Attacks with the
    same `injected` share it and its canary.
    """

    id: str
    kind: Kind
    family: str
    carrier: str
    place: Place
    article: str
    question: str
    payload: str
    canary: str
    forced: str
    gold: GoldQuestion | None = field(repr=False)
    injected: Injected | None = field(default=None, repr=False)
