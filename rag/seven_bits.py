"""Linear layers for processors without VNNI: weights in 7 bits, through FBGEMM.

Such a processor adds two 8-bit products in 16 bits, which may overflow; with weights of at most 64 they never
do (255 * 64 * 2 < 2**15), so the products are exact integers there too (FBGEMM: Khudia et al. 2021). The
narrowing costs little beside what 4-bit files have lost already.
"""

import warnings
from collections.abc import Iterator, Mapping, Sequence
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

_BLOCK = 20480
"""Rows that are laid out at once: far more (a vocabulary) take FBGEMM six times as long, on one thread."""

_TOGETHER = 16
"""Layers that are laid out side by side: more would only take more memory."""


class SevenBitLinear:
    """Computes with 7-bit weights that are laid out for the product."""

    def __init__(self, blocks: "Sequence[object]", bias: "Tensor | None") -> None:
        """Takes blocks of rows as FBGEMM wants them; `bias` is float32, one a row."""
        self._blocks = blocks
        self._bias = None if bias is None else bias.clone()

    def __call__(self, states: "Tensor") -> "Tensor":
        """See `rag.linear.Linear`."""
        import torch

        steps = steps_of(states)
        narrow = (states / steps).round_()
        product = torch.ops.quantized.linear_with_input_q_dq_qweight_dq_output_fp32
        out = [product(narrow, 1.0, _MIDDLE, block) for block in self._blocks]
        joined: Tensor = (out[0] if len(out) == 1 else torch.cat(out, 1)).mul_(steps)
        return joined if self._bias is None else joined.add_(self._bias)


def laid_out(layers: Mapping[str, PlainLinear], threads: int) -> Iterator[tuple[str, SevenBitLinear]]:
    """The layers with weights in 7 bits, a few at a time."""
    import torch

    left = iter(layers.items())
    with ThreadPoolExecutor(threads) as pool:
        while some := list(islice(left, _TOGETHER)):
            # To narrow uses all threads already; to lay out is one thread's work for each block.
            narrow = [narrowed(layer.weight, layer.scale) for _, layer in some]
            blocks = [pool.map(torch.ops.quantized.linear_prepack, rows) for rows in narrow]
            for (name, layer), done in zip(some, blocks, strict=True):
                yield name, SevenBitLinear(list(done), layer.bias)


def narrowed(weight: "Tensor", scale: "Tensor") -> "list[Tensor]":
    """8-bit weights, (outputs, inputs), of one scale a row as quantised tensors of 7 bits, blocks of rows."""
    import torch

    narrow = torch.empty_like(weight)
    for start in range(0, len(weight), _ROWS):
        rows = weight[start : start + _ROWS].float()
        narrow[start : start + _ROWS] = rows.mul_(LARGEST / _WIDEST).round_()
    wider = scale.double() * (_WIDEST / LARGEST)
    # Quantised tensors are on their way out; FBGEMM's layout has no other door yet.
    warnings.filterwarnings("ignore", "torch.quantize_per_tensor", UserWarning)
    return [
        torch._make_per_channel_quantized_tensor(block, steps, torch.zeros(len(block), dtype=torch.int64), 0)
        for block, steps in zip(torch.split(narrow, _BLOCK), torch.split(wider, _BLOCK), strict=True)
    ]
