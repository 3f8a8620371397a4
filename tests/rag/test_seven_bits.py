import pytest
import torch
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st
from layers import assert_the_same_products, layer

from rag.linear import PlainLinear, WideLinear
from rag.packing import has_fbgemm
from rag.seven_bits import LARGEST, SevenBitLinear, laid_out, narrowed

pytestmark = pytest.mark.skipif(not has_fbgemm(), reason="this torch was built without FBGEMM")


def plain(seed: int, outputs: int, inputs: int, biased: bool) -> PlainLinear:
    return PlainLinear(*layer(seed, outputs, inputs, biased))  # type: ignore[arg-type]


def seven_bits(layer: PlainLinear) -> SevenBitLinear:
    return dict(laid_out({"one": layer}, 1))["one"]


@settings(max_examples=30)
@given(
    st.integers(0, 2**30),
    st.integers(1, 40),
    st.sampled_from([16, 64, 256, 1536]),
    st.sampled_from([32, 96, 512]),
    st.booleans(),
)
def test_products_are_exact_integers_even_at_the_extremes(
    seed: int, rows: int, inputs: int, outputs: int, biased: bool
) -> None:
    stored = plain(seed, outputs, inputs, biased)
    (narrow,) = narrowed(stored.weight, stored.scale)
    exact = PlainLinear(narrow.int_repr(), narrow.q_per_channel_scales().float(), stored.bias)
    quick = seven_bits(stored)
    assert int(narrow.int_repr().abs().max()) == LARGEST
    assert_the_same_products(quick, exact, rows, inputs, seed + 1)


@given(st.integers(0, 2**30), st.booleans())
def test_products_are_near_the_wide_ones(seed: int, biased: bool) -> None:
    weight, scale, bias = layer(seed, 64, 256, biased)
    states = torch.randn(5, 256, generator=torch.Generator().manual_seed(seed))
    wide = WideLinear(weight, scale, bias)(states)
    narrow = seven_bits(PlainLinear(weight, scale, bias))(states)
    assert float((wide - narrow).norm() / wide.norm()) < 0.03


@given(st.integers(1, 20), st.integers(1, 3))
def test_layers_laid_out_together_are_those_laid_out_alone(count: int, threads: int) -> None:
    layers = {str(seed): plain(seed, 32, 64, True) for seed in range(count)}
    states = torch.randn(3, 64, generator=torch.Generator().manual_seed(count))
    made = dict(laid_out(layers, threads))
    assert list(made) == list(layers)
    for name, stored in layers.items():
        assert torch.equal(made[name](states), seven_bits(stored)(states))


@settings(suppress_health_check=[HealthCheck.function_scoped_fixture])
@given(st.integers(0, 2**30), st.integers(1, 3), st.booleans())
def test_a_layer_of_several_blocks_gives_what_one_block_gives(
    monkeypatch: pytest.MonkeyPatch, seed: int, threads: int, biased: bool
) -> None:
    stored = plain(seed, 96, 64, biased)
    states = torch.randn(3, 64, generator=torch.Generator().manual_seed(seed))
    whole = seven_bits(stored)(states)
    with monkeypatch.context() as patched:
        patched.setattr("rag.seven_bits._BLOCK", 40)
        blocks = dict(laid_out({"one": stored}, threads))["one"]
    assert torch.equal(blocks(states), whole)
