"""What a generation gives to the next one: texts that need not be read again, and vectors."""

from index.dense import FaissStore, Vectors
from index.generations import Generation
from index.manifest import Recipe
from index.reading import Source, is_document
from index.store import unpack_articles, unpack_passages
from index.structure import searched_texts


def known_sources(current: Generation | None, recipe: Recipe) -> tuple[Source, ...]:
    """The documents of the current generation, so that only changed ones are parsed again."""
    if current is None or current.manifest.recipe.reader != recipe.reader:
        return ()
    if not any(is_document(article.name) for article in current.manifest.articles):
        return ()
    try:
        return tuple(source for source in sources_of(current) if is_document(source.name))
    except (ValueError, TypeError, LookupError):
        return ()


def sources_of(generation: Generation) -> list[Source]:
    """The texts of all its articles."""
    return [
        Source(article.name, article.text, article.sha256, article.places, article.hidden)
        for article in unpack_articles(generation.files["articles.json"]).values()
    ]


def known_vectors(current: Generation | None, recipe: Recipe) -> dict[str, Vectors]:
    """Vectors of the current generation by what is searched, when the same model made them of the same."""
    if current is None:
        return {}
    before = current.manifest.recipe
    if (before.embedding, before.chunker) != (recipe.embedding, recipe.chunker):
        return {}
    try:
        articles = unpack_articles(current.files["articles.json"])
        passages = unpack_passages(current.files["passages.json"], articles)
        rows = FaissStore.from_bytes(current.files["vectors.faiss"]).vectors
        return dict(zip(searched_texts(passages, articles), rows, strict=False))
    except (ValueError, TypeError, LookupError):
        return {}
