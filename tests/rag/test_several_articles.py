from pathlib import Path

import pytest
from fakes import HashingEmbedder
from scripted import ScriptedGenerator

from index.build import build_index
from index.store import Index, open_index
from rag.pipeline import Pipeline

BOATS = "The ferry Alda sails to Skerry Isle every Monday. A ticket costs twelve crowns."
INNS = "The inn on Skerry Isle has nine rooms. Breakfast is served from seven."
BOTH = "The ferry Alda sails to Skerry Isle every Monday. The inn on Skerry Isle has nine rooms."
QUESTION = "How does one get to Skerry Isle, and how many rooms does its inn have?"


@pytest.fixture
def isle(tmp_path: Path, embedder: HashingEmbedder) -> Index:
    seeds = tmp_path / "seeds"
    seeds.mkdir()
    (seeds / "boats.txt").write_text(BOATS, encoding="utf-8")
    (seeds / "inns.txt").write_text(INNS, encoding="utf-8")
    build_index([seeds], tmp_path / "store", embedder)
    return open_index(tmp_path / "store", embedder.fingerprint)


def test_an_answer_may_rest_on_two_articles_and_its_footnotes_name_them(
    isle: Index, embedder: HashingEmbedder
) -> None:
    answer = Pipeline(isle, embedder, ScriptedGenerator(BOTH)).ask(QUESTION)
    assert {citation.article for citation in answer.citations} == {"boats.txt", "inns.txt"}
    for citation in answer.citations:
        assert isle.articles[citation.article].text[citation.start : citation.end] == citation.quote


def test_naming_an_article_narrows_passages_footnotes_and_what_is_read(
    isle: Index, embedder: HashingEmbedder
) -> None:
    generator = ScriptedGenerator(BOTH)
    answer = Pipeline(isle, embedder, generator).ask(QUESTION, article="inns")
    assert {found.passage.article for found in answer.passages} == {"inns.txt"}
    assert {citation.article for citation in answer.citations} == {"inns.txt"}
    assert "Alda" not in answer.text
    assert "Alda" not in generator.prompts[0].context
