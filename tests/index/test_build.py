"""Building: what is embedded again, what is not, and what the report says."""

from collections.abc import Sequence
from pathlib import Path

import numpy as np
import pytest
from fakes import HashingEmbedder

from index import reading
from index.article import Place
from index.build import build_index
from index.chunking import Chunking
from index.documents import isolation
from index.documents.extract import Extract
from index.embedding import Vectors
from index.errors import BadInputError
from index.store import open_index


class NoEmbedder(HashingEmbedder):
    """Must not be asked for vectors."""

    def encode(self, texts: Sequence[str]) -> Vectors:
        """Fails."""
        raise AssertionError(f"asked to encode {texts}")


@pytest.fixture
def folder(tmp_path: Path) -> Path:
    seeds = tmp_path / "seeds"
    seeds.mkdir()
    (seeds / "a.txt").write_text("One is here. Two is there. Three is gone.", encoding="utf-8")
    (seeds / "b.txt").write_text("Four is late.\nFive is early.", encoding="utf-8")
    return seeds


def test_the_report_counts_and_progress_is_told(tmp_path: Path, folder: Path) -> None:
    told: list[tuple[str, int, int]] = []
    report = build_index(
        [folder], tmp_path / "store", HashingEmbedder(), progress=lambda *step: told.append(step)
    )
    assert (report.articles, report.passages, report.embedded, report.reused) == (2, 5, 5, 0)
    assert not report.unchanged
    assert report.hidden == 0
    assert set(report.seconds) == {"read", "compare", "split", "embed", "words", "write"}
    assert told == [("embed", 0, 5), ("embed", 5, 5)]


def test_an_unchanged_folder_is_not_embedded_or_written(tmp_path: Path, folder: Path) -> None:
    first = build_index([folder], tmp_path / "store", HashingEmbedder())
    again = build_index([folder], tmp_path / "store", NoEmbedder())
    assert again.unchanged
    assert (again.generation, again.passages, again.reused) == (first.generation, 5, 5)


def test_documents_are_parsed_once_and_what_they_hide_is_counted_and_not_found(
    tmp_path: Path, folder: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    page = "<h1>Pier</h1><p>Six is new.<!-- Marker one --></p><p style='display:none'>Marker two.</p>"
    (folder / "c.html").write_text(page, encoding="utf-8")
    first = build_index([folder], tmp_path / "store", HashingEmbedder())
    monkeypatch.setattr(isolation, "extract", None)
    again = build_index([folder], tmp_path / "store", NoEmbedder())
    assert (first.hidden, again.hidden, again.unchanged) == (2, 2, True)
    index = open_index(tmp_path / "store")
    assert [passage.text for passage in index.passages if passage.article == "c.html"] == [
        *["Pier", "Six is new."]
    ]
    assert not index.lexical.scores("marker").any()
    assert index.article("c.html").place(8) == Place(0, section="Pier", level=1)


def test_another_reader_parses_again(tmp_path: Path, folder: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    (folder / "c.html").write_text("<p>Six is new.", encoding="utf-8")
    build_index([folder], tmp_path / "store", HashingEmbedder())
    monkeypatch.setattr(reading, "VERSION", "0")
    monkeypatch.setattr(isolation, "extract", lambda data, suffix: Extract("Seven is newer."))
    report = build_index([folder], tmp_path / "store", HashingEmbedder())
    assert not report.unchanged
    assert open_index(tmp_path / "store").article("c.html").text == "Seven is newer."


def test_only_new_passages_are_embedded(tmp_path: Path, folder: Path) -> None:
    store = tmp_path / "store"
    build_index([folder], store, HashingEmbedder())
    (folder / "a.txt").write_text("Zero. One is here. Two is there.", encoding="utf-8")
    (folder / "c.txt").write_text("Five is early. Zero.", encoding="utf-8")
    embedder = HashingEmbedder()
    report = build_index([folder], store, embedder)
    assert embedder.encoded == ["Zero."]
    assert (report.passages, report.embedded, report.reused) == (7, 2, 5)
    index = open_index(store)
    for row, passage in enumerate(index.passages):
        scores, found = index.dense.search(HashingEmbedder().encode([passage.text]), 1, range(row, row + 1))
        assert found[0, 0] == row
        assert scores[0, 0] == pytest.approx(1)


def test_incremental_equals_afresh(tmp_path: Path, folder: Path) -> None:
    build_index([folder], tmp_path / "one", HashingEmbedder())
    (folder / "a.txt").write_text("Two is there. Six is new.", encoding="utf-8")
    build_index([folder], tmp_path / "one", HashingEmbedder())
    build_index([folder], tmp_path / "two", HashingEmbedder())
    one, two = open_index(tmp_path / "one"), open_index(tmp_path / "two")
    assert one.passages == two.passages
    assert one.articles == two.articles
    assert one.manifest.files == two.manifest.files


def test_a_removed_file_disappears(tmp_path: Path, folder: Path) -> None:
    build_index([folder], tmp_path / "store", HashingEmbedder())
    (folder / "b.txt").unlink()
    report = build_index([folder], tmp_path / "store", NoEmbedder())
    assert (report.articles, report.passages, report.reused) == (1, 3, 3)
    assert list(open_index(tmp_path / "store").articles) == ["a.txt"]


@pytest.mark.parametrize(
    ("embedder", "chunking", "reused"),
    [(HashingEmbedder(dimension=32), Chunking(), 0), (HashingEmbedder(), Chunking(sentences=2), 0)],
    ids=["another model", "another window"],
)
def test_another_recipe_builds_again(
    tmp_path: Path, folder: Path, embedder: HashingEmbedder, chunking: Chunking, reused: int
) -> None:
    build_index([folder], tmp_path / "store", HashingEmbedder())
    report = build_index([folder], tmp_path / "store", embedder, chunking)
    assert not report.unchanged
    assert report.reused == reused
    assert open_index(tmp_path / "store", embedder.fingerprint).manifest.recipe.chunking.sentences == (
        chunking.sentences
    )


def test_a_folder_without_text_leaves_the_index_alone(tmp_path: Path, folder: Path) -> None:
    store = tmp_path / "store"
    build_index([folder], store, HashingEmbedder())
    (folder / "c.txt").write_text(" \n", encoding="utf-8")
    with pytest.raises(BadInputError, match="has no text"):
        build_index([folder], store, HashingEmbedder())
    assert len(open_index(store).articles) == 2


def test_vectors_that_are_no_numbers_are_refused(tmp_path: Path, folder: Path) -> None:
    class Broken(HashingEmbedder):
        def encode(self, texts: Sequence[str]) -> Vectors:
            return np.full((len(texts), self.dimension), np.nan, np.float32)

    with pytest.raises(ValueError, match="not numbers"):
        build_index([folder], tmp_path / "store", Broken())
