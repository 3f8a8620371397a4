"""Opens everything that a question needs: the index, the embedder and the generator."""

import gc
import time
from collections.abc import Iterator
from concurrent.futures import ThreadPoolExecutor
from contextlib import contextmanager
from pathlib import Path
from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from rag.pipeline import Pipeline


@contextmanager
def collecting_nothing() -> Iterator[None]:
    """While this is open no garbage is looked for; what was made meanwhile is never looked through again.

    For starting: modules and models are no garbage, and looking through them takes a tenth of the time.
    """
    gc.disable()
    try:
        yield
    finally:
        gc.freeze()
        gc.enable()


def store_of(seeds: Path | None) -> Path:
    """The store of a folder, or the default one."""
    from index.home import default_store, store_for

    return store_for(seeds) if seeds else default_store()


def open_pipeline(
    seeds: Path | None, model: str | None, runtime: str, server: str | None
) -> "tuple[Pipeline, float]":
    """The pipeline, and the seconds that opening it took.

    Args:
        seeds: A folder with an index of its own, brought up to date first; None is the default index.
        model: See `rag.runtime.load_generator`.
        runtime: Likewise.
        server: Likewise.
    """
    from index.embedding import MiniLM
    from index.store import open_index
    from rag.pipeline import Pipeline
    from rag.runtime import as_runtime, load_generator
    from ui.indexing import run_build

    started = time.perf_counter()
    checked = as_runtime(runtime)
    embedder = MiniLM()
    store = store_of(seeds)
    if seeds is not None:
        run_build([seeds], store)
    index = open_index(store, embedder.fingerprint)
    with collecting_nothing(), ThreadPoolExecutor(1) as pool:
        warm = pool.submit(embedder.load)
        generator = load_generator(model, checked, server)
        warm.result()
    return Pipeline(index, embedder, generator), time.perf_counter() - started
