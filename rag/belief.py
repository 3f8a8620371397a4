"""How strongly the model believes something, as log-odds: by a probe of its state, or by its yes and no.

Whether a text answers a question the inner state knows better than "yes" and "no" say (a linear direction of
answerability: Lavi et al. 2025); where no probe of the model is at hand, the odds of these two words count.
"""

import math
from collections.abc import Sequence
from dataclasses import dataclass
from functools import cache
from importlib.resources import files
from typing import TYPE_CHECKING, Literal

from rag.generator import Generator, Prompt, StateReader

if TYPE_CHECKING:
    import numpy as np
    from numpy.typing import NDArray

Matter = Literal["evidence", "context", "answer"]
"""What a probe judges: whether a sentence read by itself holds an answer, whether it does so in its context,
or whether cited words state a given answer."""

_YES, _NO = ("Yes", "yes"), ("No", "no")


@dataclass(frozen=True, slots=True)
class Probe:
    """A direction in what `StateReader.states` gives after `layers` layers: a weight for each column."""

    layers: int
    weights: "NDArray[np.float32]"
    bias: float

    def scores(self, states: "NDArray[np.float32]") -> list[float]:
        """Log-odds for each row."""
        return [float(score) for score in states @ self.weights + self.bias]


@cache
def probe_of(model: str, matter: Matter) -> Probe | None:
    """The probe of a matter that comes with Footnote for a model, if there is one."""
    from safetensors.numpy import load

    source = files("rag").joinpath("probes", matter, f"{model}.safetensors")
    if not source.is_file():
        return None
    tensors = load(source.read_bytes())
    return Probe(int(tensors["layers"][0]), tensors["weights"], float(tensors["bias"][0]))


def yes_odds(generator: Generator, prompts: Sequence[Prompt]) -> list[float]:
    """For each prompt the log-odds that the model replies yes rather than no."""
    return _odds(generator.first_words(prompts, (*_YES, *_NO)))


def probed_and_yes_odds(
    generator: StateReader, probe: Probe, prompts: Sequence[Prompt]
) -> tuple[list[float], list[float]]:
    """The log-odds by the probe, and those of the model's yes, read once."""
    states, chances = generator.states_and_first_words(prompts, probe.layers, (*_YES, *_NO))
    return probe.scores(states), _odds(chances)


def _odds(chances: Sequence[tuple[float, ...]]) -> list[float]:
    return [_added(each[: len(_YES)]) - _added(each[len(_YES) :]) for each in chances]


def _added(logs: Sequence[float]) -> float:
    highest = max(logs)
    return highest + math.log(sum(math.exp(value - highest) for value in logs))
