import os
from pathlib import Path

import pytest
import torch

from rag.kept_states import KeptStates
from rag.state import State


def state(tokens: int = 5, room: int = 9) -> State:
    return State(torch.rand(2, 3, room, 4), torch.rand(2, 3, room, 4), tokens)


def test_a_state_comes_back_as_it_was(tmp_path: Path) -> None:
    kept = KeptStates(tmp_path / "states")
    assert kept.load("the text") is None
    known = state()
    kept.save("the text", known)
    found = kept.load("the text")
    assert found is not None
    assert found.length == 5
    assert torch.equal(found.keys, known.keys[:, :, :5])
    assert torch.equal(found.values, known.values[:, :, :5])
    assert kept.load("another text") is None


@pytest.mark.parametrize("damage", ["cut", "flip", "empty"])
def test_an_altered_file_is_no_state(tmp_path: Path, damage: str) -> None:
    kept = KeptStates(tmp_path)
    kept.save("the text", state())
    (path,) = tmp_path.iterdir()
    data = bytearray(path.read_bytes())
    data[len(data) // 2] ^= 1
    path.write_bytes({"cut": data[:-7], "flip": data, "empty": b""}[damage])
    assert kept.load("the text") is None
    known = state()
    kept.save("the text", known)
    assert kept.load("the text") is not None


def test_the_longest_unused_go_when_there_is_no_more_room(tmp_path: Path) -> None:
    KeptStates(tmp_path).save("a", state())
    (path,) = tmp_path.iterdir()
    size = path.stat().st_size
    kept = KeptStates(tmp_path, most_bytes=2 * size)
    kept.save("b", state())
    for number, file in enumerate(sorted(tmp_path.iterdir(), key=lambda one: one != path)):
        os.utime(file, (number, number))
    assert kept.load("a") is not None  # and is used now
    kept.save("c", state())
    assert kept.load("b") is None
    assert kept.load("a") is not None
    assert kept.load("c") is not None


def test_what_can_not_be_written_is_not_kept(tmp_path: Path) -> None:
    (tmp_path / "file").write_text("no folder")
    kept = KeptStates(tmp_path / "file")
    kept.save("the text", state())
    assert kept.load("the text") is None
