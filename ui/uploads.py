"""Articles that people upload while the server runs: stored beside the index, and indexed with the rest.

A change is a new generation of the index and a new pipeline over it, which takes the old one's place between
two answers; so an answer never sees parts of both.
"""

import errno
import logging
import threading
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from dataclasses import dataclass
from pathlib import Path

from index.article import Article
from index.build import change_index
from index.decoding import UndecodableError
from index.documents.extract import UnreadableError
from index.embedding import Embedder
from index.errors import NotReadyError
from index.reading import NoTextError, Source, source_of
from index.store import Index, open_index
from ui.answering import Answering
from ui.problems import SOON, ProblemError, no_such_article
from ui.settings import UploadSettings
from ui.uploaded_files import checked_name, replaced, uploaded_files, uploads_folder

Progress = Callable[[str, int, int], None]

_NO_ROOM = (errno.ENOSPC, errno.EDQUOT)
_LONGEST_REASON = 300

_log = logging.getLogger(__name__)


@dataclass(frozen=True, slots=True)
class Uploaded:
    """An article that is indexed now; `hidden` counts the pieces of its text that were left out."""

    name: str
    sentences: int
    hidden: int


class Uploads:
    """Adds articles to the index that is served, and takes added ones out again."""

    def __init__(
        self,
        store: Path,
        answering: Answering,
        settings: UploadSettings,
        changed: Callable[[], object] = lambda: None,
    ) -> None:
        """Begins with what is in the store.

        Args:
            store: That of the index which is served.
            answering: What answers from it.
            settings: What is allowed.
            changed: Is called after every change.
        """
        self.settings = settings
        self._store = store
        self._answering = answering
        self._changed = changed
        self._turn = threading.Lock()

    def begin(self) -> None:
        """Takes the only turn; `end` gives it back, on any thread.

        Raises:
            ProblemError: `upload_busy`: another change is under way.
        """
        if not self._turn.acquire(blocking=False):
            raise ProblemError(429, "upload_busy", "Another article is being uploaded. Try again soon.", SOON)

    def end(self) -> None:
        """Gives the turn back."""
        self._turn.release()

    def may_have(self, name: str) -> None:
        """Says early that there can't be an article of this name.

        Raises:
            ProblemError: `bad_name`, `name_taken` or `too_many_articles`.
        """
        checked_name(name)
        stored = {path.name for path in uploaded_files(self._store)}
        alike = {other.casefold(): other for other in [*self._answering.index.articles, *stored]}
        if alike.get(name.casefold(), name) != name:
            raise _name_taken()
        if name not in stored and len(stored) >= self.settings.max_articles:
            message = f"There are {len(stored)} uploaded articles already. Delete one first."
            raise ProblemError(409, "too_many_articles", message)

    def add(self, name: str, data: bytes, progress: Progress = lambda step, done, total: None) -> Uploaded:
        """Stores a file and indexes it; the same content again changes nothing.

        Args:
            name: As `may_have` found it good.
            data: The file.
            progress: Told the step, and how much of it is done.

        Raises:
            ProblemError: It can't be; then all is as it was.
        """
        progress("read", 0, 1)
        source = _read(name, data)
        progress("read", 1, 1)
        index, path = self._answering.index, uploads_folder(self._store) / name
        for article in index.articles.values():
            if article.sha256 == source.sha256 and article.name != name:
                raise ProblemError(409, "same_content", "An article with the same content is there already.")
        known = index.articles.get(name)
        if known is not None and known.sha256 == source.sha256:
            return _uploaded(known)
        if known is not None and not path.exists():
            raise _name_taken()
        with _told_by_disk():
            with replaced(path, data):
                change_index(self._store, self._embedder, added=[source], progress=progress)
            return _uploaded(self._take_over().articles[name])

    def remove(self, name: str) -> None:
        """Deletes an uploaded article.

        Raises:
            ProblemError: There is none of this name, it was not uploaded, it is the only article, or the disk
                refuses; then all is as it was.
        """
        index = self._answering.index
        if name not in index.articles:
            raise no_such_article()
        if name not in {path.name for path in uploaded_files(self._store)}:
            raise ProblemError(409, "not_uploaded", "This article was not uploaded, so it stays.")
        if len(index.articles) == 1:
            raise ProblemError(409, "last_article", "This is the only article. Upload another one first.")
        with _told_by_disk():
            with replaced(uploads_folder(self._store) / name, None):
                change_index(self._store, self._embedder, removed=[name])
            self._take_over()

    @property
    def _embedder(self) -> Embedder:
        return self._answering.pipeline.embedder

    def _take_over(self) -> Index:
        """Answers from the current generation from now on; the answer under way keeps its own."""
        before = self._answering.pipeline
        index = open_index(self._store, before.embedder.fingerprint)
        self._answering.pipeline = before.over(index)
        self._changed()
        return index


def _read(name: str, data: bytes) -> Source:
    try:
        return source_of(name, data)
    except NoTextError as error:
        raise ProblemError(422, "unreadable", f"The file {error}."[:_LONGEST_REASON]) from None
    except (UndecodableError, UnreadableError) as error:
        raise ProblemError(422, "unreadable", f"The file can't be read: {error}."[:_LONGEST_REASON]) from None


@contextmanager
def _told_by_disk() -> Iterator[None]:
    """Turns what the disk and the index say into problems."""
    try:
        yield
    except (OSError, NotReadyError) as error:
        _log.error("The index was not changed: %s", error)
        cause = error if isinstance(error, OSError) else error.__context__
        if isinstance(cause, TimeoutError):
            message = "The index is being written by another process. Try again soon."
            raise ProblemError(503, "index_locked", message, SOON) from None
        if isinstance(cause, OSError) and cause.errno in _NO_ROOM:
            raise ProblemError(507, "disk_full", "The server's disk is full; nothing was changed.") from None
        message = "The index can't be changed; the server's log says more."
        raise ProblemError(503, "not_writable", message, SOON) from None


def _uploaded(article: Article) -> Uploaded:
    return Uploaded(article.name, len(article.sentences), article.hidden)


def _name_taken() -> ProblemError:
    return ProblemError(409, "name_taken", "An article of this name is there already. Choose another name.")
