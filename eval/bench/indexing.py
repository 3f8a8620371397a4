"""Indexing against the bare embedding of the same passages by sentence-transformers, turn by turn."""

import tempfile
import time
from collections.abc import Callable, Iterator, Sequence
from pathlib import Path

from eval.bench.corpus import write_corpus
from eval.bench.measure import Goal, Measure, Readings
from eval.bench.world import World
from index.build import build_index
from index.embedding import Embedder, LibraryMiniLM, model_folder
from index.store import open_index

_PASSAGES = 1_000

RATE = Measure("indexing.rate", f"indexing {_PASSAGES:,} new passages", "passages/s")
BARE = Measure("indexing.bare", "sentence-transformers, encode alone", "passages/s")
RATIO = Measure("indexing.ratio", "indexing against encode alone", "times", Goal(0.9, "at_least"))


def rounds(world: World) -> Iterator[Readings]:
    """Indexes a folder from nothing, then encodes its passages."""
    embedder, encode = embedder_of_builds(), bare_encoder()
    with tempfile.TemporaryDirectory(prefix="footnote-bench-") as made:
        folder = Path(made) / "articles"
        folder.mkdir()
        write_corpus(folder, world.article.text, _PASSAGES)
        build_index([folder], Path(made) / "first", embedder)
        index = open_index(Path(made) / "first")
        texts = [passage.text for passage in index.passages]
        while True:
            ours = _seconds_to_index(folder, embedder)
            before = time.perf_counter()
            encode(texts)
            bare = time.perf_counter() - before
            yield {RATE: len(texts) / ours, BARE: len(texts) / bare, RATIO: bare / ours}


def embedder_of_builds() -> Embedder:
    """What makes the vectors in ``footnote index``."""
    return LibraryMiniLM()


def bare_encoder() -> Callable[[Sequence[str]], object]:
    """The library's own way to encode, as its documentation shows it."""
    from sentence_transformers import SentenceTransformer
    from transformers.utils import logging

    hide: Callable[[], None] = logging.disable_progress_bar
    hide()
    model = SentenceTransformer(str(model_folder()), device="cpu", local_files_only=True)
    return lambda texts: model.encode(list(texts), show_progress_bar=False)


def _seconds_to_index(folder: Path, embedder: Embedder) -> float:
    with tempfile.TemporaryDirectory(prefix="footnote-bench-") as store:
        before = time.perf_counter()
        build_index([folder], Path(store), embedder)
        return time.perf_counter() - before
