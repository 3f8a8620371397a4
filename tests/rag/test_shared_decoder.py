import threading
import time
from collections.abc import Callable, Sequence
from concurrent.futures import ThreadPoolExecutor
from pathlib import Path
from typing import TYPE_CHECKING

import pytest
import torch
from tiny_gguf import write_tiny_gguf

from rag.conversion import convert
from rag.decoder import Decoder
from rag.shared_decoder import SharedDecoder
from rag.state import State

if TYPE_CHECKING:
    from torch import Tensor

TEXTS = [[5, 80, 7], [200], [33, 34, 35, 36, 90, 91, 92, 8, 9, 10, 11], [12, 13]]


class GatedDecoder(Decoder):
    """Waits before its first pass until it may go on; `passes` tells how many texts each had."""

    def __init__(self, folder: Path) -> None:
        super().__init__(folder, wide=False)
        self.open = threading.Event()
        self.passes: list[int] = []

    def read_each(
        self, texts: Sequence[Sequence[int]], states: Sequence[State], layers: int | None = None
    ) -> "Tensor":
        self.passes.append(len(texts))
        assert self.open.wait(20)
        return super().read_each(texts, states, layers)


@pytest.fixture
def gated(tmp_path: Path) -> GatedDecoder:
    target = tmp_path / "form"
    target.mkdir()
    convert(write_tiny_gguf(tmp_path / "tiny.gguf"), target, "int8", lambda done, of: None)
    return GatedDecoder(target)


def at_once(
    gated: GatedDecoder, shared: SharedDecoder, steps: Sequence[Callable[[], "Tensor"]]
) -> list[object]:
    """What each step gives, or its error, when all but the first have to wait for the first."""

    def result(step: Callable[[], "Tensor"]) -> object:
        try:
            return step()
        except Exception as error:
            return error

    with ThreadPoolExecutor(len(steps)) as pool:
        results = [pool.submit(result, steps[0])]
        wait_until(lambda: len(gated.passes) == 1)
        results += [pool.submit(result, step) for step in steps[1:]]
        wait_until(lambda: len(shared._waiting) == len(steps) - 1)
        gated.open.set()
        return [one.result() for one in results]


def wait_until(held: Callable[[], bool]) -> None:
    for _ in range(2000):
        if held():
            return
        time.sleep(0.01)
    raise AssertionError("it never came to that")


def test_steps_that_wait_are_computed_together_and_give_what_each_gives_alone(gated: GatedDecoder) -> None:
    shared = SharedDecoder(gated)

    def step(text: list[int]) -> Callable[[], "Tensor"]:
        return lambda: shared.scores_each(text, gated.blank().branch(len(text)))

    found = at_once(gated, shared, [step(text) for text in TEXTS])
    assert gated.passes == [1, 3]
    for text, scores in zip(TEXTS, found, strict=True):
        alone = step(text)()
        assert isinstance(scores, torch.Tensor)
        assert torch.equal(scores, alone)


def test_different_wishes_may_share_a_pass_but_not_through_other_layers(gated: GatedDecoder) -> None:
    shared = SharedDecoder(gated)
    ways: list[Callable[[list[State]], Tensor]] = [
        lambda states: shared.read(TEXTS, states, 1),
        lambda states: shared.read(TEXTS, states),
        lambda states: shared.scores(TEXTS, states),
        lambda states: shared.read(TEXTS, states, 1),
    ]

    def blanks() -> list[State]:
        return [gated.blank().branch(len(text)) for text in TEXTS]

    found = at_once(gated, shared, [lambda way=way: way(blanks()) for way in ways])  # type: ignore[misc]
    assert sorted(gated.passes) == [4, 4, 8]
    for way, together in zip(ways, found, strict=True):
        assert isinstance(together, torch.Tensor)
        assert torch.equal(together, way(blanks()))
    assert torch.equal(shared.read(TEXTS, blanks()), gated.read(TEXTS, blanks()))


def test_what_is_wrong_with_one_harms_no_other(gated: GatedDecoder) -> None:
    shared = SharedDecoder(gated)
    wrong = [10**9]

    def step(text: list[int]) -> Callable[[], "Tensor"]:
        return lambda: shared.scores([text], [gated.blank().branch(len(text))])

    first, second, third = at_once(gated, shared, [step(TEXTS[0]), step(wrong), step(TEXTS[2])])
    assert isinstance(second, IndexError)
    assert isinstance(first, torch.Tensor)
    assert isinstance(third, torch.Tensor)
    assert torch.equal(third, step(TEXTS[2])())
