"""What a document gives: its visible text, where each part of it stands, and how much was hidden."""

import re
from dataclasses import dataclass

from index.article import Place
from index.hidden import without_invisible

MAX_CHARACTERS = 5_000_000
MAX_TITLE = 200

_BREAKS = re.compile("\r\n?|[\u2028\u2029\u0085\x0b\x0c]")
_CONTROL = re.compile("[\x00-\x08\x0e-\x1f\x7f-\x9f\ud800-\udfff]")


class UnreadableError(ValueError):
    """The file gives no text; the message says why, and what to do."""


@dataclass(frozen=True, slots=True)
class Extract:
    """The text of a file; `places` and `hidden` are those of `Article`."""

    text: str
    places: tuple[Place, ...] = ()
    hidden: int = 0


class Draft:
    """Collects the text of a document block by block.

    `page`, `section` and the `level` of its heading are those of the next block.
    """

    def __init__(self) -> None:
        self.page: int | None = None
        self.section: str | None = None
        self.level: int | None = None
        self.hidden = 0
        self._pieces: list[str] = []
        self._length = 0
        self._places: list[Place] = []

    def write(self, text: str, gap: str = "\n\n") -> None:
        """Adds a text, with a gap to the one before; a text that shows nothing is passed over."""
        text, hidden = without_invisible(_CONTROL.sub(" ", _BREAKS.sub("\n", text)))
        self.hidden += hidden
        text = text.strip("\n").rstrip()
        if not text.strip():
            return
        if self._pieces:
            self._add(gap)
        at = self._places[-1] if self._places else Place(0)
        if (at.page, at.section) != (self.page, self.section):
            self._places.append(Place(self._length, self.page, self.section, self.level))
        self._add(text)

    def head(self, title: str, level: int | None = None) -> None:
        """Adds a heading, which names the section that begins with it; 1 is the highest level."""
        shown = " ".join(without_invisible(title)[0].split())
        if shown:
            self.section = shown if len(shown) <= MAX_TITLE else f"{shown[: MAX_TITLE - 1]}…"
            self.level = level
        self.write(title)

    def finish(self) -> Extract:
        """The whole document."""
        return Extract("".join(self._pieces), tuple(self._places), self.hidden)

    def _add(self, text: str) -> None:
        self._pieces.append(text)
        self._length += len(text)
        if self._length > MAX_CHARACTERS:
            raise UnreadableError(
                f"it has more than {MAX_CHARACTERS // 1_000_000} million characters of text; "
                "split it into several articles"
            )
