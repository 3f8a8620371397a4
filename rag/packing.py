"""Which form of 8-bit weights is the quickest on this machine."""

from collections.abc import Iterable, Mapping
from typing import Literal

from rag.linear import Linear, PackedLinear, PlainLinear
from rag.seven_bits import laid_out

Form = Literal["packed", "seven bits", "stored"]
"""How weights are held: in the layout for VNNI, in 7 bits, or as the file has them."""

_ROUNDING = 3
"""Counts up when results change in their last bits: states that were kept before are then read anew."""


def quickest_form() -> Form:
    """The form in which this machine computes quickest.

    Without VNNI the packed product may overflow, and stored weights are up to forty times slower than 7 bits.
    """
    if has_vnni():
        return "packed"
    return "seven bits" if has_fbgemm() else "stored"


def has_vnni() -> bool:
    """Whether the processor adds up four 8-bit products at once, in 32 bits."""
    import torch

    return torch.cpu._is_vnni_supported()


def has_fbgemm() -> bool:
    """Whether this torch brings FBGEMM, as its builds for x86 do."""
    import torch

    return "fbgemm" in torch.backends.quantized.supported_engines


def changes_results() -> bool:
    """Whether packed weights give other results than stored ones, so that nothing may be computed before."""
    return quickest_form() == "seven bits"


def packed(layers: Mapping[str, PlainLinear], threads: int) -> Iterable[tuple[str, Linear]]:
    """The layers in their quickest form, which takes seconds for a large model."""
    match quickest_form():
        case "packed":
            return ((name, PackedLinear(one.weight, one.scale, one.bias)) for name, one in layers.items())
        case "seven bits":
            return laid_out(layers, threads)
        case "stored":
            return layers.items()


def rounding() -> str:
    """Names what the last bits of results depend on, so that states which differ in them are kept apart."""
    return f"{_ROUNDING}-7bit" if changes_results() else f"{_ROUNDING}"
