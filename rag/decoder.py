"""A Llama-like decoder with 8-bit weights: token ids in, hidden states out.

The state of a text that was read can be kept and branched, so that several continuations share it.
"""

import json
from collections.abc import Sequence
from dataclasses import dataclass
from pathlib import Path
from typing import TYPE_CHECKING

from index.errors import NotReadyError
from rag.linear import Linear, PlainLinear, WideLinear
from rag.packing import changes_results, packed
from rag.state import State, Strand

if TYPE_CHECKING:
    from torch import Tensor

_SMALL_MODEL = 300_000_000
"""Bytes of 8-bit weights under which the arithmetic stays 32-bit: narrow activations ruin the smallest models
(SmolLM2-135M then no longer knows the capital of France), and those are quick enough without."""


BLOCK = 256
"""Tokens of a text that are read at once: what is computed of more leaves the cache before it is used."""


@dataclass(frozen=True, slots=True)
class Shape:
    """The sizes of a decoder, as its ``config.json`` names them."""

    num_hidden_layers: int
    num_attention_heads: int
    num_key_value_heads: int
    head_dim: int
    max_position_embeddings: int
    rms_norm_eps: float
    rope_theta: float

    @classmethod
    def load(cls, path: Path) -> "Shape":
        """Reads a ``config.json``.

        Raises:
            NotReadyError: It is missing or not one of a decoder.
        """
        try:
            values = json.loads(path.read_text(encoding="utf-8"))
            return cls(**{name: values[name] for name in cls.__slots__})
        except (OSError, ValueError, KeyError, TypeError) as error:
            raise NotReadyError(
                f"{path} does not describe a decoder ({error!r}). Run `footnote models fetch --force`."
            ) from error


class Decoder:
    """The network, loaded for the CPU."""

    def __init__(self, folder: Path, wide: bool | None = None) -> None:
        """Maps the weights that `rag.conversion` wrote into memory.

        Args:
            folder: Where they are.
            wide: Whether to compute in 32 bits; for the smallest models when None.

        Raises:
            NotReadyError: The folder is not such a one.
        """
        import torch
        from safetensors import SafetensorError
        from safetensors.torch import load_file

        self.shape = Shape.load(folder / "config.json")
        path = folder / "model.safetensors"
        try:
            self._weights = load_file(path)
        except (OSError, SafetensorError) as error:
            raise NotReadyError(
                f"{path} can't be read: {error}. Run `footnote models fetch --force`."
            ) from error
        wide = path.stat().st_size < _SMALL_MODEL if wide is None else wide
        form = WideLinear if wide else PlainLinear
        scaled = [name.removesuffix(".scale") for name in self._weights if name.endswith(".scale")]
        self._linear: dict[str, Linear] = {
            name: form(
                self._weights[f"{name}.weight"],
                self._weights[f"{name}.scale"],
                self._weights.get(f"{name}.bias"),
            )
            for name in scaled
        }
        for name in set(scaled) - {"embedding"}:
            del self._weights[f"{name}.weight"]
        self._must_pack = not wide and changes_results()
        half = self.shape.head_dim // 2
        speeds = self.shape.rope_theta ** -(torch.arange(half).float() / half)
        angles = torch.arange(self.shape.max_position_embeddings).float()[:, None] * speeds
        self._cosine = torch.cat([angles.cos()] * 2, -1)
        self._sine = torch.cat([angles.sin()] * 2, -1)

    def pack(self) -> None:
        """Lays out the weights for quick products, which takes seconds."""
        import torch

        stored = {name: layer for name, layer in self._linear.items() if isinstance(layer, PlainLinear)}
        self._linear.update(packed(stored, torch.get_num_threads()))
        # The file stays in memory as long as anything of it is in use.
        self._weights = {name: tensor.clone() for name, tensor in self._weights.items()}
        self._must_pack = False

    def _lay_out(self) -> None:
        """Packs before the first product where later would be too late."""
        if self._must_pack:
            self.pack()

    def blank(self) -> State:
        """The state before anything was read."""
        import torch

        shape = self.shape
        empty = torch.empty(shape.num_hidden_layers, shape.num_key_value_heads, 0, shape.head_dim)
        return State(empty, empty, 0)

    def read(
        self, texts: Sequence[Sequence[int]], states: Sequence[State], layers: int | None = None
    ) -> "Tensor":
        """Reads each text on from its own state, all in one pass; none sees the others.

        The states must have room for the texts, and remember them.

        Returns:
            The hidden state of each text's last token, (texts, hidden size), float32: after the last norm, or
            as it is when that many `layers` have run.
        """
        import torch

        lasts = [self._read_blocks(text, state, layers) for text, state in zip(texts, states, strict=True)]
        lengths = torch.tensor([len(last) for last in lasts])
        return self.read_each(lasts, states, layers)[lengths.cumsum(0) - 1]

    def _read_blocks(self, text: Sequence[int], state: State, layers: int | None) -> Sequence[int]:
        """Reads a text up to its last block, and returns that."""
        start = 0
        while len(text) - start > BLOCK:
            self.read_each([text[start : start + BLOCK]], [state], layers)
            start += BLOCK
        return text[start:]

    def read_each(
        self,
        texts: Sequence[Sequence[int]],
        states: Sequence[State],
        layers: int | None = None,
        noted: "dict[int, Tensor] | None" = None,
    ) -> "Tensor":
        """The same for every token of the texts, one after the other.

        After each number of layers that is a key of `noted`, the hidden states go there too.
        """
        import torch

        strands = [Strand.of(state, len(text)) for text, state in zip(texts, states, strict=True)]
        places = torch.cat([torch.arange(strand.start, strand.end) for strand in strands])
        ids = torch.tensor([number for text in texts for number in text])
        return self._forward(ids, places, strands, layers, noted)

    def logits(self, states: "Tensor") -> "Tensor":
        """The scores of every token as the next one, (rows, vocabulary), float32."""
        self._lay_out()
        return self._linear["embedding"](states)

    def _forward(
        self,
        ids: "Tensor",
        places: "Tensor",
        strands: "Sequence[Strand]",
        layers: int | None,
        noted: "dict[int, Tensor] | None",
    ) -> "Tensor":
        import torch

        self._lay_out()
        with torch.inference_mode():
            weights = self._weights
            states = weights["embedding.weight"][ids].float() * weights["embedding.scale"][ids][:, None]
            turn = self._cosine[places], self._sine[places]
            for layer in range(self.shape.num_hidden_layers if layers is None else layers):
                states = states + self._attention(layer, states, turn, strands)
                states = states + self._feed_forward(layer, states)
                if noted is not None and layer + 1 in noted:
                    noted[layer + 1] = states
            for strand in strands:
                strand.state.length = strand.end
            return states if layers is not None else self._normed(states, "norm")

    def _attention(
        self, layer: int, states: "Tensor", turn: "tuple[Tensor, Tensor]", strands: "Sequence[Strand]"
    ) -> "Tensor":
        import torch

        heads = self.shape.num_attention_heads
        joined = self._linear[f"{layer}.attention"](self._normed(states, f"{layer}.attention_norm"))
        parts = joined.view(len(states), -1, self.shape.head_dim).transpose(0, 1)
        last_key = heads + self.shape.num_key_value_heads
        turned, values = parts[:last_key], parts[last_key:]
        left, right = turned.chunk(2, -1)
        turned = turned * turn[0] + torch.cat([-right, left], -1) * turn[1]
        counts = [strand.end - strand.start for strand in strands]
        pieces = zip(strands, torch.split(turned, counts, 1), torch.split(values, counts, 1), strict=True)
        seen = [strand.attend(layer, ours[:heads], ours[heads:], theirs) for strand, ours, theirs in pieces]
        flat = torch.cat(seen, 1).transpose(0, 1).reshape(len(states), -1)
        return self._linear[f"{layer}.attention_out"](flat)

    def _feed_forward(self, layer: int, states: "Tensor") -> "Tensor":
        from torch.nn import functional

        joined = self._linear[f"{layer}.feed_forward"](self._normed(states, f"{layer}.feed_forward_norm"))
        gate, up = joined.chunk(2, -1)
        return self._linear[f"{layer}.feed_forward_out"](functional.silu(gate).mul_(up))

    def _normed(self, states: "Tensor", name: str) -> "Tensor":
        from torch.nn import functional

        weight = self._weights[f"{name}.weight"]
        return functional.rms_norm(states, weight.shape, weight, self.shape.rms_norm_eps)
