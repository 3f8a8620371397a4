"""Reads `.txt` and `.md` files from the paths a user names: each becomes a name, a text and a hash.

Only regular files inside the named folder are opened, each once, and what is hashed is what was read.
"""

import hashlib
import os
import stat
from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from pathlib import Path

from index.decoding import UndecodableError, decode
from index.errors import BadInputError

SUFFIXES = (".txt", ".md")
MAX_BYTES = 50_000_000


@dataclass(frozen=True, slots=True)
class Source:
    """A file's decoded text; `name` is its path inside the named folder, `sha256` that of its bytes."""

    name: str
    text: str
    sha256: str


def read_sources(paths: Sequence[Path]) -> tuple[Source, ...]:
    """The texts of the named files, and of every article in the named folders, by name.

    Raises:
        BadInputError: when a path can't be read as articles; the message quotes it.
    """
    if not paths:
        raise BadInputError("No path was given; name a .txt or .md file, or a folder of them.")
    found: dict[str, Path] = {}
    sources = []
    for given in paths:
        for name, path in _articles(Path(given)):
            if name in found:
                if found[name].resolve() == path.resolve():
                    continue
                raise BadInputError(
                    f"Two articles are called {name!r}: {str(found[name])!r} and {str(path)!r}; rename one."
                )
            found[name] = path
            sources.append(_source(name, path))
    return tuple(sorted(sources, key=lambda source: source.name))


def _articles(given: Path) -> Iterator[tuple[str, Path]]:
    """Article names and paths under one named path."""
    try:
        mode = given.stat().st_mode
    except FileNotFoundError:
        raise BadInputError(f"There is no file or folder {str(given)!r}; check the path.") from None
    except (OSError, ValueError) as error:
        raise BadInputError(f"Can't read {str(given)!r} ({_reason(error)}); check the path.") from None
    if not stat.S_ISDIR(mode):
        if given.suffix.lower() not in SUFFIXES:
            raise BadInputError(
                f"{str(given)!r} is not an article; name a .txt or .md file, or a folder of them."
            )
        yield given.name, given
        return
    root = given.resolve()
    paths = list(_walk(root, root))
    if not paths:
        raise BadInputError(f"The folder {str(given)!r} has no .txt or .md file; put an article there.")
    for path in paths:
        yield path.relative_to(root).as_posix(), path


def _walk(folder: Path, root: Path) -> Iterator[Path]:
    """Article files below a folder, sorted; hidden ones and linked folders are passed over."""
    try:
        entries = sorted(os.scandir(folder), key=lambda entry: entry.name)
    except OSError as error:
        raise BadInputError(f"Can't read the folder {str(folder)!r} ({_reason(error)}).") from None
    for entry in entries:
        path = Path(entry.path)
        if entry.name.startswith("."):
            continue
        if entry.is_dir(follow_symlinks=False):
            yield from _walk(path, root)
        elif path.suffix.lower() in SUFFIXES and not entry.is_dir():
            if entry.is_symlink() and not path.resolve().is_relative_to(root):
                raise BadInputError(
                    f"{str(path)!r} is a link that leaves {str(root)!r}; copy the file instead."
                )
            yield path


def _source(name: str, path: Path) -> Source:
    if not name.isprintable():
        raise BadInputError(f"The file name {name!r} has characters that can't be shown; rename it.")
    data = _bytes(path)
    try:
        text = decode(data)
    except UndecodableError as error:
        raise BadInputError(f"Can't read {str(path)!r} as text: {error}. Save it as UTF-8.") from None
    if not any(character.isalnum() for character in text):
        raise BadInputError(f"{str(path)!r} has no text; write the article into it, or remove it.")
    return Source(name, text, hashlib.sha256(data).hexdigest())


def _bytes(path: Path) -> bytes:
    """The whole file, if it is a regular one within the size limit."""
    try:
        descriptor = os.open(path.resolve(), os.O_RDONLY | os.O_NONBLOCK | os.O_NOFOLLOW | os.O_CLOEXEC)
        with open(descriptor, "rb") as file:
            if not stat.S_ISREG(os.fstat(descriptor).st_mode):
                raise BadInputError(f"{str(path)!r} is not a regular file; name a text file.")
            data = file.read(MAX_BYTES + 1)
    except OSError as error:
        raise BadInputError(f"Can't read {str(path)!r} ({_reason(error)}); check its permissions.") from None
    if len(data) > MAX_BYTES:
        limit = f"{MAX_BYTES // 1_000_000} MB"
        raise BadInputError(f"{str(path)!r} is larger than {limit}; split it into several articles.")
    return data


def _reason(error: Exception) -> str:
    return getattr(error, "strerror", None) or str(error)
