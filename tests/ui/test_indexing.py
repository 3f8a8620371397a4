from pathlib import Path

from conftest import SEEDS
from fakes import HashingEmbedder

from index.build import build_index
from ui.indexing import report_lines


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
