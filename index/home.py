"""Where Footnote keeps things: in one folder chosen by FOOTNOTE_HOME, or in two by the platform's custom."""

import hashlib
import os
import re
from pathlib import Path

from index.errors import NotReadyError


def home() -> Path:
    """The folder for indexes and models, which can be made again; it need not exist yet."""
    import platformdirs

    return _chosen() or platformdirs.user_cache_path("footnote")


def data_home() -> Path:
    """The folder for what people gave, which nothing can make again; it need not exist yet."""
    import platformdirs

    return _chosen() or platformdirs.user_data_path("footnote")


def data_beside(store: Path) -> Path:
    """The folder for what people gave to one store; it lies in `data_home` as the store does in `home`."""
    return data_home() / store.relative_to(home()) if store.is_relative_to(home()) else store


def _chosen() -> Path | None:
    chosen = os.environ.get("FOOTNOTE_HOME")
    return Path(chosen).expanduser().absolute() if chosen else None


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
