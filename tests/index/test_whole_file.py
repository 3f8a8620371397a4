"""A file is the old one or the new one, never a piece."""

import os
import stat
from pathlib import Path

import pytest

from index.whole_file import put_whole


@pytest.mark.parametrize("durable", [False, True])
def test_a_file_is_put_in_the_place_of_the_old_one_for_its_owner_alone(tmp_path: Path, durable: bool) -> None:
    path = tmp_path / "kept.json"
    for content in (b"old", b"newer"):
        put_whole(path, content, durable=durable)
        assert path.read_bytes() == content
    assert stat.S_IMODE(path.stat().st_mode) & 0o077 == 0
    assert os.listdir(tmp_path) == ["kept.json"]


def test_what_cannot_be_written_leaves_nothing_behind(tmp_path: Path) -> None:
    taken = tmp_path / "taken"
    (taken / "in it").mkdir(parents=True)
    with pytest.raises(OSError, match="taken"):
        put_whole(taken, b"new")
    assert os.listdir(tmp_path) == ["taken"]
