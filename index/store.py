"""The index as the rest of Footnote sees it: articles, passages and the two ways to search them."""

import json
from collections.abc import Mapping
from dataclasses import dataclass
from pathlib import Path

from index import generations, lexical
from index.article import Article, Paragraph, Passage, Place, Sentence
from index.dense import FaissStore, VectorStore
from index.errors import BadInputError, NotReadyError
from index.generations import Generation
from index.lexical import LexicalStore
from index.manifest import FileName, Manifest

COMMAND = "footnote index"


@dataclass(frozen=True, slots=True)
class Index:
    """One generation in memory; row `i` of both stores is ``passages[i]``."""

    generation: str
    manifest: Manifest
    articles: Mapping[str, Article]
    passages: tuple[Passage, ...]
    dense: VectorStore
    lexical: LexicalStore
    spans: Mapping[str, range]

    def rows(self, article: str | None = None) -> range:
        """The rows of one article's passages, or all rows."""
        if article is None:
            return range(len(self.passages))
        self.article(article)
        return self.spans[article]

    def article(self, name: str) -> Article:
        """The article of that name; a BadInputError lists those there are."""
        if name not in self.articles:
            known = ", ".join(list(self.articles)[:5]) + (", …" if len(self.articles) > 5 else "")
            raise BadInputError(f"There is no article {name[:100]!r} in the index; it has: {known}.")
        return self.articles[name]


def open_index(store: Path, fingerprint: str | None = None, command: str = COMMAND) -> Index:
    """Opens the current generation of a store, verified; nothing is written.

    Args:
        store: the store's folder.
        fingerprint: that of the embedder which will encode the questions.
        command: what the user runs to build the index, for the messages.

    Raises:
        NotReadyError: when there is no index, or it is damaged or was made for other tools.
    """
    generation = generations.load(store, command)
    recipe = generation.manifest.recipe
    if fingerprint is not None and recipe.embedding.fingerprint != fingerprint:
        raise NotReadyError(
            f"The index was made with the embedding model {recipe.embedding.name} "
            f"({recipe.embedding.fingerprint}), but this one is {fingerprint}; "
            f"run `{command}` to build it again."
        )
    if recipe.lexical != lexical.recipe():
        raise NotReadyError(
            f"The index was made with word scores {recipe.lexical!r}, but these are {lexical.recipe()!r}; "
            f"run `{command}` to build it again."
        )
    return _parsed(generation, store, command)


def pack_articles(articles: tuple[Article, ...]) -> bytes:
    """The content of ``articles.json``."""
    return _json(
        [
            {
                "name": article.name,
                "sha256": article.sha256,
                "text": article.text,
                "paragraphs": [[p.start, p.end] for p in article.paragraphs],
                "sentences": [[s.start, s.end, s.paragraph] for s in article.sentences],
                "places": [[p.start, p.page, p.section, p.level] for p in article.places],
                "hidden": article.hidden,
            }
            for article in articles
        ]
    )


def unpack_articles(data: bytes) -> dict[str, Article]:
    """The articles by name."""
    return {
        item["name"]: Article(
            item["name"],
            item["text"],
            item["sha256"],
            tuple(Paragraph(*numbers) for numbers in item["paragraphs"]),
            tuple(Sentence(*numbers) for numbers in item["sentences"]),
            tuple(Place(*values) for values in item["places"]),
            item["hidden"],
        )
        for item in json.loads(data)
    }


def pack_passages(passages: tuple[Passage, ...]) -> bytes:
    """The content of ``passages.json``: texts are not repeated, for the articles have them."""
    return _json([[p.id, p.article, p.first, p.last] for p in passages])


def unpack_passages(data: bytes, articles: Mapping[str, Article]) -> tuple[Passage, ...]:
    """The passages in row order."""
    found = []
    for identity, name, first, last in json.loads(data):
        article = articles[name]
        start, end = article.sentences[first].start, article.sentences[last - 1].end
        found.append(Passage(identity, name, start, end, first, last, article.text[start:end]))
    return tuple(found)


def _json(value: object) -> bytes:
    return json.dumps(value, ensure_ascii=False, separators=(",", ":")).encode()


def _parsed(generation: Generation, store: Path, command: str) -> Index:
    files, manifest = generation.files, generation.manifest
    part: FileName = "articles.json"
    try:
        articles = unpack_articles(files[part])
        part = "passages.json"
        passages = unpack_passages(files[part], articles)
        part = "vectors.faiss"
        dense = FaissStore.from_bytes(files[part])
        if (len(dense), dense.dimension) != (manifest.passages, manifest.recipe.embedding.dimension):
            raise ValueError(f"it has {len(dense)} rows of {dense.dimension}, not as the manifest says")
        part = "bm25-words.json"
        words = LexicalStore.from_files(files, len(passages))
    except (ValueError, TypeError, LookupError, EOFError) as error:
        raise generations.corrupt_file(generation, store, part, error, command) from error
    spans, row = {}, 0
    for article in manifest.articles:
        spans[article.name] = range(row, row + article.passages)
        row += article.passages
    return Index(generation.identity, manifest, articles, passages, dense, words, spans)
