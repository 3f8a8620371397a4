import pytest
import torch
from hypothesis import given, settings
from hypothesis import strategies as st
from layers import assert_the_same_products, layer

from rag.linear import PackedLinear, PlainLinear, WideLinear
from rag.packing import has_vnni


@pytest.mark.skipif(not has_vnni(), reason="without VNNI this product may overflow")
@settings(max_examples=30, deadline=None)
@given(
    st.integers(0, 2**30),
    st.integers(1, 40),
    st.sampled_from([16, 64, 256, 1536]),
    st.sampled_from([32, 96, 512]),
    st.booleans(),
)
def test_the_packed_product_is_the_plain_one_to_the_last_bit(
    seed: int, rows: int, inputs: int, outputs: int, biased: bool
) -> None:
    plain = PlainLinear(*layer(seed, outputs, inputs, biased))  # type: ignore[arg-type]
    packed = PackedLinear(plain.weight, plain.scale, plain.bias)
    assert_the_same_products(packed, plain, rows, inputs, seed + 1)


@given(st.integers(0, 2**30), st.booleans())
def test_narrow_products_are_near_the_wide_ones(seed: int, biased: bool) -> None:
    weight, scale, bias = layer(seed, 64, 256, biased)
    states = torch.randn(5, 256, generator=torch.Generator().manual_seed(seed))
    wide = WideLinear(weight, scale, bias)(states)
    narrow = PlainLinear(weight, scale, bias)(states)
    assert float((wide - narrow).norm() / wide.norm()) < 0.03
