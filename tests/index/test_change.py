"""Changing an index: what it holds afterwards is what a build of the same files holds."""

from pathlib import Path

import pytest
from fakes import HashingEmbedder
from hypothesis import given, settings
from hypothesis import strategies as st

from index import generations
from index.build import build_index, change_index
from index.errors import NotReadyError
from index.reading import source_of
from index.store import open_index

TEXTS = {
    "a.txt": b"The pier is old. The quay is new.",
    "b.md": b"# Boats\n\nThe ferry sails on Monday. <!-- hidden --> It is blue.",
    "c.html": b"<p>The inn has nine rooms.</p><p hidden>No.</p>",
    "d.txt": b"The pier is old. The bakery opens at seven.",
}


def built(folder: Path, names: set[str], embedder: HashingEmbedder) -> Path:
    seeds = folder / "seeds"
    seeds.mkdir(parents=True)
    for name in names:
        (seeds / name).write_bytes(TEXTS[name])
    build_index([seeds], folder / "store", embedder)
    return folder / "store"


@settings(max_examples=12)
@given(st.sets(st.sampled_from(["a.txt", "b.md"]), min_size=1), st.sets(st.sampled_from(["c.html", "d.txt"])))
def test_it_is_the_index_of_the_files_that_are_there_afterwards(
    tmp_path_factory: pytest.TempPathFactory, before: set[str], added: set[str]
) -> None:
    embedder = HashingEmbedder()
    store = built(tmp_path_factory.mktemp("changed"), before, embedder)
    change_index(store, embedder, [source_of(name, TEXTS[name]) for name in added])
    together = before | added
    expected = built(tmp_path_factory.mktemp("built"), together, embedder)
    assert generations.load(store, "x").files == generations.load(expected, "x").files
    if len(together) > 1:
        gone = min(together)
        change_index(store, embedder, removed=[gone])
        expected = built(tmp_path_factory.mktemp("without"), together - {gone}, embedder)
        assert generations.load(store, "x").files == generations.load(expected, "x").files


def test_one_of_the_same_name_goes_and_only_what_is_new_is_embedded(tmp_path: Path) -> None:
    embedder = HashingEmbedder()
    store = built(tmp_path, {"a.txt", "b.md"}, embedder)
    report = change_index(store, embedder, [source_of("a.txt", TEXTS["d.txt"])])
    assert (report.articles, report.embedded) == (2, 1)
    assert open_index(store).articles["a.txt"].text == TEXTS["d.txt"].decode()


def test_a_failure_leaves_the_index_as_it_was(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    embedder = HashingEmbedder()
    store = built(tmp_path, {"a.txt"}, embedder)
    before = open_index(store).generation
    new = source_of("d.txt", TEXTS["d.txt"])

    def full(path: Path, data: bytes) -> None:
        raise OSError(28, "No space left on device")

    with monkeypatch.context() as disk:
        disk.setattr(generations, "_write", full)
        with pytest.raises(NotReadyError, match="No space left"):
            change_index(store, embedder, [new])
    assert open_index(store).generation == before
    with generations.writing(store), pytest.raises(NotReadyError, match="locked"):
        change_index(store, embedder, [new])
    with pytest.raises(NotReadyError, match="footnote index"):
        change_index(store, HashingEmbedder(name="other"), [new])
    assert open_index(store).generation == before
