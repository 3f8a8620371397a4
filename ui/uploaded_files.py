"""The files that people uploaded, in a folder beside the index, and the names that they may have."""

import os
import secrets
import unicodedata
from collections.abc import Iterator
from contextlib import contextmanager, suppress
from pathlib import Path

from index.home import data_beside, make_folder
from index.reading import SUFFIXES
from ui.problems import ProblemError

LONGEST_NAME = 120
"""Characters; most file systems allow 255 bytes."""

_MOST_NAME_BYTES = 240
_UNFINISHED = "."
_FOREIGN = frozenset('/\\:*?"<>|')


def uploads_folder(store: Path) -> Path:
    """Where the uploaded files of a store are; it need not exist."""
    return data_beside(store) / "uploads"


def uploaded_files(store: Path) -> list[Path]:
    """The uploaded files of a store."""
    try:
        found = list(uploads_folder(store).iterdir())
    except FileNotFoundError:
        return []
    return sorted(path for path in found if not path.name.startswith(_UNFINISHED))


def checked_name(name: str) -> str:
    """The name, if an uploaded file may have it.

    Raises:
        ProblemError: It may not; the message does not repeat it.
    """
    stem, dot, suffix = name.rpartition(".")
    if f"{dot}{suffix}".lower() not in SUFFIXES or not stem:
        raise _bad_name(f"it must end in one of {', '.join(SUFFIXES)}")
    if len(name) > LONGEST_NAME or len(name.encode("utf-8", "replace")) > _MOST_NAME_BYTES:
        raise _bad_name(f"it has more than {LONGEST_NAME} characters")
    plain = all(one.isprintable() and one not in _FOREIGN for one in name)
    if not plain or name != unicodedata.normalize("NFC", name) or name[0] in ". " or stem[-1] in ". ":
        raise _bad_name("use letters, digits, spaces, hyphens and the like, and no path")
    return name


@contextmanager
def replaced(path: Path, data: bytes | None) -> Iterator[None]:
    """The file has this content, or is gone; it is as it was again if what is done meanwhile fails.

    A process that is killed meanwhile leaves the old content or the new one.
    """
    make_folder(path.parent)
    _sweep(path.parent)
    new, old = (path.with_name(f"{_UNFINISHED}{secrets.token_hex(8)}") for _ in range(2))
    try:
        if data is not None:
            _write(new, data)
        was_there = path.exists()
        if was_there:
            os.link(path, old)
        with _put_back(path, old if was_there else None):
            if data is None:
                path.unlink()
            else:
                os.replace(new, path)
            _flush(path.parent)
            yield
    finally:
        with suppress(OSError):
            new.unlink(missing_ok=True)
            old.unlink(missing_ok=True)


@contextmanager
def _put_back(path: Path, old: Path | None) -> Iterator[None]:
    """What fails meanwhile leaves the file as the old one, or gone when there was none."""
    try:
        yield
    except BaseException:
        with suppress(OSError):
            if old is None:
                path.unlink(missing_ok=True)
            else:
                os.replace(old, path)
        raise


def _sweep(folder: Path) -> None:
    """Removes what a change left that was broken off."""
    for path in folder.glob(f"{_UNFINISHED}*"):
        path.unlink(missing_ok=True)


def _write(path: Path, data: bytes) -> None:
    descriptor = os.open(path, os.O_WRONLY | os.O_CREAT | os.O_EXCL | os.O_CLOEXEC, 0o600)
    with open(descriptor, "wb") as file:
        file.write(data)
        file.flush()
        os.fsync(file.fileno())


def _flush(folder: Path) -> None:
    """Makes sure that the disk has the names in a folder."""
    descriptor = os.open(folder, os.O_RDONLY | os.O_CLOEXEC)
    try:
        os.fsync(descriptor)
    finally:
        os.close(descriptor)


def _bad_name(why: str) -> ProblemError:
    return ProblemError(422, "bad_name", f"An article can't have this name: {why}.")
