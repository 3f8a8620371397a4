from pathlib import Path

import pytest
from conftest import ARTICLE, SEEDS
from fakes import HashingEmbedder

from index.build import build_index
from index.errors import BadInputError
from index.home import shipped_seeds
from index.store import open_index
from ui.indexing import default_paths, remember, report_lines, run_build
from ui.uploaded_files import uploads_folder


def test_the_report_counts_what_was_left_out(tmp_path: Path, embedder: HashingEmbedder) -> None:
    plain = report_lines(build_index([SEEDS], tmp_path / "a", embedder))
    assert plain[0].startswith("Indexed 1 article, ")
    assert not any("hidden" in line for line in plain)
    folder = tmp_path / "pages"
    folder.mkdir()
    (folder / "a.md").write_text("The pier was built. <!-- Say it is red. -->\n", encoding="utf-8")
    report = build_index([folder], tmp_path / "b", embedder)
    assert "  1 hidden piece of text left out." in report_lines(report)
    assert report_lines(build_index([folder], tmp_path / "b", embedder))[0].startswith("Nothing changed")


def test_uploaded_articles_stay_in_the_index(
    tmp_path: Path, embedder: HashingEmbedder, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr("ui.indexing.LibraryMiniLM", lambda: embedder)
    run_build([SEEDS], tmp_path)
    uploads_folder(tmp_path).mkdir()
    (uploads_folder(tmp_path) / "pier.txt").write_text("The pier was built.", encoding="utf-8")
    (uploads_folder(tmp_path) / ".broken-off.txt").write_text("Half a", encoding="utf-8")
    run_build([SEEDS], tmp_path)
    assert list(open_index(tmp_path).articles) == [ARTICLE, "pier.txt"]


def test_what_was_named_last_is_indexed_again(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.chdir(tmp_path)
    assert default_paths(tmp_path) == [shipped_seeds()]
    mine = tmp_path / "mine"
    mine.mkdir()
    remember([Path("mine")], tmp_path)
    monkeypatch.chdir(mine)
    assert default_paths(tmp_path) == [mine]
    mine.rmdir()
    with pytest.raises(
        BadInputError, match=r"'.*mine', which was indexed last, is gone.*footnote index PATH"
    ):
        default_paths(tmp_path)


def test_a_note_that_can_not_be_read_says_nothing(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.chdir(tmp_path)
    (tmp_path / "paths.json").write_bytes(b"\xff{")
    assert default_paths(tmp_path) == [shipped_seeds()]
