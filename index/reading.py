"""Reads articles from the paths a user names: each file becomes a name, a text and a hash.

Only regular files inside the named folder are opened, each once, and what is hashed is what was read.
"""

import hashlib
import os
import stat
from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass
from pathlib import Path

from index import headings, markdown
from index.article import Place
from index.decoding import UndecodableError, decode
from index.documents import isolation
from index.documents.extract import Extract, UnreadableError
from index.errors import BadInputError
from index.hidden import without_invisible

VERSION = "2"
SUFFIXES = (".txt", ".md", *isolation.SUFFIXES)
MAX_BYTES = 50_000_000
_WANTED = ".txt, .md, .html, .pdf or .docx file"


class NoTextError(UnreadableError):
    """The file has no text; the message goes on after its name."""


@dataclass(frozen=True, slots=True)
class Source:
    """A file's text; `name` is its path inside the named folder, `sha256` the hash of its bytes.

    `places` and `hidden` are those of `Article`.
    """

    name: str
    text: str
    sha256: str
    places: tuple[Place, ...] = ()
    hidden: int = 0

    @property
    def wrapped(self) -> bool:
        """Whether a line break of the text may only wrap a long line."""
        return not is_document(self.name)


def recipe() -> str:
    """What decides which text a file gives."""
    return f"{VERSION} {isolation.recipe()}"


def is_document(name: str) -> bool:
    """Whether a file of that name is a document, whose text is not its content as it stands."""
    return Path(name).suffix.lower() in isolation.SUFFIXES


def read_sources(paths: Sequence[Path], known: Sequence[Source] = ()) -> tuple[Source, ...]:
    """The texts of the named files, and of every article in the named folders, by name.

    Args:
        paths: files and folders.
        known: what documents gave before; one with the same name and bytes is not parsed again.

    Raises:
        BadInputError: when a path can't be read as articles; the message quotes it.
    """
    if not paths:
        raise BadInputError(f"No path was given; name a {_WANTED}, or a folder of them.")
    before = {(source.name, source.sha256): source for source in known}
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
            sources.append(_source(name, path, before))
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
            raise BadInputError(f"{str(given)!r} is not an article; name a {_WANTED}, or a folder of them.")
        yield given.name, given
        return
    root = given.resolve()
    paths = list(_walk(root, root))
    if not paths:
        raise BadInputError(f"The folder {str(given)!r} has no {_WANTED}; put an article there.")
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


def source_of(name: str, data: bytes) -> Source:
    """The text of a file of that name and content.

    Raises:
        UndecodableError: when the bytes are no text.
        NoTextError: when there is nothing to read in it.
        UnreadableError: when the document can't be read; all messages say why, and name no file.
    """
    found = isolation.extract(data, Path(name).suffix.lower()) if is_document(name) else _of_text(name, data)
    if not any(character.isalnum() for character in found.text):
        raise NoTextError(f"has no text; {_without_text(name)}")
    return Source(name, found.text, hashlib.sha256(data).hexdigest(), found.places, found.hidden)


def _source(name: str, path: Path, before: Mapping[tuple[str, str], Source]) -> Source:
    if not name.isprintable():
        raise BadInputError(f"The file name {name!r} has characters that can't be shown; rename it.")
    data = _bytes(path)
    sha256 = hashlib.sha256(data).hexdigest()
    if (name, sha256) in before:
        return before[name, sha256]
    try:
        return source_of(name, data)
    except UndecodableError as error:
        raise BadInputError(f"Can't read {str(path)!r} as text: {error}. Save it as UTF-8.") from None
    except NoTextError as error:
        raise BadInputError(f"{str(path)!r} {error}.") from None
    except UnreadableError as error:
        raise BadInputError(f"Can't read {str(path)!r}: {error}.") from None


def _of_text(name: str, data: bytes) -> Extract:
    """The text of a file that is its own text, without what is hidden in it."""
    text, invisible = without_invisible(decode(data))
    if not name.lower().endswith(".md"):
        return Extract(text, headings.headings(text), invisible)
    text, hidden = markdown.without_hidden(text)
    return Extract(text, markdown.headings(text), invisible + hidden)


def _without_text(name: str) -> str:
    if name.lower().endswith(".pdf"):
        return "it may be a scan: run text recognition on it, or remove it"
    return "write the article into it, or remove it"


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
