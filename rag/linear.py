"""Linear layers over 8-bit weights, each form as quick as some kind of machine allows.

Weights have one scale a row, activations one a token, and products are exact integers (LLM.int8 without its
outlier columns, Dettmers et al. 2022): what a token gives does not depend on what is computed beside it.
"""

from typing import TYPE_CHECKING, Protocol

if TYPE_CHECKING:
    from torch import Tensor

_TINY = 1e-8
_MIDDLE = 128
"""What stands for zero among unsigned 8-bit numbers."""


class Linear(Protocol):
    """A linear layer."""

    def __call__(self, states: "Tensor") -> "Tensor":
        """The layer's output, (rows, outputs), for states (rows, inputs), float32 both."""


class WideLinear:
    """Computes in 32 bits."""

    def __init__(self, weight: "Tensor", scale: "Tensor", bias: "Tensor | None") -> None:
        """Widens the weights."""
        self._weight = weight.float().mul_(scale[:, None])
        self._bias = bias

    def __call__(self, states: "Tensor") -> "Tensor":
        """See `Linear`."""
        from torch.nn import functional

        return functional.linear(states, self._weight, self._bias)


class PlainLinear:
    """Computes with 8-bit integers on any machine, on the weights as they are."""

    def __init__(self, weight: "Tensor", scale: "Tensor", bias: "Tensor | None") -> None:
        """Keeps the weights where they are."""
        self.weight = weight
        self.scale = scale
        self.bias = bias

    def __call__(self, states: "Tensor") -> "Tensor":
        """See `Linear`."""
        import torch

        steps = steps_of(states)
        narrow = (states / steps).round_().to(torch.int8)
        out: Tensor = torch._int_mm(narrow, self.weight.t()).float().mul_(self.scale).mul_(steps)
        return out if self.bias is None else out.add_(self.bias)


class PackedLinear:
    """The same with weights laid out for newer processors (AVX-512 VNNI and the like), which takes seconds.

    Reading is about a third quicker, and a step over a few guessed tokens twice as quick.
    """

    def __init__(self, weight: "Tensor", scale: "Tensor", bias: "Tensor | None") -> None:
        """Copies the weights into the layout that the product wants."""
        import torch

        self._weight = torch.ops.onednn.qlinear_prepack(weight, None)
        self._scale = scale.clone()
        self._middles = torch.zeros(len(weight), dtype=torch.int64)
        self._bias = None if bias is None else bias.clone()

    def __call__(self, states: "Tensor") -> "Tensor":
        """See `Linear`."""
        import torch

        steps = steps_of(states)
        narrow = (states / steps).round_().add_(_MIDDLE).to(torch.uint8)
        out: Tensor = torch.ops.onednn.qlinear_pointwise(
            narrow,
            1.0,
            _MIDDLE,
            self._weight,
            self._scale,
            self._middles,
            None,
            1.0,
            0,
            torch.float32,
            "none",
            [],
            "",
        ).mul_(steps)
        return out if self._bias is None else out.add_(self._bias)


def steps_of(states: "Tensor") -> "Tensor":
    """The size of an 8-bit step for each row, so that its largest number just fits."""
    return states.abs().amax(-1, keepdim=True).clamp_min_(_TINY).div_(127)
