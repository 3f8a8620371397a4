"""What a model remembers of the articles it has read, on disk: the next process need not read them again."""

import hashlib
import os
from contextlib import suppress
from pathlib import Path

from index.whole_file import put_whole
from rag.state import State

MOST_BYTES = 500_000_000
"""Of all states together; those that were not used for longest go first."""

_DIGEST = hashlib.sha256().digest_size


class KeptStates:
    """A folder of states of one model; it may be deleted at any time.

    Whatever the disk does, an answer stays the same: what can't be written is not kept, and what is not as
    it was written is read anew.
    """

    def __init__(self, folder: Path, most_bytes: int = MOST_BYTES) -> None:
        """Remembers the folder, which need not exist."""
        self._folder = folder
        self._most_bytes = most_bytes

    def load(self, text: str) -> State | None:
        """The state after reading the text, if it was kept and is as it was."""
        from safetensors.torch import load

        path = self._path(text)
        try:
            data = path.read_bytes()
            os.utime(path)
        except OSError:
            return None
        if hashlib.sha256(data[_DIGEST:]).digest() != data[:_DIGEST]:
            return None
        tensors = load(data[_DIGEST:])
        return State(tensors["keys"], tensors["values"], tensors["keys"].shape[2])

    def save(self, text: str, state: State) -> None:
        """Keeps the state after reading the text."""
        from safetensors.torch import save

        parts = {"keys": state.keys[:, :, : state.length], "values": state.values[:, :, : state.length]}
        data = save({name: part.contiguous() for name, part in parts.items()})
        with suppress(OSError):
            self._folder.mkdir(parents=True, exist_ok=True)
            put_whole(self._path(text), hashlib.sha256(data).digest() + data)
            self._make_room()

    def _make_room(self) -> None:
        """Deletes the longest unused files beyond the limit."""
        found = [(path, path.stat()) for path in self._folder.iterdir()]
        room = self._most_bytes
        for path, facts in sorted(found, key=lambda one: -one[1].st_mtime):
            room -= facts.st_size
            if room < 0:
                path.unlink()

    def _path(self, text: str) -> Path:
        return self._folder / hashlib.sha256(text.encode()).hexdigest()
