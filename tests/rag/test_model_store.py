import hashlib
from pathlib import Path

import pytest
from tiny_gguf import write_tiny_gguf

from index.errors import BadInputError, NotReadyError
from rag import model_store
from rag.catalogue import CatalogueModel, catalogue
from rag.fetching import fetch_gguf
from rag.model_store import make_form, open_form, stored_gguf
from rag.runtime import as_runtime, is_hub_name, load_generator

COMMAND = "footnote models fetch tiny"


def nothing(*_: object) -> None:
    """Progress that nobody watches."""


@pytest.fixture
def form(tmp_path: Path) -> tuple[model_store.StoredModel, Path]:
    place = stored_gguf(write_tiny_gguf(tmp_path / "tiny.gguf"))
    return place, make_form(place, "int8", nothing)


def test_a_form_opens_as_it_was_made(form: tuple[model_store.StoredModel, Path]) -> None:
    place, folder = form
    assert open_form(place, "int8", COMMAND) == folder
    assert not list(place.folder.glob(".int8-*"))


@pytest.mark.parametrize(
    "name", ["model.safetensors", "tokenizer.json", "chat_template.jinja", "config.json"]
)
@pytest.mark.parametrize("harm", ["flip", "cut", "remove"])
def test_an_altered_file_is_named_with_the_command_that_mends(
    form: tuple[model_store.StoredModel, Path], name: str, harm: str
) -> None:
    place, folder = form
    data = bytearray((folder / name).read_bytes())
    if harm == "flip":
        data[len(data) // 2] ^= 1
        (folder / name).write_bytes(data)
    elif harm == "cut":
        (folder / name).write_bytes(data[:-1])
    else:
        (folder / name).unlink()
    with pytest.raises(NotReadyError, match=f"{name}.*{COMMAND}"):
        open_form(place, "int8", COMMAND)


def test_a_model_that_was_never_fetched_names_the_command() -> None:
    with pytest.raises(NotReadyError, match=r"footnote models fetch qwen2\.5-coder-1\.5b"):
        load_generator()


def test_an_unknown_name_lists_the_known_ones() -> None:
    with pytest.raises(BadInputError, match=r"gpt-9.*smollm2-135m"):
        load_generator("gpt-9")
    with pytest.raises(BadInputError, match="int8"):
        as_runtime("turbo")
    with pytest.raises(BadInputError, match="http"):
        load_generator(server="localhost:8000")


def test_a_hub_repository_is_used_only_after_it_was_fetched() -> None:
    assert is_hub_name("org/name")
    assert not is_hub_name("plain-name")
    assert not is_hub_name("../up/name")
    with pytest.raises(NotReadyError, match="footnote models fetch org/name"):
        load_generator("org/name")


def test_a_gguf_file_of_ones_own_is_converted_and_answers(tmp_path: Path) -> None:
    generator = load_generator(str(write_tiny_gguf(tmp_path / "mine.gguf")))
    assert generator.name == "mine.gguf"
    assert generator.count_tokens("the") == 1


def test_a_file_that_is_there_with_the_right_hash_is_not_fetched_again(tmp_path: Path) -> None:
    data = b"weights"
    model = CatalogueModel(
        title="t", licence="MIT", file="m.gguf", bytes=len(data), sha256=hashlib.sha256(data).hexdigest()
    )
    target = tmp_path / "m.gguf"
    target.write_bytes(data)
    assert fetch_gguf(model, target, nothing) == "local"
    target.write_bytes(b"another")
    with pytest.raises(NotReadyError, match=model.sha256):
        fetch_gguf(model, target, nothing)
    assert target.read_bytes() == b"another"


def test_the_catalogue_is_whole() -> None:
    known = catalogue()
    assert known.default in known.models
    for model in known.models.values():
        assert sum(carrier.bytes for carrier in model.packages) == model.bytes
