from pathlib import Path

import pytest
import torch
from tiny_gguf import write_tiny_gguf

from index.errors import NotReadyError
from rag.conversion import convert
from rag.decoder import Decoder

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


@pytest.mark.parametrize("architecture", ["qwen2", "llama"])
@pytest.mark.parametrize(("wide", "tolerance"), [(True, 1e-4), (False, 5e-2)])
def test_the_logits_are_those_of_transformers(
    tmp_path: Path, architecture: str, wide: bool, tolerance: float
) -> None:
    from transformers import AutoModelForCausalLM

    decoder = Decoder(converted(tmp_path, architecture, "int8"), wide)
    ours = decoder.logits(decoder.read(TEXT, decoder.blank().branch(len(TEXT))))
    model = AutoModelForCausalLM.from_pretrained(
        str(converted(tmp_path, architecture, "transformers")), dtype=torch.float32
    )
    with torch.inference_mode():
        theirs = model(torch.tensor([TEXT])).logits[0]
    assert float((ours - theirs).norm() / theirs.norm()) < tolerance


def test_reading_in_pieces_is_reading_at_once(narrow: Decoder) -> None:
    whole = narrow.read(TEXT, narrow.blank().branch(len(TEXT)))
    state = narrow.blank().branch(len(TEXT))
    pieces = torch.cat(
        [narrow.read(TEXT[:4], state), narrow.read(TEXT[4:5], state), narrow.read(TEXT[5:], state)]
    )
    torch.testing.assert_close(pieces, whole, rtol=1e-3, atol=1e-3)


def test_texts_read_apart_do_not_see_each_other(narrow: Decoder) -> None:
    opening = narrow.blank().branch(4)
    narrow.read(TEXT[:4], opening)
    rests = [TEXT[4:7], TEXT[7:], [9]]
    apart = narrow.read_apart(rests, opening)
    for rest, found in zip(rests, apart, strict=True):
        alone = narrow.read(rest, opening.branch(len(rest)))[-1]
        torch.testing.assert_close(found, alone, rtol=1e-3, atol=1e-3)


def test_a_branch_leaves_its_trunk_as_it_was(narrow: Decoder) -> None:
    trunk = narrow.blank().branch(4)
    narrow.read(TEXT[:4], trunk)
    kept = trunk.keys.clone()
    narrow.read(TEXT[4:], trunk.branch(20))
    assert trunk.length == 4
    assert torch.equal(trunk.keys, kept)


@pytest.mark.parametrize("name", ["model.safetensors", "config.json"])
def test_a_broken_file_is_named(tmp_path: Path, name: str) -> None:
    folder = converted(tmp_path, "qwen2", "int8")
    (folder / name).write_bytes(b"{}")
    with pytest.raises(NotReadyError, match=name):
        Decoder(folder)
