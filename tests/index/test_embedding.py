"""The embedding model: checked before it is loaded, and the same vectors as sentence-transformers."""

import shutil
from pathlib import Path

import numpy as np
import pytest
from fakes import HashingEmbedder

from index.embedding import LibraryMiniLM, MiniLM, checked_files, model_folder, pinned_files
from index.errors import NotReadyError

TEXTS = [
    "What platform will the new Fiesta use?",
    "Renault will build two electric cars for Ford on the AmpR small EV platform.",
    "The Normans came from Denmark, Iceland and Norway.",
    "Überraschung! 🚗 " * 120,
    "?",
]


@pytest.fixture
def folder(tmp_path: Path) -> Path:
    """A model folder whose weights are left out."""
    copied = tmp_path / "model"
    shutil.copytree(model_folder(), copied, ignore=shutil.ignore_patterns("model.safetensors"))
    (copied / "model.safetensors").symlink_to(model_folder() / "model.safetensors")
    return copied


def test_the_fingerprint_needs_no_model(tmp_path: Path) -> None:
    assert MiniLM(tmp_path / "nowhere").fingerprint == MiniLM().fingerprint
    assert len(MiniLM().fingerprint) == 64


@pytest.mark.models
@pytest.mark.parametrize("name", sorted(pinned_files()))
def test_an_altered_or_missing_file_is_refused(folder: Path, name: str) -> None:
    data = bytearray((folder / name).read_bytes())
    data[len(data) // 2] ^= 1
    (folder / name).unlink()
    (folder / name).write_bytes(data)
    expected = pinned_files()[name]
    with pytest.raises(
        NotReadyError, match=rf"{name}' was altered.*{expected}, but is \w+; run `make setup`"
    ):
        MiniLM(folder).encode(["text"])
    (folder / name).unlink()
    with pytest.raises(
        NotReadyError, match=rf"{name}' can't be read \(No such file.*{expected}; run `make setup`"
    ):
        MiniLM(folder).encode(["text"])


@pytest.mark.models
def test_related_sentences_are_nearer() -> None:
    question, related, unrelated, *_ = MiniLM().encode(TEXTS)
    assert question @ related > question @ unrelated + 0.2


@pytest.mark.models
@pytest.mark.filterwarnings("ignore::DeprecationWarning")
def test_vectors_are_those_of_sentence_transformers() -> None:
    expected = LibraryMiniLM().encode(TEXTS)
    vectors = MiniLM().encode(TEXTS)
    assert vectors.dtype == expected.dtype == np.float32
    np.testing.assert_allclose(vectors, expected, atol=2e-6)
    np.testing.assert_allclose(np.linalg.norm(vectors, axis=1), 1, atol=1e-5)


@pytest.mark.models
def test_no_texts_give_no_rows() -> None:
    assert MiniLM().encode([]).shape == LibraryMiniLM().encode([]).shape == (0, 384)
    assert set(checked_files(model_folder())) == set(pinned_files())


def test_the_fake_has_the_shape_of_the_real_one() -> None:
    vectors = HashingEmbedder().encode(["a car", "a car", "a boat"])
    assert vectors.dtype == np.float32
    np.testing.assert_allclose(np.linalg.norm(vectors, axis=1), 1, atol=1e-6)
    assert vectors[0] @ vectors[1] > vectors[0] @ vectors[2]
