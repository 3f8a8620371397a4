"""Keeps an index on disk so that a reader always finds one whole generation: the old one or the new one.

A generation is written to a temporary folder, flushed, renamed to its identity and only then named by the
file `CURRENT`, which is replaced in one step. The identity is the hash of the manifest, and the manifest has
the hash of every file, so nothing is parsed that was not written here.
"""

import hashlib
import os
import re
import secrets
import shutil
from collections.abc import Iterator, Mapping
from contextlib import contextmanager, suppress
from dataclasses import dataclass
from pathlib import Path

from index.errors import NotReadyError
from index.home import make_folder
from index.manifest import FILE_NAMES, FileName, FileRecord, Manifest

POINTER = "CURRENT"
FOLDER = "generations"
MANIFEST = "manifest.json"
_UNFINISHED = "tmp-"
_IDENTITY = re.compile(rb"([0-9a-f]{32})\n")
_MAX_MANIFEST = 1 << 30
_ATTEMPTS = 10


@dataclass(frozen=True, slots=True)
class Generation:
    """One verified generation: `files` are the very bytes whose hashes were compared."""

    identity: str
    manifest: Manifest
    files: Mapping[FileName, bytes]


def record(data: bytes) -> FileRecord:
    """The manifest's entry for a file of these bytes."""
    return FileRecord(sha256=hashlib.sha256(data).hexdigest(), size=len(data))


@contextmanager
def writing(store: Path) -> Iterator[None]:
    """Holds the store's lock, which ends with the process; a second writer is refused at once.

    Raises:
        NotReadyError: when another process is writing, or the store can't be written.
    """
    from filelock import FileLock, Timeout

    make_folder(store)
    lock = FileLock(store / "lock", blocking=False)
    try:
        lock.acquire()
    except Timeout:
        raise NotReadyError(
            f"The index {str(store)!r} is locked: another `footnote` is writing it; wait for it."
        ) from None
    except OSError as error:
        raise _unwritable(store, error) from None
    try:
        yield
    finally:
        lock.release()


def publish(store: Path, manifest: Manifest, files: Mapping[FileName, bytes]) -> str:
    """Writes a generation and makes it the current one; the caller holds the lock.

    Raises:
        NotReadyError: when the disk refuses; the generation before stays the current one.
    """
    data = manifest.to_bytes()
    identity = _identity_of(data)
    generations = store / FOLDER
    unfinished = generations / f"{_UNFINISHED}{secrets.token_hex(8)}"
    before = _pointer(store)
    try:
        generations.mkdir(exist_ok=True)
        _sweep(generations, keep={identity, before})
        os.mkdir(unfinished)
        for name in FILE_NAMES:
            _write(unfinished / name, files[name])
        _write(unfinished / MANIFEST, data)
        _flush_folder(unfinished)
        os.rename(unfinished, generations / identity)
        _flush_folder(generations)
        _write(store / f"{POINTER}.new", f"{identity}\n".encode())
        os.replace(store / f"{POINTER}.new", store / POINTER)
        _flush_folder(store)
    except OSError as error:
        _clean_up(store, unfinished, generations / identity)
        raise _unwritable(store, error) from None
    _sweep(generations, keep={identity, before})
    return identity


def _clean_up(store: Path, unfinished: Path, finished: Path) -> None:
    """Removes what a failed write left, unless it is already the current generation."""
    with suppress(OSError):
        (store / f"{POINTER}.new").unlink()
    shutil.rmtree(unfinished, ignore_errors=True)
    if _pointer(store) != finished.name:
        shutil.rmtree(finished, ignore_errors=True)


def load(store: Path, command: str) -> Generation:
    """The current generation, every byte of it checked.

    Args:
        store: the store's folder.
        command: what the user runs to build the index, for the messages.

    Raises:
        NotReadyError: when there is none, or a file of it is missing or altered.
    """
    for _ in range(_ATTEMPTS):
        identity = _pointer(store)
        if not identity:
            raise NotReadyError(_no_index(store, command))
        try:
            return _verified(store / FOLDER / identity, identity, command)
        except FileNotFoundError as error:
            if _pointer(store) == identity:
                raise _corrupt(Path(error.filename), "it is missing", command) from None
    raise NotReadyError(f"The index {str(store)!r} is being rewritten all the time; try again.")


def corrupt_file(
    generation: Generation, store: Path, name: FileName, why: object, command: str
) -> NotReadyError:
    """The error for a file whose bytes are as written, but which does not make sense."""
    return _corrupt(store / FOLDER / generation.identity / name, str(why), command)


def _verified(folder: Path, identity: str, command: str) -> Generation:
    data = _read(folder / MANIFEST, _MAX_MANIFEST, command)
    if _identity_of(data) != identity:
        raise _corrupt(folder / MANIFEST, "its hash is not the one it was written with", command)
    try:
        manifest = Manifest.from_bytes(data)
    except ValueError:
        why = "it was written by another version of Footnote"
        raise _corrupt(folder / MANIFEST, why, command) from None
    files: dict[FileName, bytes] = {}
    for name, expected in manifest.files.items():
        files[name] = _read(folder / name, expected.size, command)
        if record(files[name]) != expected:
            raise _corrupt(folder / name, "its hash is not the one it was written with", command)
    return Generation(identity, manifest, files)


def _read(path: Path, limit: int, command: str) -> bytes:
    """A regular file of at most so many bytes; one more is read, which shows that it has grown."""
    try:
        descriptor = os.open(path, os.O_RDONLY | os.O_NOFOLLOW | os.O_NONBLOCK | os.O_CLOEXEC)
        with open(descriptor, "rb") as file:
            return file.read(limit + 1)
    except FileNotFoundError:
        raise
    except OSError as error:
        raise _corrupt(path, f"it can't be read: {error.strerror}", command) from None


def _pointer(store: Path) -> str:
    """The identity of the current generation, or nothing when there is none or it is damaged."""
    try:
        found = _IDENTITY.fullmatch((store / POINTER).read_bytes())
    except OSError:
        return ""
    return found.group(1).decode() if found else ""


def _no_index(store: Path, command: str) -> str:
    if (store / POINTER).exists():
        return (
            f"The index file {str(store / POINTER)!r} is damaged; run `{command}` to build the index again."
        )
    return f"There is no index in {str(store)!r}; run `{command}` to build one."


def _identity_of(manifest: bytes) -> str:
    return hashlib.sha256(manifest).hexdigest()[:32]


def _write(path: Path, data: bytes) -> None:
    """Writes and flushes a file of its own; an error of any step is raised."""
    descriptor = os.open(path, os.O_WRONLY | os.O_CREAT | os.O_TRUNC | os.O_CLOEXEC, 0o644)
    try:
        rest = memoryview(data)
        while rest:
            rest = rest[os.write(descriptor, rest) :]
        os.fsync(descriptor)
    finally:
        os.close(descriptor)


def _flush_folder(folder: Path) -> None:
    descriptor = os.open(folder, os.O_RDONLY | os.O_CLOEXEC)
    try:
        os.fsync(descriptor)
    finally:
        os.close(descriptor)


def _sweep(generations: Path, keep: set[str]) -> None:
    """Removes unfinished folders and generations that no reader can still be opening."""
    for path in generations.iterdir():
        if path.name not in keep:
            shutil.rmtree(path, ignore_errors=True)


def _corrupt(path: Path, why: str, command: str) -> NotReadyError:
    return NotReadyError(
        f"The index file {str(path)!r} can't be used: {why}. Run `{command}` to build it again."
    )


def _unwritable(store: Path, error: OSError) -> NotReadyError:
    return NotReadyError(
        f"The index {str(store)!r} can't be written ({error.strerror or error}); the one before is kept. "
        "Make room, or set FOOTNOTE_HOME to a folder that can be written."
    )
