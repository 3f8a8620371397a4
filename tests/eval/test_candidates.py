import json
from pathlib import Path
from typing import Any

import pytest
from small_world import BAKERY, PIER
from typer.testing import CliRunner

from eval.candidates import ANSWERED, COMPLETE, REFUSED, SHORTEN, candidates, write_candidates
from eval.goldset import load_gold
from index.errors import BadInputError
from ui.cli import app

ARTICLES = {"pier.txt": PIER, "bakery.md": BAKERY}
COSTS = "The work will cost 6.4 million pounds."


def citation(quote: str, article: str = "pier.txt") -> dict[str, Any]:
    start = ARTICLES[article].index(quote)
    return {"number": 1, "article": article, "start": start, "end": start + len(quote), "quote": quote}


def said(rating: str, question: str, answer: str = "", *quotes: str, **more: object) -> dict[str, Any]:
    cited = [citation(quote) for quote in quotes]
    row = {
        "rating": rating,
        "question": question,
        "answer": answer,
        "refused": not quotes,
        "citations": cited,
    }
    return {"time": "2026-11-23T10:00:00+00:00", "model": "m", "generation": "g", **row, **more}


def written(folder: Path, *rows: dict[str, Any]) -> Path:
    path = folder / "feedback.jsonl"
    path.write_text("".join(f"{json.dumps(row)}\n" for row in rows), encoding="utf-8")
    return path


def test_every_candidate_is_a_gold_question_that_says_what_to_check(tmp_path: Path) -> None:
    feedback = written(
        tmp_path,
        said("up", "What will it cost?", "6.4 million pounds. [1]", COSTS),
        said("up", "What is the price?", "It costs over six million. [1]", COSTS),
        said("up", "Who is the mayor?", "The article does not say."),
        said("down", "Who leads the work?", "The article does not say.", article="pier.txt"),
        said("down", "What does it cost?", COSTS, COSTS),
    )
    out = tmp_path / "gold.jsonl"
    write_candidates(candidates(feedback, ARTICLES), out)
    gold = {one.question: one for one in load_gold(out, ARTICLES)}
    assert {question: (one.answers, one.evidence, one.category) for question, one in gold.items()} == {
        "What will it cost?": (("6.4 million pounds.",), (COSTS,), ANSWERED),
        "What is the price?": ((COSTS,), (COSTS,), SHORTEN),
        "Who is the mayor?": ((), (), REFUSED),
        "Who leads the work?": ((), (), COMPLETE),
        "What does it cost?": ((), (), COMPLETE),
    }
    assert gold["What will it cost?"].article == gold["Who leads the work?"].article == "pier.txt"
    assert gold["Who is the mayor?"].article is None


def test_the_latest_word_on_a_question_counts(tmp_path: Path) -> None:
    rows = [said("down", "Cost?", "", COSTS), said("up", " Cost? ", "6.4 million pounds. [1]", COSTS)]
    (row,) = candidates(written(tmp_path, *rows), ARTICLES).rows
    assert row["category"] == ANSWERED
    (row,) = candidates(written(tmp_path, *reversed(rows)), ARTICLES).rows
    assert row["category"] == COMPLETE


def test_what_was_said_of_articles_that_changed_is_passed_over(tmp_path: Path) -> None:
    feedback = written(tmp_path, said("up", "Cost?", "6.4", COSTS), said("down", "Who?", article="gone.txt"))
    found = candidates(feedback, {"pier.txt": PIER.replace("6.4", "7.5")})
    assert (found.rows, found.passed_over) == ((), 2)


@pytest.mark.parametrize("line", ["{", "[]", '{"rating": "up"}', '{"rating": "maybe", "question": "?"}'])
def test_a_line_that_is_no_feedback_is_named(tmp_path: Path, line: str) -> None:
    feedback = written(tmp_path, said("up", "Who is the mayor?"))
    feedback.write_text(feedback.read_text(encoding="utf-8") + line, encoding="utf-8")
    with pytest.raises(BadInputError, match=r"feedback\.jsonl', line 2"):
        candidates(feedback, ARTICLES)


def test_a_file_that_is_there_is_never_written_over(tmp_path: Path) -> None:
    out = tmp_path / "gold.jsonl"
    out.write_text("precious", encoding="utf-8")
    with pytest.raises(BadInputError, match="already"):
        write_candidates(candidates(written(tmp_path, said("up", "Who?")), ARTICLES), out)
    assert out.read_text(encoding="utf-8") == "precious"
    with pytest.raises(BadInputError, match="can't be read"):
        candidates(tmp_path / "nowhere", ARTICLES)


def test_the_command_names_what_it_wrote(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    from fakes import HashingEmbedder

    from index.build import build_index
    from index.home import default_store

    (tmp_path / "pier.txt").write_text(PIER, encoding="utf-8")
    build_index([tmp_path / "pier.txt"], default_store(), HashingEmbedder())
    rows = said("up", "Cost?", "6.4", COSTS), said("down", "Who?", article="gone.txt")
    feedback, out = written(tmp_path, *rows), tmp_path / "gold.jsonl"
    done = CliRunner().invoke(app, ["eval", "candidates", "--feedback", str(feedback), "--out", str(out)])
    assert done.exit_code == 0, done.output
    assert f"Wrote 1 candidate to {out}" in done.stdout
    assert "Passed over 1" in done.stderr
