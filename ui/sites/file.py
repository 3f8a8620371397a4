"""The file that keeps the sites: written whole or not at all, and read again when it has changed."""

import logging
from collections.abc import Callable
from pathlib import Path

from filelock import FileLock
from pydantic import ValidationError

from index.errors import BadInputError, NotReadyError
from index.home import data_home, make_folder
from index.whole_file import put_whole
from ui.sites.site import Sites

_log = logging.getLogger("footnote")
_Stamp = tuple[int, int, int] | None


def sites_path(chosen: str | None) -> Path:
    """Where the sites are kept: the file that was chosen, or the one among Footnote's data."""
    return Path(chosen).expanduser() if chosen else data_home() / "sites.json"


def read_sites(path: Path) -> Sites:
    """The sites in a file; none when there is no file.

    Raises:
        BadInputError: The file can't be read or used.
    """
    try:
        return Sites.model_validate_json(path.read_bytes())
    except FileNotFoundError:
        return Sites()
    except OSError as error:
        raise BadInputError(f"The file of sites {str(path)!r} can't be read: {error.strerror}.") from error
    except ValidationError as error:
        raise BadInputError(f"The file of sites {str(path)!r} can't be used: {_told(error)}.") from None


def change_sites(path: Path, change: Callable[[Sites], Sites]) -> Sites:
    """Changes the file, alone; whoever reads it meanwhile gets the old content or the new one.

    Raises:
        BadInputError: The file can't be used, or what it should become is not right.
        NotReadyError: It can't be written.
    """
    make_folder(path.absolute().parent)
    try:
        with FileLock(f"{path}.lock"):
            try:
                changed = change(read_sites(path))
            except ValidationError as error:
                raise BadInputError(f"{_told(error)}.") from None
            put_whole(path, changed.model_dump_json(indent=2).encode() + b"\n", durable=True)
            return changed
    except OSError as error:
        raise NotReadyError(
            f"The file of sites {str(path)!r} can't be written ({error.strerror}); "
            "FOOTNOTE_SITES may name another."
        ) from error


class SitesFile:
    """The sites as the file has them now; while it can't be used, as it had them last."""

    def __init__(self, path: Path) -> None:
        """Reads the file.

        Raises:
            BadInputError: It can't be used.
        """
        self._path = path
        self._seen = _stamp(path)
        self._sites = read_sites(path)

    def current(self) -> Sites:
        """The sites."""
        stamp = _stamp(self._path)
        if stamp != self._seen:
            self._seen = stamp
            try:
                self._sites = read_sites(self._path)
            except BadInputError as error:
                _log.error("%s The sites stay as they were.", error)
        return self._sites


def _stamp(path: Path) -> _Stamp:
    try:
        found = path.stat()
    except OSError:
        return None
    return found.st_mtime_ns, found.st_size, found.st_ino


def _told(error: ValidationError) -> str:
    """The first problem; the values stay out of it, for some are secrets."""
    first = error.errors(include_url=False, include_input=False)[0]
    message = first["msg"].removesuffix(".")
    if first["type"] == "value_error":  # our own words, which name what they are about
        return message.removeprefix("Value error, ")
    return f"{'.'.join(str(part) for part in first['loc'])}: {message}"
