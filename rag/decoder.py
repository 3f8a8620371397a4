"""A Llama-like decoder with 8-bit weights: token ids in, hidden states out.

Weights have one scale a row, activations one a token, and products are exact integers (LLM.int8 without its
outlier columns, Dettmers et al. 2022): what a token gives does not depend on what is computed beside it. The
state of a text that was read can be kept and branched, so that several continuations share it.
"""

import json
from collections.abc import Sequence
from dataclasses import dataclass
from pathlib import Path
from typing import TYPE_CHECKING

from index.errors import NotReadyError

if TYPE_CHECKING:
    from torch import Tensor

_SMALL_MODEL = 300_000_000
"""Bytes of 8-bit weights under which the arithmetic stays 32-bit: narrow activations ruin the smallest models
(SmolLM2-135M then no longer knows the capital of France), and those are quick enough without."""

_TINY = 1e-8


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


class State:
    """What a decoder remembers of the tokens that it has read: keys and values of every layer."""

    def __init__(self, keys: "Tensor", values: "Tensor", length: int) -> None:
        """Takes tensors (layers, key-value heads, room, head size), `length` of whose room is used."""
        self.keys = keys
        self.values = values
        self.length = length

    def branch(self, room: int) -> "State":
        """A copy that can be continued by up to `room` tokens; this one stays as it is."""
        grown = (*self.keys.shape[:2], self.length + room, self.keys.shape[3])
        keys, values = self.keys.new_empty(grown), self.values.new_empty(grown)
        keys[:, :, : self.length] = self.keys[:, :, : self.length]
        values[:, :, : self.length] = self.values[:, :, : self.length]
        return State(keys, values, self.length)


class _Linear:
    """A linear layer over 8-bit weights."""

    def __init__(self, weight: "Tensor", scale: "Tensor", bias: "Tensor | None", wide: bool) -> None:
        self._scale = scale
        self._bias = bias
        self._weight = weight.float().mul_(scale[:, None]) if wide else weight.t()
        self._wide = wide

    def __call__(self, states: "Tensor") -> "Tensor":
        import torch
        from torch.nn import functional

        if self._wide:
            return functional.linear(states, self._weight, self._bias)
        scale = states.abs().amax(-1, keepdim=True).clamp_min_(_TINY).div_(127)
        narrow = (states / scale).round_().to(torch.int8)
        out: Tensor = torch._int_mm(narrow, self._weight).float().mul_(scale).mul_(self._scale)
        return out if self._bias is None else out.add_(self._bias)


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
        self._linear = {
            name.removesuffix(".scale"): _Linear(
                self._weights[name.replace(".scale", ".weight")],
                scale,
                self._weights.get(name.replace(".scale", ".bias")),
                wide,
            )
            for name, scale in self._weights.items()
            if name.endswith(".scale")
        }
        half = self.shape.head_dim // 2
        speeds = self.shape.rope_theta ** -(torch.arange(half).float() / half)
        angles = torch.arange(self.shape.max_position_embeddings).float()[:, None] * speeds
        self._cosine = torch.cat([angles.cos()] * 2, -1)
        self._sine = torch.cat([angles.sin()] * 2, -1)

    def blank(self) -> State:
        """The state before anything was read."""
        import torch

        shape = self.shape
        empty = torch.empty(shape.num_hidden_layers, shape.num_key_value_heads, 0, shape.head_dim)
        return State(empty, empty, 0)

    def read(self, ids: Sequence[int], state: State) -> "Tensor":
        """Reads tokens on from `state`, which must have room for them and remembers them.

        Returns:
            Hidden states after the last norm, (tokens, hidden size), float32.
        """
        import torch

        places = torch.arange(state.length, state.length + len(ids))
        mask = None
        if len(ids) > 1:
            mask = torch.ones(len(ids), state.length + len(ids), dtype=torch.bool).tril(state.length)
        return self._forward(torch.tensor(ids), places, mask, state)

    def read_apart(self, texts: Sequence[Sequence[int]], state: State, layers: int | None = None) -> "Tensor":
        """Reads several continuations of `state` at once, none of which sees the others.

        Returns:
            The hidden state of each one's last token, (texts, hidden size), float32: after the last norm, or
            as it is when that many `layers` have run.
        """
        import torch

        lengths = [len(text) for text in texts]
        total = sum(lengths)
        owner = torch.repeat_interleave(torch.arange(len(texts)), torch.tensor(lengths))
        among = (owner[:, None] == owner[None, :]).tril()
        mask = torch.cat([torch.ones(total, state.length, dtype=torch.bool), among], 1)
        places = torch.cat([torch.arange(state.length, state.length + length) for length in lengths])
        ids = torch.tensor([number for text in texts for number in text])
        out = self._forward(ids, places, mask, state.branch(total), layers)
        return out[torch.tensor(lengths).cumsum(0) - 1]

    def logits(self, states: "Tensor") -> "Tensor":
        """The scores of every token as the next one, (rows, vocabulary), float32."""
        return self._linear["embedding"](states)

    def _forward(
        self,
        ids: "Tensor",
        places: "Tensor",
        mask: "Tensor | None",
        state: State,
        layers: int | None = None,
    ) -> "Tensor":
        import torch

        with torch.inference_mode():
            weights = self._weights
            states = weights["embedding.weight"][ids].float() * weights["embedding.scale"][ids][:, None]
            turn = self._cosine[places], self._sine[places]
            for layer in range(self.shape.num_hidden_layers if layers is None else layers):
                states = states + self._attention(layer, states, turn, mask, state)
                states = states + self._feed_forward(layer, states)
            state.length += len(ids)
            return states if layers is not None else self._normed(states, "norm")

    def _attention(
        self,
        layer: int,
        states: "Tensor",
        turn: "tuple[Tensor, Tensor]",
        mask: "Tensor | None",
        state: State,
    ) -> "Tensor":
        import torch
        from torch.nn import functional

        count, heads = len(states), self.shape.num_attention_heads
        joined = self._linear[f"{layer}.attention"](self._normed(states, f"{layer}.attention_norm"))
        parts = joined.view(count, -1, self.shape.head_dim).transpose(0, 1)
        last_key = heads + self.shape.num_key_value_heads
        turned, values = parts[:last_key], parts[last_key:]
        left, right = turned.chunk(2, -1)
        turned = turned * turn[0] + torch.cat([-right, left], -1) * turn[1]
        end = state.length + count
        state.keys[layer, :, state.length : end] = turned[heads:]
        state.values[layer, :, state.length : end] = values
        seen = functional.scaled_dot_product_attention(
            turned[None, :heads],
            state.keys[layer, None, :, :end],
            state.values[layer, None, :, :end],
            attn_mask=mask,
            enable_gqa=True,
        )
        return self._linear[f"{layer}.attention_out"](seen[0].transpose(0, 1).reshape(count, -1))

    def _feed_forward(self, layer: int, states: "Tensor") -> "Tensor":
        from torch.nn import functional

        joined = self._linear[f"{layer}.feed_forward"](self._normed(states, f"{layer}.feed_forward_norm"))
        gate, up = joined.chunk(2, -1)
        return self._linear[f"{layer}.feed_forward_out"](functional.silu(gate).mul_(up))

    def _normed(self, states: "Tensor", name: str) -> "Tensor":
        from torch.nn import functional

        weight = self._weights[f"{name}.weight"]
        return functional.rms_norm(states, weight.shape, weight, self.shape.rms_norm_eps)
