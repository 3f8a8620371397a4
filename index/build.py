"""Builds an index of articles: read, split, cut into passages, embed what is new, publish."""

import time
from collections.abc import Callable, Collection, Iterator, Mapping, Sequence
from contextlib import contextmanager
from dataclasses import dataclass, field
from datetime import UTC, datetime
from importlib.metadata import version
from pathlib import Path

import numpy as np

from index import chunking as chunker
from index import generations, lexical, reading, splitting
from index.article import Article
from index.chunking import Chunking, passages_of
from index.dense import FaissStore, Vectors
from index.embedding import Embedder
from index.errors import NotReadyError
from index.generations import Generation
from index.lexical import LexicalStore
from index.manifest import ArticleRecord, ChunkingRecord, EmbeddingRecord, FileName, Manifest, Recipe
from index.reading import Source, read_sources
from index.reuse import known_sources, known_vectors, sources_of
from index.splitting import article_of
from index.store import COMMAND, pack_articles, pack_passages
from index.structure import searched_texts

BATCH = 256
Progress = Callable[[str, int, int], None]


@dataclass(frozen=True, slots=True)
class BuildReport:
    """What a build did; `seconds` has one entry a step.

    `hidden` counts the pieces of hidden text that were found in the articles and left out.
    """

    generation: str
    articles: int
    passages: int
    embedded: int
    reused: int
    unchanged: bool
    hidden: int
    seconds: Mapping[str, float] = field(default_factory=dict)


def build_index(
    paths: Sequence[Path],
    store: Path,
    embedder: Embedder,
    chunking: Chunking | None = None,
    progress: Progress = lambda step, done, total: None,
) -> BuildReport:
    """Makes the store hold exactly these articles; what is unchanged is not embedded again.

    Args:
        paths: article files, or folders of them.
        store: the store's folder, which is made when missing.
        embedder: makes the vectors; it is not asked for any when nothing changed.
        chunking: the window of a passage.
        progress: told the step, and how much of it is done.

    Raises:
        BadInputError: when a path can't be read as articles.
        NotReadyError: when the store is locked or can't be written.
    """
    clock = _Clock()
    recipe = _recipe(embedder, chunking or Chunking())
    with generations.writing(store):
        with clock.step("compare"):
            current = _current(store)
            known = known_sources(current, recipe)
        with clock.step("read"):
            sources = read_sources(paths, known)
        if current is not None and _is_unchanged(current.manifest, recipe, sources):
            manifest = current.manifest
            count = len(manifest.articles), manifest.passages
            hidden = sum(source.hidden for source in sources)
            return BuildReport(current.identity, *count, 0, manifest.passages, True, hidden, clock.seconds)
        return _rebuilt(store, sources, recipe, embedder, current, progress, clock)


def change_index(
    store: Path,
    embedder: Embedder,
    added: Sequence[Source] = (),
    removed: Collection[str] = (),
    progress: Progress = lambda step, done, total: None,
) -> BuildReport:
    """Makes the store hold what it holds already, with these articles added or replaced, or taken out.

    Args:
        store: the store's folder, which has an index.
        embedder: makes the vectors of what is new.
        added: articles; one of the same name goes.
        removed: names of articles.
        progress: told the step, and how much of it is done.

    Raises:
        NotReadyError: when the store is locked or can't be written, or its index was made in another way.
    """
    clock = _Clock()
    with generations.writing(store):
        current = generations.load(store, COMMAND)
        recipe = current.manifest.recipe
        if recipe != _recipe(embedder, Chunking(recipe.chunking.sentences, recipe.chunking.characters)):
            raise NotReadyError(f"The index was made by another Footnote; run `{COMMAND}` to build it again.")
        left_out = {*removed, *(source.name for source in added)}
        kept = [source for source in sources_of(current) if source.name not in left_out]
        sources = tuple(sorted([*kept, *added], key=lambda source: source.name))
        return _rebuilt(store, sources, recipe, embedder, current, progress, clock)


def _rebuilt(
    store: Path,
    sources: tuple[Source, ...],
    recipe: Recipe,
    embedder: Embedder,
    current: Generation | None,
    progress: Progress,
    clock: "_Clock",
) -> BuildReport:
    with clock.step("split"):
        articles = tuple(article_of(source) for source in sources)
        window = Chunking(recipe.chunking.sentences, recipe.chunking.characters)
        per_article = [passages_of(article, window) for article in articles]
        passages = tuple(passage for found in per_article for passage in found)
    with clock.step("embed"):
        known = known_vectors(current, recipe)
        texts = searched_texts(passages, {article.name: article for article in articles})
        vectors, embedded = _vectors(texts, known, embedder, progress)
    with clock.step("words"):
        words = LexicalStore.of(texts)
    with clock.step("write"):
        files: dict[FileName, bytes] = {
            "articles.json": pack_articles(articles),
            "passages.json": pack_passages(passages),
            "vectors.faiss": FaissStore.of(vectors).to_bytes(),
            **words.to_files(),
        }
        counts = [len(found) for found in per_article]
        identity = generations.publish(store, _manifest(recipe, articles, counts, files), files)
    reused = len(passages) - embedded
    hidden = sum(article.hidden for article in articles)
    return BuildReport(identity, len(articles), len(passages), embedded, reused, False, hidden, clock.seconds)


def _recipe(embedder: Embedder, chunking: Chunking) -> Recipe:
    return Recipe(
        reader=reading.recipe(),
        splitter=f"{splitting.VERSION} sentencex-{version('sentencex')}",
        chunker=chunker.VERSION,
        lexical=lexical.recipe(),
        chunking=ChunkingRecord.of(chunking),
        embedding=EmbeddingRecord(
            name=embedder.name, fingerprint=embedder.fingerprint, dimension=embedder.dimension
        ),
    )


def _manifest(
    recipe: Recipe, articles: tuple[Article, ...], counts: list[int], files: Mapping[FileName, bytes]
) -> Manifest:
    return Manifest(
        schema_version=2,
        footnote=version("footnote"),
        created=datetime.now(UTC),
        recipe=recipe,
        articles=tuple(
            ArticleRecord(name=article.name, sha256=article.sha256, passages=count)
            for article, count in zip(articles, counts, strict=True)
        ),
        passages=sum(counts),
        files={name: generations.record(data) for name, data in files.items()},
    )


def _current(store: Path) -> Generation | None:
    """The generation there is, if it is whole; a damaged one is built afresh."""
    try:
        return generations.load(store, COMMAND)
    except NotReadyError:
        return None


def _is_unchanged(manifest: Manifest, recipe: Recipe, sources: tuple[Source, ...]) -> bool:
    before = [(article.name, article.sha256) for article in manifest.articles]
    return manifest.recipe == recipe and before == [(source.name, source.sha256) for source in sources]


def _vectors(
    texts: Sequence[str], known: dict[str, Vectors], embedder: Embedder, progress: Progress
) -> tuple[Vectors, int]:
    """One row a text, and how many texts were embedded for it."""
    new = sorted(set(texts) - known.keys(), key=lambda text: (len(text), text))
    made: dict[str, Vectors] = {}
    for start in range(0, len(new), BATCH):
        progress("embed", start, len(new))
        batch = new[start : start + BATCH]
        rows = embedder.encode(batch)
        if rows.shape != (len(batch), embedder.dimension) or not np.isfinite(rows).all():
            raise ValueError(f"{embedder.name} gave {rows.shape} for {len(batch)} texts, or not numbers")
        made.update(zip(batch, rows, strict=True))
    progress("embed", len(new), len(new))
    vectors = np.stack([made[text] if text in made else known[text] for text in texts])
    return vectors.astype(np.float32, copy=False), sum(text in made for text in texts)


class _Clock:
    """Seconds by step."""

    def __init__(self) -> None:
        self.seconds: dict[str, float] = {}

    @contextmanager
    def step(self, name: str) -> Iterator[None]:
        start = time.perf_counter()
        try:
            yield
        finally:
            self.seconds[name] = time.perf_counter() - start
