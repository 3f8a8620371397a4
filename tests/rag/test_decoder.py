from pathlib import Path

import pytest
import torch
from tiny_gguf import write_tiny_gguf

import rag.decoder
from index.errors import NotReadyError
from rag.conversion import convert
from rag.decoder import Decoder
from rag.state import State

TEXT = [5, 80, 7, 200, 33, 34, 35, 36, 90, 91, 92]


def converted(folder: Path, architecture: str, form: str) -> Path:
    target = folder / f"{architecture}-{form}"
    target.mkdir()
    convert(
        write_tiny_gguf(folder / f"{architecture}.gguf", architecture), target, form, lambda done, of: None
    )
    return target


@pytest.fixture
def narrow(tmp_path: Path) -> Decoder:
    return Decoder(converted(tmp_path, "qwen2", "int8"), wide=False)


def every_start(decoder: Decoder) -> tuple[list[list[int]], list[State]]:
    """The text's beginnings, each from a blank state, so that the last states are those of every token."""
    starts = [TEXT[: end + 1] for end in range(len(TEXT))]
    return starts, [decoder.blank().branch(len(start)) for start in starts]


@pytest.mark.parametrize("architecture", ["qwen2", "llama"])
@pytest.mark.parametrize(("wide", "tolerance"), [(True, 1e-4), (False, 5e-2)])
def test_the_logits_are_those_of_transformers(
    tmp_path: Path, architecture: str, wide: bool, tolerance: float
) -> None:
    from transformers import AutoModelForCausalLM

    decoder = Decoder(converted(tmp_path, architecture, "int8"), wide)
    ours = decoder.logits(decoder.read(*every_start(decoder)))
    model = AutoModelForCausalLM.from_pretrained(
        str(converted(tmp_path, architecture, "transformers")), dtype=torch.float32
    )
    with torch.inference_mode():
        theirs = model(torch.tensor([TEXT])).logits[0]
    assert float((ours - theirs).norm() / theirs.norm()) < tolerance


def test_reading_in_pieces_is_reading_at_once(narrow: Decoder) -> None:
    whole = narrow.read([TEXT], [narrow.blank().branch(len(TEXT))])
    state = narrow.blank().branch(len(TEXT))
    for piece in (TEXT[:4], TEXT[4:5], TEXT[5:]):
        last = narrow.read([piece], [state])
    torch.testing.assert_close(last, whole, rtol=1e-3, atol=1e-3)


def test_what_was_read_before_packing_is_what_is_read_after_it(narrow: Decoder) -> None:
    before = narrow.logits(narrow.read(*every_start(narrow)))
    narrow.pack()
    assert torch.equal(narrow.logits(narrow.read(*every_start(narrow))), before)


@pytest.mark.parametrize("block", [1, 4, 10, 11])
def test_blocks_of_a_text_are_the_text(narrow: Decoder, monkeypatch: pytest.MonkeyPatch, block: int) -> None:
    whole = narrow.read(*every_start(narrow), layers=1)
    monkeypatch.setattr(rag.decoder, "BLOCK", block)
    starts, states = every_start(narrow)
    torch.testing.assert_close(narrow.read(starts, states, layers=1), whole, rtol=1e-3, atol=1e-3)
    assert [state.length for state in states] == [len(start) for start in starts]


def test_texts_read_together_do_not_see_each_other(narrow: Decoder) -> None:
    opening = narrow.blank().branch(4)
    narrow.read([TEXT[:4]], [opening])
    rests, states = [TEXT[4:7], TEXT, [9]], [opening.branch(3), narrow.blank().branch(11), opening.branch(1)]
    before = [narrow.blank() if state.length == 0 else opening for state in states]
    together = narrow.read(rests, states)
    for rest, state, found in zip(rests, before, together, strict=True):
        alone = narrow.read([rest], [state.branch(len(rest))])[0]
        torch.testing.assert_close(found, alone, rtol=1e-3, atol=1e-3)
    assert [state.length for state in states] == [7, 11, 5]


def test_a_branch_leaves_its_trunk_as_it_was(narrow: Decoder) -> None:
    trunk = narrow.blank().branch(4)
    narrow.read([TEXT[:4]], [trunk])
    kept = trunk.keys.clone()
    narrow.read([TEXT[4:]], [trunk.branch(20)])
    assert trunk.length == 4
    assert torch.equal(trunk.keys, kept)


@pytest.mark.parametrize("name", ["model.safetensors", "config.json"])
def test_a_broken_file_is_named(tmp_path: Path, name: str) -> None:
    folder = converted(tmp_path, "qwen2", "int8")
    (folder / name).write_bytes(b"{}")
    with pytest.raises(NotReadyError, match=name):
        Decoder(folder)
