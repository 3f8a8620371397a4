import hashlib
from pathlib import Path

import pytest

from rag import fetching
from rag.fetching import sha256_of


@pytest.mark.parametrize("length", [0, 1, 6, 7, 8, 14, 20])
def test_the_hash_of_a_file_is_that_of_its_bytes(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch, length: int
) -> None:
    monkeypatch.setattr(fetching, "_PIECE", 7)
    path = tmp_path / "some.bin"
    path.write_bytes(bytes(range(length)))
    assert sha256_of(path) == hashlib.sha256(bytes(range(length))).hexdigest()
