"""Linear layers of random 8-bit weights."""

import torch


def layer(seed: int, outputs: int, inputs: int, biased: bool) -> tuple[torch.Tensor, ...]:
    made = torch.Generator().manual_seed(seed)
    weight = torch.randint(-127, 128, (outputs, inputs), dtype=torch.int8, generator=made)
    weight[0] = 127  # the largest sums that there can be
    weight[-1] = -127
    scale = torch.rand(outputs, generator=made) / 100
    return weight, scale, torch.randn(outputs, generator=made) if biased else None  # type: ignore[return-value]
