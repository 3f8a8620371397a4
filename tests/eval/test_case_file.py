import json
from pathlib import Path
from typing import Any

import pytest
from hypothesis import given
from hypothesis import strategies as st

from eval.case import Case, Ratio
from eval.case_file import Origin, gold_row, read_cases, to_line, writing
from eval.goldset import GoldQuestion, Turn
from index.errors import BadInputError, NotReadyError

ORIGIN = Origin("product", "plain", "0123")
GOLD = GoldQuestion(
    "q",
    "a.txt",
    "Who?",
    ("Ada",),
    (),
    ("Ada did.",),
    "lookup",
    (Turn("user", "Hi"), Turn("assistant", "Yes")),
)


def _answer(text: str) -> dict[str, Any]:
    citation = {"number": 1, "article": "a.txt", "start": 0, "end": 8, "quote": "Ada did."}
    return {
        "question": "Who?",
        "answer": text,
        "refused": False,
        "citations": [citation],
        "passages": [],
        "model": "m",
        "timings": {"total": 0.5},
        "confidence": 0.75,
    }


@given(st.text())
def test_a_case_comes_back_as_it_was(text: str) -> None:
    case = Case(GOLD, _answer(text), None, (("a.txt", 0, 8),))
    line = to_line(case, ORIGIN, {"correct": Ratio(1), "precision": Ratio(2, 4), "none": None})
    assert "\n" not in line
    row = json.loads(line)
    assert row["metrics"] == {"correct": 1.0, "precision": 0.5, "none": None}
    assert {key: row[key] for key in _answer(text)} == _answer(text)


def test_cases_are_read_back_and_a_cut_line_is_dropped(tmp_path: Path) -> None:
    file = tmp_path / "cases.jsonl"
    cases = [
        Case(GOLD, _answer("Ada [1]"), None, (("a.txt", 0, 8),)),
        Case(GOLD, None, "RuntimeError: broke"),
    ]
    with writing(file, [to_line(cases[0], ORIGIN, {})]) as writer:
        writer.write(to_line(cases[1], ORIGIN, {}))
    whole = file.read_bytes()
    assert [stored.case for stored in read_cases(file)] == cases
    assert {stored.origin for stored in read_cases(file)} == {ORIGIN}
    first = whole.index(b"\n") + 1
    for length in range(first, len(whole) - 2):
        file.write_bytes(whole[:length])
        assert [stored.case for stored in read_cases(file)] == cases[:1]


def test_damage_before_the_end_is_named(tmp_path: Path) -> None:
    file = tmp_path / "cases.jsonl"
    file.write_text('{"id": "q"\n{}\n', encoding="utf-8")
    with pytest.raises(BadInputError, match="line 1 is damaged"):
        read_cases(file)
    with pytest.raises(BadInputError, match="can't be read"):
        read_cases(tmp_path / "none.jsonl")


def test_a_failed_case_has_every_field_of_an_answer() -> None:
    row = json.loads(to_line(Case(GOLD, None, "RuntimeError: broke"), ORIGIN, {"correct": Ratio(0)}))
    assert row["error"] == "RuntimeError: broke"
    assert _answer("").keys() - row.keys() == {"confidence"}
    assert row["citations"] == []


def test_a_gold_row_has_the_keys_of_a_gold_file() -> None:
    row = gold_row(GOLD)
    assert list(row) == ["id", "article", "question", "answers", "evidence", "category", "history"]
    assert gold_row(GoldQuestion("q", None, "Who?", (), (), (), "near", ())) == {
        "id": "q",
        "question": "Who?",
        "answers": (),
        "evidence": (),
        "category": "near",
    }


def test_lone_surrogates_do_not_lose_a_case(tmp_path: Path) -> None:
    file = tmp_path / "cases.jsonl"
    with writing(file, ()) as writer:
        writer.write(to_line(Case(GOLD, _answer("a\udcffb")), ORIGIN, {}))
    (stored,) = read_cases(file)
    assert stored.case.answer is not None
    assert stored.case.answer["answer"] == "a\udcffb"


@pytest.mark.skipif(not Path("/dev/full").exists(), reason="this system has no /dev/full")
def test_a_full_disk_is_told(tmp_path: Path) -> None:
    import os

    from eval.case_file import CaseWriter

    descriptor = os.open("/dev/full", os.O_WRONLY)
    try:
        with pytest.raises(NotReadyError, match="--resume"):
            CaseWriter(tmp_path / "cases.jsonl", descriptor).write("{}")
    finally:
        os.close(descriptor)
