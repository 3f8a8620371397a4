from pathlib import Path

import pytest
from conftest import ROOT
from small_world import World

from eval.gate import Bound, judge, load_floors
from eval.run import run
from index.errors import BadInputError


def _floors(tmp_path: Path, text: str) -> Path:
    path = tmp_path / "floors.toml"
    path.write_text(text, encoding="utf-8")
    return path


def test_the_shipped_floors_can_be_used() -> None:
    floors = load_floors(ROOT / "eval" / "floors.toml")
    assert {"correct", "verbatim", "errors"} <= floors.quick.keys() & floors.full.keys()


def test_figures_are_held_against_their_bounds(world: World) -> None:
    report = run(world.options, world.tools())
    bounds = {
        "correct": Bound(min=1),
        "hallucination": Bound(max=0),
        "trust": Bound(min=1.5),
        "total.p95": Bound(max=0),
        "altered.correct": Bound(min=0),
    }
    verdicts = judge(report, bounds)
    assert [verdict.passed for verdict in verdicts] == [True, True, False, False, False]
    assert str(verdicts[0]) == "pass  correct 1 (≥ 1)"
    assert str(verdicts[4]) == "FAIL  altered.correct not measured (≥ 0)"


@pytest.mark.parametrize(
    ("text", "message"),
    [
        ("[quick]\ncorect = { min = 1 }", "no run has a figure 'corect'"),
        ("[quick]\ncorrect = { least = 1 }", "quick.correct.least"),
        ("[quick]\ncorrect = {}", "give min, max or both"),
        ("[slow]\ncorrect = { min = 1 }", "slow"),
        ("[quick", "not TOML"),
    ],
)
def test_floors_that_make_no_sense_are_refused(tmp_path: Path, text: str, message: str) -> None:
    with pytest.raises(BadInputError, match=message):
        load_floors(_floors(tmp_path, text))


def test_a_missing_file_is_named(tmp_path: Path) -> None:
    with pytest.raises(BadInputError, match=r"none\.toml"):
        load_floors(tmp_path / "none.toml")
