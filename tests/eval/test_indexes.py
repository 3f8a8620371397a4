from pathlib import Path

import pytest
from fakes import HashingEmbedder

from eval import indexes
from eval.indexes import fresh_index, index_of_text, searched, temporary_index, texts_of
from index.errors import NotReadyError
from index.home import store_for


def test_the_index_of_a_folder_is_brought_up_to_date(tmp_path: Path, embedder: HashingEmbedder) -> None:
    (tmp_path / "a.txt").write_text("One word.", encoding="utf-8")
    first = fresh_index(tmp_path, embedder)
    assert fresh_index(tmp_path, embedder).generation == first.generation
    (tmp_path / "b.txt").write_text("Another word.", encoding="utf-8")
    assert texts_of(fresh_index(tmp_path, embedder)) == {"a.txt": "One word.", "b.txt": "Another word."}
    assert store_for(tmp_path).is_dir()


def test_the_builder_makes_the_vectors_and_must_be_of_the_same_model(tmp_path: Path) -> None:
    (tmp_path / "a.txt").write_text("One word.", encoding="utf-8")
    asker, builder, other = HashingEmbedder(), HashingEmbedder(), HashingEmbedder(name="other")
    fresh_index(tmp_path, asker, builder)
    assert (asker.encoded, builder.encoded) == ([], ["One word."])
    with pytest.raises(NotReadyError, match="other"):
        fresh_index(tmp_path, asker, other)


def test_a_folder_is_searched_as_the_product_does_it(
    tmp_path: Path, embedder: HashingEmbedder, monkeypatch: pytest.MonkeyPatch
) -> None:
    for name in ("MiniLM", "LibraryMiniLM"):
        monkeypatch.setattr(indexes, name, lambda: embedder)
    (tmp_path / "a.txt").write_text("The mill is old. The river is cold.", encoding="utf-8")
    index, retriever = searched(tmp_path)
    best = retriever.retrieve("How cold is the river?")[0].passage
    sentence = index.articles["a.txt"].sentences[best.first]
    assert index.articles["a.txt"].text[sentence.start : sentence.end] == "The river is cold."


def test_an_index_that_is_kept_in_memory_leaves_nothing_behind(
    tmp_path: Path, embedder: HashingEmbedder, monkeypatch: pytest.MonkeyPatch
) -> None:
    kept = tmp_path / "temporary"
    kept.mkdir()
    monkeypatch.setattr("tempfile.tempdir", str(kept))
    index = index_of_text("a.txt", "One word. Another word.", embedder)
    assert texts_of(index) == {"a.txt": "One word. Another word."}
    (tmp_path / "b.txt").write_text("A third.", encoding="utf-8")
    assert texts_of(temporary_index([tmp_path / "b.txt"], embedder)) == {"b.txt": "A third."}
    assert list(kept.iterdir()) == []
