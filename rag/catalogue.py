"""The language models that Footnote knows, read from ``models.toml``."""

import tomllib
from functools import cache
from importlib.resources import files
from typing import Annotated

from pydantic import BaseModel, ConfigDict, Field, StringConstraints

from index.errors import BadInputError

Sha256 = Annotated[str, StringConstraints(pattern=r"^[0-9a-f]{64}$")]
FileName = Annotated[str, StringConstraints(pattern=r"^[\w.-]+$")]


class _Strict(BaseModel):
    model_config = ConfigDict(extra="forbid", frozen=True)


class Carrier(_Strict):
    """A package that carries the model file, or one part of it."""

    name: str
    version: str
    member: str
    bytes: int = Field(gt=0)
    sha256: Sha256


class Hub(_Strict):
    """Where the file stands on the Hugging Face hub."""

    repository: str
    revision: str


class CatalogueModel(_Strict):
    """One model: a GGUF file, its hash, and the ways to get it."""

    title: str
    licence: str
    file: FileName
    bytes: int = Field(gt=0)
    sha256: Sha256
    packages: tuple[Carrier, ...] = ()
    hub: Hub | None = None


class Catalogue(_Strict):
    """All models by name, and which one is used when none is named."""

    default: str
    models: dict[str, CatalogueModel]

    def find(self, name: str) -> CatalogueModel:
        """The model of that name.

        Raises:
            BadInputError: No such model.
        """
        if name not in self.models:
            raise self.unknown(name)
        return self.models[name]

    def unknown(self, name: str) -> BadInputError:
        """The error for a name that fits no model."""
        return BadInputError(
            f"There is no model {name!r}. The catalogue has {', '.join(sorted(self.models))}; "
            "a local folder, a GGUF file, a hub repository (org/name) or --server URL works too."
        )


@cache
def catalogue() -> Catalogue:
    """The shipped catalogue."""
    text = files("rag").joinpath("models.toml").read_text(encoding="utf-8")
    return Catalogue.model_validate(tomllib.loads(text))
