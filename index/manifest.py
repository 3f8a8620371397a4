"""The manifest of a generation: what it was made from and with, and the hash of every file.

It is parsed strictly: unknown keys, unbounded numbers and file names outside the fixed set are refused, so a
crafted manifest can't point outside its folder.
"""

from typing import Annotated, Literal, get_args

from pydantic import AwareDatetime, BaseModel, ConfigDict, Field, model_validator

from index.chunking import Chunking

FileName = Literal[
    "articles.json",
    "passages.json",
    "vectors.faiss",
    "bm25-data.npy",
    "bm25-indices.npy",
    "bm25-indptr.npy",
    "bm25-words.json",
]
FILE_NAMES: tuple[FileName, ...] = get_args(FileName)

_Hash = Annotated[str, Field(pattern=r"\A[0-9a-f]{64}\z")]
_Short = Annotated[str, Field(min_length=1, max_length=200)]
_Count = Annotated[int, Field(ge=0, le=100_000_000)]


class _Strict(BaseModel):
    model_config = ConfigDict(extra="forbid", frozen=True, strict=True)


class FileRecord(_Strict):
    """The hash and size of one file."""

    sha256: _Hash
    size: Annotated[int, Field(ge=0, le=1 << 40)]


class ArticleRecord(_Strict):
    """One article that the generation holds."""

    name: Annotated[str, Field(min_length=1, max_length=4096)]
    sha256: _Hash
    passages: _Count


class ChunkingRecord(_Strict):
    """The window of a passage."""

    sentences: Annotated[int, Field(ge=1, le=1000)]
    characters: Annotated[int, Field(ge=1, le=1_000_000)]

    @classmethod
    def of(cls, chunking: Chunking) -> "ChunkingRecord":
        """The record of a chunking."""
        return cls(sentences=chunking.sentences, characters=chunking.characters)


class EmbeddingRecord(_Strict):
    """The model that made the vectors."""

    name: _Short
    fingerprint: _Short
    dimension: Annotated[int, Field(ge=1, le=65_536)]


class Recipe(_Strict):
    """All that decides what an index of the same articles holds."""

    reader: _Short
    splitter: _Short
    chunker: _Short
    lexical: _Short
    chunking: ChunkingRecord
    embedding: EmbeddingRecord


class Manifest(_Strict):
    """The table of contents of one generation."""

    schema_version: Literal[2]
    footnote: _Short
    created: AwareDatetime
    recipe: Recipe
    articles: Annotated[tuple[ArticleRecord, ...], Field(min_length=1, max_length=1_000_000)]
    passages: _Count
    files: dict[FileName, FileRecord]

    @model_validator(mode="after")
    def _is_whole(self) -> "Manifest":
        if set(self.files) != set(FILE_NAMES):
            raise ValueError(f"the files must be {', '.join(FILE_NAMES)}")
        if sum(article.passages for article in self.articles) != self.passages:
            raise ValueError("the articles' passages don't add up")
        return self

    def to_bytes(self) -> bytes:
        """The manifest as JSON."""
        return self.model_dump_json(indent=1).encode()

    @classmethod
    def from_bytes(cls, data: bytes) -> "Manifest":
        """The manifest in these bytes; a ValueError says what is wrong with them."""
        return cls.model_validate_json(data)
