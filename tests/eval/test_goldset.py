import hashlib
import json
from pathlib import Path

import pytest

from eval.goldset import GoldQuestion, Turn, half, load_gold
from index.errors import BadInputError

ARTICLES = {
    "boat.txt": "The ferry “Osyra” costs £1,200 a day. It stops in May, and it runs again in June.",
    "pump.txt": "The pump is green.",
}
ROW: dict[str, object] = {
    "id": "b-1",
    "article": "boat.txt",
    "question": "What does the ferry cost?",
    "answers": ["£1,200"],
    "evidence": ["The ferry “Osyra” costs £1,200 a day."],
    "category": "number",
}
UNANSWERABLE: dict[str, object] = {**ROW, "answers": [], "evidence": []}
ASKED = {"role": "user", "content": "Which ferry?"}
SAID = {"role": "assistant", "content": "The Osyra. [1]"}


def _write(folder: Path, *rows: object) -> Path:
    path = folder / "gold.jsonl"
    path.write_text("".join(json.dumps(row, ensure_ascii=False) + "\n" for row in rows), encoding="utf-8")
    return path


def _without(key: str) -> dict[str, object]:
    return {name: value for name, value in ROW.items() if name != key}


def _refusal(path: Path) -> str:
    with pytest.raises(BadInputError) as caught:
        load_gold(path, ARTICLES)
    message = str(caught.value)
    assert "\n" not in message
    assert str(path) in message
    return message


def test_a_row_becomes_a_question(tmp_path: Path) -> None:
    path = _write(tmp_path, {**ROW, "answers_all": ["day"], "history": [ASKED, SAID]})
    assert load_gold(path, ARTICLES) == (
        GoldQuestion(
            id="b-1",
            article="boat.txt",
            question="What does the ferry cost?",
            answers=("£1,200",),
            answers_all=("day",),
            evidence=("The ferry “Osyra” costs £1,200 a day.",),
            category="number",
            history=(Turn("user", "Which ferry?"), Turn("assistant", "The Osyra. [1]")),
        ),
    )


def test_answerable_is_having_answers(tmp_path: Path) -> None:
    every = {**ROW, "id": "b-2", "answers": [], "answers_all": ["Osyra"]}
    path = _write(tmp_path, ROW, every, {**UNANSWERABLE, "id": "b-3"})
    assert [question.answerable for question in load_gold(path, ARTICLES)] == [True, True, False]


@pytest.mark.parametrize(
    "row",
    [
        {**ROW, "answers": ["Yes"]},  # yes and no need not be in the evidence
        {**ROW, "answers": ["no."]},
        {**ROW, "answers": ["1200 pounds", "£1200"]},  # one of them is in it
        {**ROW, "answers": ["£1200", "."]},
        {**ROW, "answers": ["syra"]},  # to the letter, though not from a word's start
        _without("article"),  # then any article may have the evidence
        {**_without("article"), "answers": ["green"], "evidence": ["The pump is green."]},
        {**ROW, "history": []},
        UNANSWERABLE,
    ],
)
def test_good_rows_load(tmp_path: Path, row: dict[str, object]) -> None:
    assert len(load_gold(_write(tmp_path, row), ARTICLES)) == 1


def test_without_articles_only_the_rows_are_checked(tmp_path: Path) -> None:
    assert load_gold(_write(tmp_path, {**ROW, "article": "elsewhere.txt"}))


def test_blank_lines_crlf_and_a_byte_order_mark_are_no_matter(tmp_path: Path) -> None:
    path = tmp_path / "gold.jsonl"
    second = json.dumps({**ROW, "id": "b\u2028"}, ensure_ascii=False)
    path.write_bytes(f"\ufeff\r\n{json.dumps(ROW)}\r\n\r\n{second}".encode())
    assert [question.id for question in load_gold(path, ARTICLES)] == ["b-1", "b\u2028"]


@pytest.mark.parametrize(
    ("row", "key", "value", "remedy"),
    [
        ([ROW], "line", "b-1", "mend the value"),
        ({**ROW, "answer": "x"}, "answer", '"x"', "remove it or mend its spelling"),
        ({**ROW, "history": [{**ASKED, "name": "Z"}]}, "history.0.name", '"Z"', "remove it"),
        (_without("question"), "question", "absent", "add it"),
        (_without("evidence"), "evidence", "absent", "add it"),
        ({**ROW, "id": 7}, "id", "7", "valid string"),
        ({**ROW, "answers": "£1,200"}, "answers", '"£1,200"', "mend the value"),
        ({**ROW, "answers": ["£1,200", 3]}, "answers.1", "3", "valid string"),
        ({**ROW, "id": " "}, "id", '" "', "empty"),
        ({**ROW, "question": "\n"}, "question", r'"\n"', "empty"),
        ({**ROW, "category": ""}, "category", '""', "empty"),
        ({**ROW, "article": ""}, "article", '""', "empty"),
        ({**ROW, "evidence": [""]}, "evidence", '""', "empty"),
        ({**ROW, "answers": ["£1,200", ""]}, "answers", '""', "empty"),
        ({**ROW, "answers": ["the", "."]}, "answers", '["the", "."]', "mend the answers"),  # nothing to match
        ({**ROW, "answers_all": ["\t"]}, "answers_all", r'"\t"', "empty"),
        ({**ROW, "history": [{**ASKED, "role": "system"}, SAID]}, "history.0.role", '"system"', "mend"),
        ({**ROW, "history": [{**ASKED, "content": " "}, SAID]}, "history.0.content", '" "', "empty"),
        ({**ROW, "history": [SAID, ASKED]}, "history.0.role", '"assistant"', "start with user"),
        ({**ROW, "history": [ASKED, ASKED]}, "history.1.role", '"user"', "take turns"),
        ({**ROW, "history": [ASKED]}, "history", '"user"', "add its answer"),
        ({**ROW, "evidence": []}, "evidence", "[]", "add the words of the article"),
        ({**ROW, "answers": []}, "answers", "[]", "add the answers or remove the evidence"),
        ({**ROW, "answers": ["£12,000", "fre"]}, "answers", '["£12,000", "fre"]', "mend the answers"),
        ({**ROW, "answers_all": ["ferry", "tram"]}, "answers_all", '"tram"', "mend the answer"),
        ({**ROW, "article": "car.txt"}, "article", '"car.txt"', "add it or mend the name"),
        ({**ROW, "article": "pump.txt"}, "evidence", "The ferry", "copy it from there"),
        ({**ROW, "evidence": ['The ferry "Osyra" costs £1,200']}, "evidence", "The ferry", "not in boat.txt"),
        ({**_without("article"), "evidence": ["£1,200 daily"]}, "evidence", "daily", "not in any article"),
    ],
)
def test_a_bad_row_is_refused(tmp_path: Path, row: object, key: str, value: str, remedy: str) -> None:
    message = _refusal(_write(tmp_path, {**ROW, "id": "good"}, row))
    assert f"line 2: `{key}` is " in message
    assert value in message
    assert remedy in message


def test_a_second_line_with_the_same_id_is_refused(tmp_path: Path) -> None:
    message = _refusal(_write(tmp_path, ROW, {**ROW, "question": "And now?"}))
    assert 'line 2: `id` is "b-1": line 1 has it too; give each line its own id' in message


def test_malformed_json_is_refused(tmp_path: Path) -> None:
    path = tmp_path / "gold.jsonl"
    path.write_text(json.dumps(ROW) + "\n{'id': 'b-2'}\n", encoding="utf-8")
    assert "line 2: `line` is \"{'id': 'b-2'}\": not valid JSON; write one JSON object a line" in _refusal(
        path
    )


def test_a_long_value_is_cut_short(tmp_path: Path) -> None:
    message = _refusal(_write(tmp_path, {**ROW, "note": "word " * 500}))
    assert len(message) < len(str(tmp_path)) + 250
    assert "word wo" in message


def test_other_encodings_are_refused(tmp_path: Path) -> None:
    path = tmp_path / "gold.jsonl"
    path.write_bytes(json.dumps(ROW).encode() + b"\n\xa31,200\n")
    assert "line 2: byte 0xa3 is not UTF-8; save the file in UTF-8" in _refusal(path)


@pytest.mark.parametrize("content", ["", "\n \n"])
def test_an_empty_file_is_refused(tmp_path: Path, content: str) -> None:
    path = tmp_path / "gold.jsonl"
    path.write_text(content, encoding="utf-8")
    assert "the file is empty; write one JSON object a line" in _refusal(path)


def test_a_file_that_is_not_there_is_refused(tmp_path: Path) -> None:
    assert "name an existing gold file" in _refusal(tmp_path / "absent.jsonl")
    assert "name an existing gold file" in _refusal(tmp_path)


def test_half_is_the_parity_of_the_hash() -> None:
    for name in ("ford-001", "ford-002", "ü"):
        even = int(hashlib.sha256(name.encode()).hexdigest(), 16) % 2 == 0
        assert half(name) == ("dev" if even else "test")
    assert {half(f"q-{number}") for number in range(20)} == {"dev", "test"}
