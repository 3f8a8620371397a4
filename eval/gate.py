"""The gate: figures that a run must reach, as a TOML file has them."""

import tomllib
from collections.abc import Mapping
from dataclasses import dataclass
from pathlib import Path
from typing import Any, Self

from pydantic import BaseModel, ConfigDict, ValidationError, model_validator

from eval.metrics import METRICS
from eval.metrics.seconds import TIMINGS
from eval.report import figures
from eval.stress import STRESSES
from eval.systems.choice import PRODUCT
from index.errors import BadInputError


class Bound(BaseModel):
    """The least or the greatest value that a figure may have, or both."""

    model_config = ConfigDict(extra="forbid", frozen=True)

    min: float | None = None
    max: float | None = None

    @model_validator(mode="after")
    def _says_something(self) -> Self:
        if self.min is None and self.max is None:
            raise ValueError("give min, max or both")
        return self


class Floors(BaseModel):
    """Bounds by the name of the figure: for a sample of the questions, and for all of them."""

    model_config = ConfigDict(extra="forbid", frozen=True)

    quick: dict[str, Bound] = {}
    full: dict[str, Bound] = {}


@dataclass(frozen=True, slots=True)
class Verdict:
    """A figure, its bound, and whether it keeps to it; one that was not measured does not."""

    figure: str
    value: float | None
    bound: Bound

    @property
    def passed(self) -> bool:
        """Whether the figure is within its bound."""
        if self.value is None:
            return False
        low = self.bound.min is not None and self.value < self.bound.min
        return not low and (self.bound.max is None or self.value <= self.bound.max)

    def __str__(self) -> str:
        limits = [
            f"{word} {limit:g}"
            for word, limit in (("≥", self.bound.min), ("≤", self.bound.max))
            if limit is not None
        ]
        value = "not measured" if self.value is None else f"{self.value:.4g}"
        return f"{'pass' if self.passed else 'FAIL'}  {self.figure} {value} ({', '.join(limits)})"


def load_floors(path: Path) -> Floors:
    """The floors of a file.

    Raises:
        BadInputError: It can't be read, or names a figure that no run has.
    """
    try:
        floors = Floors.model_validate(tomllib.loads(path.read_text(encoding="utf-8")))
    except OSError as error:
        raise BadInputError(
            f"{str(path)!r} can't be read ({error.strerror}); name a file of floors."
        ) from None
    except ValidationError as error:
        first = error.errors(include_url=False)[0]
        place = ".".join(map(str, first["loc"]))
        raise BadInputError(f"{str(path)!r}: {place or 'the file'}: {first['msg']}.") from None
    except ValueError as error:
        raise BadInputError(f"{str(path)!r} is not TOML: {error}.") from None
    for name in (*floors.quick, *floors.full):
        if name not in _known():
            raise BadInputError(
                f"{str(path)!r}: no run has a figure {name!r}; there are {', '.join(_known())}."
            )
    return floors


def judge(report: Mapping[str, Any], bounds: Mapping[str, Bound], system: str = PRODUCT) -> list[Verdict]:
    """Each bound with the system's figure."""
    found = figures(report, system)
    return [Verdict(name, found.get(name), bound) for name, bound in bounds.items()]


def _known() -> list[str]:
    """The name of every figure that a run may have."""
    plain = ["errors", *METRICS, *(f"{name}.{which}" for name in TIMINGS for which in ("p50", "p95"))]
    stressed = [f"{stress}.{name}" for stress in STRESSES for name in plain]
    return [*plain, *stressed, "altered.follows_the_text", "altered.follows_changed_text"]
