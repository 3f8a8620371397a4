"""Linear layers for processors without VNNI: weights in 7 bits, through FBGEMM.

Such a processor adds two 8-bit products in 16 bits, which may overflow; with weights of at most 64 they never
do (255 * 64 * 2 < 2**15), so the products are exact integers there too (FBGEMM: Khudia et al. 2021). The
narrowing costs little beside what 4-bit files have lost already.
"""

import warnings
from collections.abc import Iterator, Mapping
from concurrent.futures import ThreadPoolExecutor
from itertools import islice
from typing import TYPE_CHECKING

from rag.linear import PlainLinear, steps_of

if TYPE_CHECKING:
    from torch import Tensor

LARGEST = 64
"""The largest weight here; it is 127 in 8 bits."""

_WIDEST = 127
_MIDDLE = 128
_ROWS = 256
"""Rows that are narrowed at once, so that what is between stays in the cache."""

_TOGETHER = 16
"""Layers that are laid out side by side: more would only take more memory."""


class SevenBitLinear:
    """Computes with 7-bit weights that are laid out for the product."""

    def __init__(self, narrow: "Tensor", bias: "Tensor | None") -> None:
        """Lays out what `narrowed` gave; `bias` is float32, one a row."""
        import torch

        self._weight = torch.ops.quantized.linear_prepack(narrow, None)
        self._bias = None if bias is None else bias.clone()

    def __call__(self, states: "Tensor") -> "Tensor":
        """See `rag.linear.Linear`."""
        import torch

        steps = steps_of(states)
        out: Tensor = torch.ops.quantized.linear_with_input_q_dq_qweight_dq_output_fp32(
            (states / steps).round_(), 1.0, _MIDDLE, self._weight
        ).mul_(steps)
        return out if self._bias is None else out.add_(self._bias)


def laid_out(layers: Mapping[str, PlainLinear], threads: int) -> Iterator[tuple[str, SevenBitLinear]]:
    """The layers with weights in 7 bits, a few at a time."""
    left = iter(layers.items())
    with ThreadPoolExecutor(threads) as pool:
        while some := list(islice(left, _TOGETHER)):
            # To narrow uses all threads already; to lay out is one thread's work for each.
            narrow = [narrowed(layer.weight, layer.scale) for _, layer in some]
            done = pool.map(SevenBitLinear, narrow, [layer.bias for _, layer in some])
            yield from zip((name for name, _ in some), done, strict=True)


def narrowed(weight: "Tensor", scale: "Tensor") -> "Tensor":
    """8-bit weights, (outputs, inputs), of one scale a row as a quantised tensor of 7 bits."""
    import torch

    narrow = torch.empty_like(weight)
    for start in range(0, len(weight), _ROWS):
        rows = weight[start : start + _ROWS].float()
        narrow[start : start + _ROWS] = rows.mul_(LARGEST / _WIDEST).round_()
    wider = scale.double() * (_WIDEST / LARGEST)
    middles = torch.zeros(len(weight), dtype=torch.int64)
    # Quantised tensors are on their way out; FBGEMM's layout has no other door yet.
    warnings.filterwarnings("ignore", "torch.quantize_per_tensor", UserWarning)
    quantised: Tensor = torch._make_per_channel_quantized_tensor(narrow, wider, middles, 0)
    return quantised
