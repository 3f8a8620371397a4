"""Finds the paragraphs of a text: which line breaks end a paragraph, and which only wrap a long line.

A blank line always ends a paragraph. A single line break ends one too, unless the text is hard-wrapped: its
lines stop near one column, and the next word would not have fitted. Headings, list items, table rows, quotes
and fenced code keep a paragraph of their own in either case.
"""

import re
from collections.abc import Iterator
from typing import NamedTuple

from index.article import Paragraph

MIN_WRAP_COLUMN = 30
MAX_WRAP_COLUMN = 120
WRAPPED_SHARE = 2 / 3

MARKER = re.compile(r"(?:[ \t]*(?:#{1,6}[ \t]+|[-*+•‣◦–][ \t]+|>[ \t]?))*[ \t]*")
_STARTS_ITS_OWN = re.compile(r"[ \t]*(?:#{1,6}[ \t]|[-*+•‣◦–][ \t]|>|\||\d{1,3}[.)][ \t])")
_IS_WHOLE = re.compile(r"[ \t]*(?:#{1,6}[ \t]|\|)")
_CELL_END = re.compile(r"(?<!\\)\|")
_FENCE = re.compile(r"[ \t]*(?:```|~~~)")
_DRAWN_LINE = re.compile(r"[\s\-=*_#>|:+~`•‣◦–.]*\Z")


class _Line(NamedTuple):
    start: int
    text: str
    code: bool

    @property
    def end(self) -> int:
        return self.start + len(self.text)


def paragraphs(text: str, wrapped: bool = True) -> Iterator[Paragraph]:
    """Paragraphs in order; only white space and drawn lines (``----``, code fences) are left out.

    Args:
        text: what to look at.
        wrapped: whether a line break may only wrap a long line.
    """
    blocks = list(_blocks(text))
    column = _wrap_column(blocks) if wrapped else 0
    for block in blocks:
        start = block[0].start
        for line, following in zip(block, [*block[1:], None], strict=True):
            if following is not None and column and _is_wrap(line, following, column):
                continue
            yield from _trimmed(text, start, line.end)
            start = following.start if following else start


def cells(text: str) -> list[str]:
    """The cells of a table's row, ``| a | b |`` or ``a | b``; nothing for any other text."""
    row = text.strip()
    if row.startswith("|") and row.endswith("|") and len(row) > 1:
        row = row[1:-1]
    elif " | " not in row and not row.startswith("|"):
        return []
    found = [cell.strip() for cell in _CELL_END.split(row)]
    return found if len(found) > 1 else []


def _blocks(text: str) -> Iterator[list[_Line]]:
    """Runs of lines with text between blank lines, drawn lines and fences."""
    block: list[_Line] = []
    start, code = 0, False
    for raw in text.split("\n"):
        line = _Line(start, raw, code)
        start += len(raw) + 1
        fence = bool(_FENCE.match(raw))
        code ^= fence
        if not fence and not _DRAWN_LINE.match(raw):
            block.append(line)
        elif block:
            yield block
            block = []
    if block:
        yield block


def _wrap_column(blocks: list[list[_Line]]) -> int:
    """The column at which the text is hard-wrapped, or 0 when its lines are paragraphs."""
    pairs = [
        (line, following)
        for block in blocks
        for line, following in zip(block, block[1:], strict=False)
        if not (line.code or _STARTS_ITS_OWN.match(following.text) or _IS_WHOLE.match(line.text))
    ]
    if not pairs:
        return 0
    lengths = sorted(len(line.text.rstrip()) for line, _ in pairs)
    column = lengths[int(0.9 * (len(lengths) - 1))]
    if not MIN_WRAP_COLUMN <= column <= MAX_WRAP_COLUMN:
        return 0
    full = sum(_is_full(line, following, column) for line, following in pairs)
    running_on = sum(_runs_on(line, following) for line, following in pairs)
    return column if full >= WRAPPED_SHARE * len(pairs) and running_on >= len(pairs) / 3 else 0


def _is_wrap(line: _Line, following: _Line, column: int) -> bool:
    """Whether the break after a line only wraps it."""
    if line.code or _STARTS_ITS_OWN.match(following.text) or _IS_WHOLE.match(line.text):
        return False
    return _runs_on(line, following) or _is_full(line, following, column - column // 8)


def _is_full(line: _Line, following: _Line, column: int) -> bool:
    """Whether the next line's first word would not have fitted on this line."""
    words = following.text.split(maxsplit=1)
    return len(line.text.rstrip()) + 1 + len(words[0]) >= column


def _runs_on(line: _Line, following: _Line) -> bool:
    """Whether a sentence plainly goes on: no full stop before the break, and a small letter after it."""
    return line.text.rstrip()[-1:] not in ".!?:" and following.text.lstrip()[:1].islower()


def _trimmed(text: str, start: int, end: int) -> Iterator[Paragraph]:
    """The paragraph without white space around it, if it has a letter or a digit."""
    piece = text[start:end]
    if any(character.isalnum() for character in piece):
        start += len(piece) - len(piece.lstrip())
        yield Paragraph(start, start + len(piece.strip()))
