import json
from pathlib import Path

import numpy as np
import pytest
from numpy.typing import NDArray
from sklearn.metrics import roc_auc_score

from eval.refine_probe import left_out_quality, refined, selqa_pairs
from rag.belief import Probe

SECTION = [
    "The mill stands by the river.",
    "It was built in 1850 by Ana Weber.",
    "The river is cold in winter.",
]
ENTRY = {"question": "Who built the mill?", "article": "Mill", "candidates": SECTION, "answers": [1]}


def file_of(folder: Path, *entries: dict[str, object]) -> Path:
    path = folder / "selqa.json"
    path.write_text(json.dumps(entries), encoding="utf-8")
    return path


def test_a_question_gives_its_answer_and_the_nearest_other_sentence(tmp_path: Path) -> None:
    told, silent = selqa_pairs([file_of(tmp_path, ENTRY)], 10)
    assert told.states_it
    assert (told.source.text, told.source.before) == (SECTION[1], SECTION[0])
    assert not silent.states_it
    assert (silent.source.text, silent.source.before) == (SECTION[0], "")


@pytest.mark.parametrize("answers", [[], [0, 1, 2]])
def test_a_question_without_both_kinds_gives_nothing(tmp_path: Path, answers: list[int]) -> None:
    assert selqa_pairs([file_of(tmp_path, ENTRY | {"answers": answers})], 10) == []


def test_as_many_questions_are_taken_as_wanted_and_always_the_same(tmp_path: Path) -> None:
    entries = [ENTRY | {"question": f"Who built mill {number}?"} for number in range(20)]
    file = file_of(tmp_path, *entries)
    assert len(selqa_pairs([file], 7)) == 14
    assert selqa_pairs([file], 7) == selqa_pairs([file], 20)[:14]


def world(seed: int) -> tuple[NDArray[np.float32], NDArray[np.bool_], Probe]:
    """States of which the present probe knows one telling place, and there are two."""
    rng = np.random.default_rng(seed)
    rows = rng.normal(size=(300, 6)).astype(np.float32)
    right = rng.random(300) < 0.5
    rows[:, 1] += np.where(right, 1.0, -1.0)
    rows[:, 4] += np.where(right, 2.0, -2.0)
    return rows, right, Probe(3, np.array([0, 2, 0, 0, 0, 0], np.float32), 0.5)


def test_a_refined_probe_knows_more_and_has_not_forgotten() -> None:
    rows, right, present = world(0)
    other, told, _ = world(1)
    probe = refined(present, rows, right)
    assert probe.layers == present.layers
    assert roc_auc_score(told, probe.scores(other)) > roc_auc_score(told, present.scores(other))
    assert probe.weights[1] > 1  # what it knew still counts


def test_what_is_already_known_changes_nothing() -> None:
    rows, right, _ = world(0)
    noise = np.random.default_rng(2).normal(size=rows.shape).astype(np.float32)
    noise[:, 1] = rows[:, 1]
    knowing = Probe(3, np.array([0, 2, 0, 0, 0, 0], np.float32), 0.0)
    before, after = left_out_quality(knowing, noise, right, [str(row % 9) for row in range(len(rows))])
    assert after == pytest.approx(before, abs=0.02)
