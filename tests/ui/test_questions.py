"""Questions made on the command line: for new articles, and never at the cost of the index."""

from pathlib import Path

import pytest
from conftest import SEEDS
from fakes import HashingEmbedder
from scripted import ScriptedGenerator

from index.build import build_index
from index.errors import BadInputError
from index.store import open_index
from rag.suggestions import are_made, keep_questions
from ui.questions import add_questions


@pytest.fixture
def store(tmp_path: Path, embedder: HashingEmbedder, monkeypatch: pytest.MonkeyPatch) -> Path:
    monkeypatch.setattr("index.embedding.MiniLM", lambda: embedder)
    build_index([SEEDS], tmp_path, embedder)
    return tmp_path


def test_each_article_is_tried_once(store: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    generator = ScriptedGenerator("No question.")
    monkeypatch.setattr("rag.runtime.load_generator", lambda *choice: generator)
    (article,) = open_index(store).articles.values()
    add_questions(store, None, "auto", None)
    assert are_made(article)
    tried = len(generator.prompts)
    assert tried > 0
    add_questions(store, None, "auto", None)
    assert len(generator.prompts) == tried


@pytest.mark.parametrize("error", [BadInputError("no model"), RuntimeError("a defect")])
def test_whatever_goes_wrong_is_one_line(
    store: Path, monkeypatch: pytest.MonkeyPatch, capsys: pytest.CaptureFixture[str], error: Exception
) -> None:
    def fail(*choice: object) -> None:
        raise error

    monkeypatch.setattr("rag.runtime.load_generator", fail)
    add_questions(store, None, "auto", None)
    out, told = capsys.readouterr()
    assert out == ""
    assert told.startswith("No questions are suggested yet: ")
    assert str(error) in told
    assert told.count("\n") == 1
    (article,) = open_index(store).articles.values()
    keep_questions(article, [])
    add_questions(store, None, "auto", None)
    assert capsys.readouterr().err == ""
