"""Reads a model's inner states over many prompts, keeps them, and learns directions in them."""

import json
import sys
import tomllib
from collections.abc import Callable, Sequence
from pathlib import Path
from typing import TYPE_CHECKING, Any, Protocol

import tomlkit

from eval.command_line import show_progress
from rag.belief import Matter, Probe, probe_of
from rag.generator import Generator, Prompt, StateReader

if TYPE_CHECKING:
    import numpy as np
    from numpy.typing import NDArray

Provenance = dict[str, Any]
"""What a probe was made from; the list under `corrections` tells what each of them learned from since."""

PROBES = Path(__file__).parent.parent / "rag" / "probes"
_BATCH = 8
_FREE = 30.0
"""What is known counts so many times, so that its weight costs next to nothing."""


class ReadableGenerator(Generator, StateReader, Protocol):
    """A generator that lets its inner states be read."""


def readable_generator() -> ReadableGenerator:
    """The configured model; ends the program where its states can't be read."""
    from rag.runtime import load_generator

    generator = load_generator()
    if not isinstance(generator, StateReader):
        sys.exit(f"The generator {generator.name} does not let its states be read; choose a local model.")
    return generator


def read_states(
    generator: StateReader, prompts: Sequence[Prompt], layers: int, kept: Path | None = None
) -> "NDArray[np.float32]":
    """The states for every prompt; those in the file `kept` are not computed again, and new ones go there."""
    import numpy as np
    from safetensors.numpy import load_file, save_file

    known = load_file(kept) if kept is not None and kept.exists() else {}
    keys = [json.dumps([prompt.system, prompt.context, prompt.question, layers]) for prompt in prompts]
    unread = [(key, prompt) for key, prompt in zip(keys, prompts, strict=True) if key not in known]
    for start in range(0, len(unread), _BATCH):
        some = unread[start : start + _BATCH]
        states = generator.states([prompt for _, prompt in some], layers)
        known |= {key: row for (key, _), row in zip(some, states, strict=True)}
        if kept is not None:
            save_file(known, kept)
        show_progress("states", start + len(some), len(unread))
    return np.stack([known[key] for key in keys])


def direction(rows: "NDArray[np.float32]", right: "NDArray[np.bool_]", layers: int, strength: float) -> Probe:
    """The direction that tells the right from the wrong: a logistic model (scikit-learn) of the states.

    Args:
        rows: The states, (examples, columns).
        right: Which of them are right.
        layers: After how many layers they were read.
        strength: How far the weights may go from nothing, over states that are brought to one spread.
    """
    import numpy as np

    return direction_beside(np.zeros(len(rows)), rows, right, layers, strength)[0]


def direction_beside(
    known: "NDArray[np.floating]",
    rows: "NDArray[np.float32]",
    right: "NDArray[np.bool_]",
    layers: int,
    strength: float,
) -> "tuple[Probe, NDArray[np.floating]]":
    """What the states add to what is known of each, (examples,) or (examples, things), and its weights.

    The probe's bias is without what is known. The other arguments are those of `direction`.
    """
    import numpy as np
    from sklearn.linear_model import LogisticRegression

    middle, spread = rows.mean(0), rows.std(0) + 1e-6
    model = LogisticRegression(C=strength, max_iter=1000)
    model.fit(np.hstack([(rows - middle) / spread, _FREE * known.reshape(len(rows), -1)]), right)
    weights, shares = model.coef_[0][: rows.shape[1]] / spread, model.coef_[0][rows.shape[1] :] * _FREE
    return Probe(layers, weights.astype(np.float32), float(model.intercept_[0] - middle @ weights)), shares


def added_to(present: Probe, share: float, added: Probe) -> Probe:
    """The present probe by its share, and what the states add to it."""
    weights = (share * present.weights + added.weights).astype(added.weights.dtype)
    return Probe(present.layers, weights, share * present.bias + added.bias)


def present_probe(matter: Matter, model: str) -> Probe:
    """The probe that is to be refined; ends the program where there is none."""
    probe = probe_of(model, matter)
    if probe is None:
        sys.exit(f"There is no {matter} probe of {model} to refine; train one first.")
    return probe


def provenance_of(matter: Matter, model: str) -> Provenance:
    """What the present probe was made from."""
    return tomllib.loads((PROBES / matter / f"{model}.toml").read_text(encoding="utf-8"))


def with_correction(provenance: Provenance, correction: Provenance) -> Provenance:
    """What a probe was made from that was corrected once more."""
    return provenance | {"corrections": [*provenance.get("corrections", []), correction]}


def left_out_scores(
    rows: "NDArray[np.float32]",
    right: "NDArray[np.bool_]",
    articles: Sequence[str],
    folds: int,
    learn: "Callable[[NDArray[np.float32], NDArray[np.bool_]], Probe]",
) -> "NDArray[np.float64]":
    """What probes say of each row that have learned from other articles only."""
    import numpy as np
    from sklearn.model_selection import GroupKFold

    scores = np.zeros(len(rows))
    for seen, out in GroupKFold(folds).split(rows, right, articles):
        scores[out] = learn(rows[seen], right[seen]).scores(rows[out])
    return scores


def write_probe(matter: Matter, model: str, probe: Probe, provenance: Provenance, command: str) -> None:
    """Writes the probe of a model where the product finds it, and beside it what it was made from."""
    import numpy as np
    from safetensors.numpy import save_file

    folder = PROBES / matter
    folder.mkdir(exist_ok=True, parents=True)
    save_file(
        {
            "weights": probe.weights,
            "bias": np.array([probe.bias], np.float32),
            "layers": np.array([probe.layers], np.int32),
        },
        str(folder / f"{model}.safetensors"),
    )
    told = f"# Written by {command}.\n{tomlkit.dumps(provenance)}"
    (folder / f"{model}.toml").write_text(told, encoding="utf-8")
