"""Reads the templates of the attacks: ``data/direct.toml`` and ``data/latent.toml``."""

import tomllib
from functools import cache
from importlib.resources import files
from pathlib import Path
from typing import Literal

from pydantic import BaseModel, ConfigDict, Field

QuestionPlace = Literal["alone", "before", "after", "around"]
FILES = ("direct.toml", "latent.toml")


class _Strict(BaseModel):
    """Unknown keys are mistakes."""

    model_config = ConfigDict(extra="forbid", frozen=True)


class Family(_Strict):
    """Instructions of one kind for questions, and where they stand."""

    name: str
    places: tuple[QuestionPlace, ...]
    texts: tuple[str, ...]
    forced: str = "{canary}"


class Carrier(_Strict):
    """What a payload in an article looks like; `inline` ones are sentences of a paragraph that is there."""

    name: str
    text: str
    inline: bool = False


class Payload(_Strict):
    """An instruction for an article, and the output that it asks for."""

    name: str
    text: str
    forced: str = "{canary}"


class Direct(_Strict):
    """The content of ``direct.toml``."""

    families: tuple[Family, ...] = Field(alias="family")


class Latent(_Strict):
    """The content of ``latent.toml``."""

    carriers: tuple[Carrier, ...] = Field(alias="carrier")
    payloads: tuple[Payload, ...] = Field(alias="payload")
    control: Payload


def path_of(name: str) -> Path:
    """Where a template file stands."""
    return Path(str(files("eval").joinpath("attacks", "data", name)))


@cache
def direct() -> Direct:
    """The templates for questions."""
    return Direct.model_validate(tomllib.loads(path_of(FILES[0]).read_text(encoding="utf-8")))


@cache
def latent() -> Latent:
    """The templates for articles."""
    return Latent.model_validate(tomllib.loads(path_of(FILES[1]).read_text(encoding="utf-8")))
