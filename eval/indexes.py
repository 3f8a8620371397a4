"""Indexes to ask questions of: of a folder, of some files for a while, or of a single text."""

import tempfile
from collections.abc import Sequence
from pathlib import Path

from eval.goldset import shipped_gold
from index.build import build_index
from index.embedding import Embedder, LibraryMiniLM, MiniLM
from index.home import shipped_seeds, store_for
from index.store import Index, open_index
from rag.retrieval import Retriever


def fresh_index(seeds: Path, embedder: Embedder, builder: Embedder | None = None) -> Index:
    """The index of a folder, brought up to date.

    Args:
        seeds: The folder of articles.
        embedder: The one that questions are asked with.
        builder: What makes the vectors of new passages, if another is quicker at it.
    """
    store = store_for(seeds)
    build_index([seeds], store, builder or embedder)
    return open_index(store, embedder.fingerprint)


def own_sets() -> tuple[tuple[Path, Path], ...]:
    """Our own gold questions, on the shipped article and three invented ones, and the folders of these."""
    here = Path(__file__).parent
    invented = ("harbour-news", "pump-manual", "office-notice")
    sets = [(here / "gold" / f"{name}.jsonl", here / "articles") for name in invented]
    return ((shipped_gold(), shipped_seeds()), *sets)


def searched(seeds: Path) -> tuple[Index, Retriever]:
    """The index of a folder, brought up to date, and what is found in it, as the product does it."""
    embedder = MiniLM()
    index = fresh_index(seeds, embedder, LibraryMiniLM())
    return index, Retriever(index, embedder)


def temporary_index(paths: Sequence[Path], embedder: Embedder) -> Index:
    """An index of files and folders that is kept in memory only."""
    with tempfile.TemporaryDirectory(prefix="footnote-eval-") as store:
        build_index(paths, Path(store), embedder)
        return open_index(Path(store), embedder.fingerprint)


def index_of_text(name: str, text: str, embedder: Embedder) -> Index:
    """An index of one text, kept in memory only."""
    with tempfile.TemporaryDirectory(prefix="footnote-eval-") as folder:
        article = Path(folder) / name
        article.write_text(text, encoding="utf-8", newline="")
        return temporary_index([article], embedder)


def texts_of(index: Index) -> dict[str, str]:
    """The articles' texts by name."""
    return {name: article.text for name, article in index.articles.items()}
