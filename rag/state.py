"""What a decoder remembers of the tokens that it has read."""

from dataclasses import dataclass
from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from torch import Tensor

ONE_BY_ONE = 8
"""Up to so many tokens look back one by one: then they see to the last bit what each would see alone, and
guesses that are checked together give the text that single steps give."""


class State:
    """Keys and values of every layer for the tokens read so far."""

    def __init__(self, keys: "Tensor", values: "Tensor", length: int) -> None:
        """Takes tensors (layers, key-value heads, room, head size), `length` of whose room is used."""
        self.keys = keys
        self.values = values
        self.length = length

    @property
    def bytes(self) -> int:
        """The memory that it takes."""
        return self.keys.nbytes + self.values.nbytes

    def first(self, layers: int | None) -> "State":
        """What it remembers of the first layers, or of all; the memory is shared."""
        return State(self.keys[:layers], self.values[:layers], self.length)

    def branch(self, room: int) -> "State":
        """A copy that can be continued by up to `room` tokens; this one stays as it is."""
        grown = (*self.keys.shape[:2], self.length + room, self.keys.shape[3])
        keys, values = self.keys.new_empty(grown), self.values.new_empty(grown)
        keys[:, :, : self.length] = self.keys[:, :, : self.length]
        values[:, :, : self.length] = self.values[:, :, : self.length]
        return State(keys, values, self.length)


@dataclass(frozen=True, slots=True)
class Strand:
    """One text among those that are read together: its state, and its places there."""

    state: State
    start: int
    end: int
    mask: "Tensor | None"

    @classmethod
    def of(cls, state: State, count: int) -> "Strand":
        """The strand of that many tokens that go on from a state."""
        import torch

        end = state.length + count
        mask = torch.ones(count, end, dtype=torch.bool).tril(state.length) if count > 1 else None
        return cls(state, state.length, end, mask)

    def attend(self, layer: int, asked: "Tensor", keys: "Tensor", values: "Tensor") -> "Tensor":
        """What the new tokens see, (heads, tokens, head size); their keys and values are remembered."""
        import torch

        state = self.state
        state.keys[layer, :, self.start : self.end] = keys
        state.values[layer, :, self.start : self.end] = values
        if asked.shape[1] > ONE_BY_ONE:
            return self._seen(layer, asked, self.end, self.mask)
        rows = (
            self._seen(layer, row, self.start + at + 1) for at, row in enumerate(torch.split(asked, 1, 1))
        )
        return torch.cat(list(rows), 1)

    def _seen(self, layer: int, asked: "Tensor", end: int, mask: "Tensor | None" = None) -> "Tensor":
        from torch.nn import functional

        return functional.scaled_dot_product_attention(
            asked[None],
            self.state.keys[layer, None, :, :end],
            self.state.values[layer, None, :, :end],
            attn_mask=mask,
            enable_gqa=True,
        )[0]
