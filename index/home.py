"""Where Footnote keeps what it makes: one folder, chosen by FOOTNOTE_HOME or by the platform's custom."""

import hashlib
import os
import re
from pathlib import Path

from index.errors import NotReadyError


def home() -> Path:
    """The folder for indexes and models; it need not exist yet."""
    chosen = os.environ.get("FOOTNOTE_HOME")
    if chosen:
        return Path(chosen).expanduser().absolute()
    import platformdirs

    return platformdirs.user_cache_path("footnote")


def default_store() -> Path:
    """The store that `footnote index` writes."""
    return home() / "index" / "default"


def store_for(path: Path) -> Path:
    """A store of its own for one folder of articles, apart from the default one."""
    resolved = path.resolve()
    digest = hashlib.sha256(os.fsencode(resolved)).hexdigest()[:12]
    name = re.sub(r"[^\w.-]+", "_", resolved.name)[:60] or "root"
    return home() / "index" / f"{name}-{digest}"


def shipped_seeds() -> Path:
    """The folder of articles that comes with Footnote; it holds no package, so it is found beside one."""
    return Path(__file__).parent.parent / "seeds"


def make_folder(path: Path) -> Path:
    """Creates a folder with those above it.

    Raises:
        NotReadyError: when it can't be made; the message says how to choose another.
    """
    try:
        path.mkdir(parents=True, exist_ok=True)
    except OSError as error:
        raise NotReadyError(
            f"Can't make the folder {str(path)!r} ({error.strerror}); set FOOTNOTE_HOME to one that can."
        ) from None
    return path
