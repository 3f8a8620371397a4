"""Linear layers of random 8-bit weights."""

import torch

from rag.linear import Linear


def layer(seed: int, outputs: int, inputs: int, biased: bool) -> tuple[torch.Tensor, ...]:
    made = torch.Generator().manual_seed(seed)
    weight = torch.randint(-127, 128, (outputs, inputs), dtype=torch.int8, generator=made)
    weight[0] = 127  # the largest sums that there can be
    weight[-1] = -127
    scale = torch.rand(outputs, generator=made) / 100
    return weight, scale, torch.randn(outputs, generator=made) if biased else None  # type: ignore[return-value]


def assert_the_same_products(quick: Linear, exact: Linear, rows: int, inputs: int, seed: int) -> None:
    """To the last bit, the largest activations included; what a row gives does not depend on its company."""
    states = torch.randn(rows, inputs, generator=torch.Generator().manual_seed(seed))
    states[0] = 3.0  # every activation the largest
    assert torch.equal(quick(states), exact(states))
    for row in range(rows):
        assert torch.equal(quick(states[row : row + 1])[0], quick(states)[row])
