from pathlib import Path

import numpy as np
import pytest
from tiny_gguf import write_tiny_gguf

from index.errors import NotReadyError
from rag.chat_template import ChatTemplate
from rag.conversion import convert
from rag.generator import Prompt
from rag.gguf_file import GgufModel, undo_interleaving

PROMPT = Prompt("Be brief.", "The article: the cat sat.\n\n", "Where did it sit?")


def converted(folder: Path, architecture: str, form: str) -> Path:
    source = folder / f"{architecture}.gguf"
    if not source.exists():
        write_tiny_gguf(source, architecture)
    target = folder / f"{architecture}-{form}"
    target.mkdir()
    convert(source, target, form, lambda done, of: None)
    return target


@pytest.mark.parametrize("architecture", ["qwen2", "llama"])
def test_the_tokenizer_is_the_one_that_transformers_reads(tmp_path: Path, architecture: str) -> None:
    from transformers import AutoTokenizer

    folder = converted(tmp_path, architecture, "transformers")
    ours = GgufModel(tmp_path / f"{architecture}.gguf").tokenizer()
    theirs = AutoTokenizer.from_pretrained(str(folder))
    for text in ("the cat, the end.", "1234 km – “café” 👩‍🍳\n\n  x", "<|im_end|> and <|im_start|>"):
        assert (
            ours.encode(text, add_special_tokens=False).ids
            == theirs(text, add_special_tokens=False).input_ids
        )
        assert ours.decode(ours.encode(text).ids, skip_special_tokens=False) == text


def test_the_template_is_cut_where_its_parts_begin(tmp_path: Path) -> None:
    parts = ChatTemplate.load(converted(tmp_path, "qwen2", "int8")).parts(PROMPT)
    assert parts.opening.endswith(f"{PROMPT.system}<|im_end|>\n<|im_start|>user\n")
    assert parts.context == "The article: the cat sat.\n\n"
    assert parts.rest == "Where did it sit?<|im_end|>\n<|im_start|>assistant\n"


def test_a_file_that_is_no_gguf_is_named(tmp_path: Path) -> None:
    path = tmp_path / "broken.gguf"
    path.write_bytes(b"not a model at all" * 10)
    with pytest.raises(NotReadyError, match=r"broken\.gguf"):
        GgufModel(path)


def test_a_family_that_can_not_be_converted_is_named(tmp_path: Path) -> None:
    import gguf

    path = tmp_path / "other.gguf"
    writer = gguf.GGUFWriter(str(path), "mamba")
    writer.write_header_to_file()
    writer.write_kv_data_to_file()
    writer.write_tensors_to_file()
    writer.close()
    with pytest.raises(NotReadyError, match="mamba"):
        GgufModel(path)


def test_interleaved_rotary_rows_are_put_back() -> None:
    rows = np.arange(8, dtype=np.float32).reshape(
        8, 1
    )  # two heads of four rows: halves 0 1 | 2 3 and 4 5 | 6 7
    stored = np.array([0, 2, 1, 3, 4, 6, 5, 7], dtype=np.float32).reshape(8, 1)
    np.testing.assert_array_equal(undo_interleaving(stored, heads=2), rows)
