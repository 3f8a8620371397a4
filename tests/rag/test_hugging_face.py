from pathlib import Path

import pytest
from tiny_gguf import write_tiny_gguf

from index.errors import NotReadyError
from rag.conversion import convert
from rag.generator import Decoding, Prompt
from rag.generators.hugging_face import TransformersGenerator
from rag.generators.int8 import Int8Generator

PROMPT = Prompt("Be brief.", "The article: the cat sat.\n\n", "Who sat?")


@pytest.fixture(scope="module")
def folders(tmp_path_factory: pytest.TempPathFactory) -> tuple[Path, Path]:
    """The same tiny model in both forms."""
    folder = tmp_path_factory.mktemp("model")
    source = write_tiny_gguf(folder / "tiny.gguf")
    for form in ("int8", "transformers"):
        (folder / form).mkdir()
        convert(source, folder / form, form, lambda done, of: None)
    return folder / "int8", folder / "transformers"


def test_both_runtimes_write_the_same_text_and_give_the_same_chances(folders: tuple[Path, Path]) -> None:
    quick = Int8Generator(folders[0], "tiny", threads=1)
    plain = TransformersGenerator(folders[1], "tiny")
    decoding = Decoding(max_tokens=12, stop=())
    assert "".join(quick.stream(PROMPT, decoding)) == "".join(plain.stream(PROMPT, decoding))
    words = ("a", "the", "Z")
    (ours,), (theirs,) = quick.first_words([PROMPT], words), plain.first_words([PROMPT], words)
    assert ours == pytest.approx(theirs, abs=1e-2)
    assert plain.count_tokens("the") == quick.count_tokens("the") == 1


def test_cancelling_ends_the_text(folders: tuple[Path, Path]) -> None:
    decoding = Decoding(max_tokens=300, stop=())
    pieces = TransformersGenerator(folders[1], "tiny").stream(PROMPT, decoding)
    next(pieces)
    decoding.cancelled.set()
    assert len("".join(pieces)) < 250


def test_a_folder_without_a_model_is_named(tmp_path: Path) -> None:
    with pytest.raises(NotReadyError, match=str(tmp_path)):
        TransformersGenerator(tmp_path, "nothing")
