"""A store survives every failure of the disk: a reader finds one whole generation, or a clear error."""

import errno
import os
import random
import re
import shutil
import subprocess
import sys
import threading
from collections.abc import Callable
from contextlib import suppress
from pathlib import Path

import pytest
from fakes import HashingEmbedder

from index import generations
from index.build import build_index
from index.errors import NotReadyError
from index.store import Index, open_index

CALLS = ("open", "write", "fsync", "mkdir", "rename", "replace", "close")


class FailingOs:
    """The `os` module, of which the n-th call that touches the disk fails."""

    def __init__(self, number: int, lasting: bool) -> None:
        self.calls = 0
        self._number = number
        self._lasting = lasting

    def __getattr__(self, name: str) -> object:
        real = getattr(os, name)
        return self._counted(name, real) if name in CALLS else real

    def _counted(self, name: str, real: Callable[..., object]) -> Callable[..., object]:
        def call(*arguments: object) -> object:
            self.calls += 1
            if self.calls == self._number or (self._lasting and self.calls > self._number):
                if name == "close":
                    real(*arguments)
                raise OSError(errno.ENOSPC, os.strerror(errno.ENOSPC))
            return real(*arguments)

        return call


@pytest.fixture
def folder(tmp_path: Path) -> Path:
    seeds = tmp_path / "seeds"
    seeds.mkdir()
    write_version(seeds, 1)
    return seeds


def write_version(folder: Path, version: int) -> None:
    for name in ("a.txt", "b.txt"):
        text = f"Version {version} of {name}. It has words.\n" + "More of it. " * version
        (folder / name).write_text(text, encoding="utf-8")


def version_of(index: Index) -> int:
    """The version that every part of the index agrees upon."""
    found = {int(article.text.split()[1]) for article in index.articles.values()}
    assert len(found) == 1
    version = found.pop()
    assert len(index.passages) == len(index.dense) == len(index.lexical) == 2 * (2 + version)
    assert index.lexical.scores(f"version {version}").argmax() == 0
    return version


def test_a_new_generation_replaces_the_old_one(tmp_path: Path, folder: Path) -> None:
    store = tmp_path / "store"
    made = []
    for version in range(1, 5):
        write_version(folder, version)
        made.append(build_index([folder], store, HashingEmbedder()).generation)
        assert version_of(open_index(store)) == version
    kept = sorted(path.name for path in (store / "generations").iterdir())
    assert kept == sorted(made[-2:])


def test_what_a_killed_writer_left_is_removed(tmp_path: Path, folder: Path) -> None:
    store = tmp_path / "store"
    build_index([folder], store, HashingEmbedder())
    (store / "generations" / "tmp-0123").mkdir()
    (store / "generations" / "tmp-0123" / "articles.json").write_bytes(b"half")
    write_version(folder, 2)
    build_index([folder], store, HashingEmbedder())
    assert not (store / "generations" / "tmp-0123").exists()


def test_every_flipped_bit_and_every_truncation_is_noticed(tmp_path: Path, folder: Path) -> None:
    store = tmp_path / "store"
    identity = build_index([folder], store, HashingEmbedder()).generation
    chance = random.Random(0)
    paths = [store / "CURRENT", *sorted((store / "generations" / identity).iterdir())]
    assert len(paths) == 9
    for path in paths:
        data = path.read_bytes()
        for _ in range(60):
            at = chance.randrange(len(data))
            flipped = data[:at] + bytes([data[at] ^ (1 << chance.randrange(8))]) + data[at + 1 :]
            junk = data + chance.randbytes(chance.randrange(1, 20))
            for bad in (flipped, data[:at], junk, data[:at] + b"\0" * (len(data) - at)):
                if bad == data:
                    continue
                path.write_bytes(bad)
                with pytest.raises(NotReadyError, match=re.escape(str(store)) + ".*run `footnote index`|Run"):
                    open_index(store)
        path.write_bytes(data)
    assert version_of(open_index(store)) == 1


@pytest.mark.parametrize("name", ["manifest.json", "vectors.faiss", "articles.json"])
def test_a_missing_or_foreign_file_is_named(tmp_path: Path, folder: Path, name: str) -> None:
    store = tmp_path / "store"
    identity = build_index([folder], store, HashingEmbedder()).generation
    path = store / "generations" / identity / name
    path.unlink()
    with pytest.raises(NotReadyError, match=rf"{name}' can't be used: it is missing. Run `footnote index`"):
        open_index(store)
    path.symlink_to("/dev/zero")
    with pytest.raises(NotReadyError, match=rf"{name}' can't be used: it can't be read"):
        open_index(store)
    path.unlink()
    os.mkfifo(path)
    with pytest.raises(NotReadyError, match=rf"{name}' can't be used"):
        open_index(store)


def test_a_damaged_index_is_built_afresh(tmp_path: Path, folder: Path) -> None:
    store = tmp_path / "store"
    identity = build_index([folder], store, HashingEmbedder()).generation
    (store / "generations" / identity / "vectors.faiss").write_bytes(b"junk")
    report = build_index([folder], store, HashingEmbedder())
    assert (report.unchanged, report.reused) == (False, 0)
    assert version_of(open_index(store)) == 1
    shutil.rmtree(store / "generations")
    assert not build_index([folder], store, HashingEmbedder()).unchanged
    assert version_of(open_index(store)) == 1


@pytest.mark.parametrize("lasting", [False, True], ids=["once", "for good"])
def test_a_full_disk_at_any_step_keeps_the_old_index(
    tmp_path: Path, folder: Path, monkeypatch: pytest.MonkeyPatch, lasting: bool
) -> None:
    store = tmp_path / "store"
    build_index([folder], store, HashingEmbedder())
    write_version(folder, 2)
    current = generations.load(store, "")
    monkeypatch.setattr(generations, "load", lambda *_: current)
    failures = 0
    while True:
        monkeypatch.setattr(generations, "load", lambda *_: current)
        monkeypatch.setattr(generations, "os", FailingOs(failures + 1, lasting))
        with suppress(NotReadyError):
            build_index([folder], store, HashingEmbedder())
            break
        monkeypatch.undo()
        failures += 1
        left = [path.name for path in (store / "generations").iterdir()]
        assert len(left) <= 2
        assert not any(name.startswith("tmp-") for name in left)
        assert version_of(open_index(store)) in {1, 2}
    assert failures > 25
    monkeypatch.undo()
    assert version_of(open_index(store)) == 2


def test_a_full_disk_says_so(tmp_path: Path, folder: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(generations, "os", FailingOs(2, lasting=True))
    with pytest.raises(NotReadyError, match=r"can't be written \(No space left on device\).*Make room"):
        build_index([folder], tmp_path / "store", HashingEmbedder())


def test_a_second_writer_is_refused_at_once(tmp_path: Path, folder: Path) -> None:
    store = tmp_path / "store"
    with generations.writing(store), pytest.raises(NotReadyError, match="is locked"):
        build_index([folder], store, HashingEmbedder())
    build_index([folder], store, HashingEmbedder())


def test_a_store_that_cannot_be_written_says_so(tmp_path: Path, folder: Path) -> None:
    (tmp_path / "file").write_text("in the way", encoding="utf-8")
    with pytest.raises(NotReadyError, match="Can't make the folder"):
        build_index([folder], tmp_path / "file", HashingEmbedder())
    store = tmp_path / "store"
    (store / "lock").mkdir(parents=True)
    with pytest.raises(NotReadyError, match="can't be written"):
        build_index([folder], store, HashingEmbedder())


def test_readers_never_fail_while_a_writer_works(tmp_path: Path, folder: Path) -> None:
    store = tmp_path / "store"
    build_index([folder], store, HashingEmbedder())
    done = threading.Event()
    seen: list[int] = []
    problems: list[BaseException] = []

    def read() -> None:
        while not done.is_set():
            try:
                seen.append(version_of(open_index(store)))
            except BaseException as error:
                problems.append(error)

    readers = [threading.Thread(target=read) for _ in range(2)]
    for reader in readers:
        reader.start()
    for version in range(2, 30):
        write_version(folder, version)
        build_index([folder], store, HashingEmbedder())
    done.set()
    for reader in readers:
        reader.join()
    assert not problems
    assert seen == [] or max(seen) > min(seen)


def test_a_killed_writer_leaves_the_old_or_the_new_generation(tmp_path: Path) -> None:
    script = Path(__file__).with_name("kill_writers.py")
    finished = subprocess.run(
        [sys.executable, str(script), str(tmp_path), "25"],
        capture_output=True,
        text=True,
        timeout=100,
        check=False,
    )
    assert finished.returncode == 0, finished.stderr
    assert "25 of 25" in finished.stdout
