"""Writes a file whole or not at all."""

import os
import tempfile
from pathlib import Path


def put_whole(path: Path, content: bytes, *, durable: bool = False) -> None:
    """Puts a file that only its owner may read in the place of the old one, if any; its folder must exist.

    Args:
        path: Where.
        content: All of it.
        durable: Whether it has to be on the disk before the old one goes.

    Raises:
        OSError: The disk refuses; the old file is still there then.
    """
    descriptor, unfinished = tempfile.mkstemp(prefix=f".{path.name}.", dir=path.absolute().parent)
    try:
        with os.fdopen(descriptor, "wb") as file:
            file.write(content)
            if durable:
                file.flush()
                os.fsync(descriptor)
        os.replace(unfinished, path)
    except BaseException:
        os.unlink(unfinished)
        raise
