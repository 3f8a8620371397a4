"""How strongly a sentence, read by itself, states the answer to a question.

Where a probe of the model is at hand it reads the model's inner state, which knows more than its "yes" and
"no" say (a linear direction of answerability: Lavi et al. 2025); else the odds of these two words count.
"""

from collections.abc import Sequence
from dataclasses import dataclass
from functools import cache
from importlib.resources import files
from typing import TYPE_CHECKING

from rag.generator import Generator, Prompt, StateReader
from rag.judgement import yes_odds
from rag.prompting import neutralise, template
from rag.sources import SourceSentence

if TYPE_CHECKING:
    import numpy as np
    from numpy.typing import NDArray

_BEFORE = 200
"""Characters of the sentence before that are shown."""


@dataclass(frozen=True, slots=True)
class Probe:
    """A direction in a model's state after `layers` layers: one weight for each place of the state."""

    layers: int
    weights: "NDArray[np.float32]"
    bias: float

    def scores(self, states: "NDArray[np.float32]") -> list[float]:
        """Log-odds for each row."""
        return [float(score) for score in states @ self.weights + self.bias]


@cache
def probe_of(model: str) -> Probe | None:
    """The probe that comes with Footnote for a model, if there is one."""
    from safetensors.numpy import load

    source = files("rag").joinpath("probes", f"{model}.safetensors")
    if not source.is_file():
        return None
    tensors = load(source.read_bytes())
    return Probe(int(tensors["layers"][0]), tensors["weights"], float(tensors["bias"][0]))


def evidence_prompt(question: str, source: SourceSentence) -> Prompt:
    """What the model is asked about one sentence."""
    before = f"(… {source.before[-_BEFORE:]}) " if source.before else ""
    text = template("evidence").format(before=neutralise(before), text=neutralise(source.text))
    asked = template("evidence_question").format(question=neutralise(question))
    return Prompt(template("judge_system"), f"{text}\n", asked)


def evidence(generator: Generator, question: str, sources: Sequence[SourceSentence]) -> list[float]:
    """For each sentence the log-odds that it states the answer; all are read side by side."""
    prompts = [evidence_prompt(question, source) for source in sources]
    if not prompts:
        return []
    probe = probe_of(generator.name)
    if probe is not None and isinstance(generator, StateReader):
        return probe.scores(generator.states(prompts, probe.layers))
    return yes_odds(generator, prompts)
