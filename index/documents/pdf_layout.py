"""Joins the lines of a PDF document to paragraphs, by where they stand on their pages.

Dropped are running headers and footers; a word that was broken at the end of a line is whole again.
"""

import re
from collections import Counter
from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from statistics import median

from index.documents.extract import Draft, Extract

_EDGE_LINES = 2
_MARGIN = 20
_REPEATED_SHARE = 1 / 8
_LOOSE = 1.3
_ROOMY = 2.2
_SAME_SIZE = 0.15
_LINES_OF_A_COLUMN = 3

_ITEM = re.compile(r"(?:[-*+•‣◦–▪●■]|\(?\d{1,3}[.)]|\(?[a-z][.)])\s")
_PAGE_NUMBER = re.compile(r"[^\w#]*(?:page|p\.)?\s*#\s*(?:(?:of|/|\|)\s*#)?[^\w#]*")
_NUMBER = re.compile(r"\d+|\A[ivxlc]+\Z")
_WORD = re.compile(r"[^\W\d_]+(?:-[^\W\d_]+)*")
_LAST_WORD = re.compile(r"([^\W\d_]+)[-‐]$")
_BROKEN = re.compile(r"\w[-‐]$")
_FIRST_WORD = re.compile(r"\A[^\W\d_]+")


@dataclass(frozen=True, slots=True)
class Line:
    """A line of letters; measures are in points from the lower left corner of its page."""

    text: str
    page: int
    left: float
    right: float
    base: float
    size: float

    @property
    def is_row(self) -> bool:
        """Whether it is a row of cells."""
        return " | " in self.text

    @property
    def is_item(self) -> bool:
        """Whether it begins a list item."""
        return bool(_ITEM.match(self.text))


@dataclass(frozen=True, slots=True)
class Title:
    """An entry of the outline; `height` is where it points to on its page, if it says so."""

    text: str
    page: int
    height: float | None


def lay_out(pages: Sequence[Sequence[Line]], titles: Sequence[Title]) -> Extract:
    """The text of the pages, with the page and the section of every part."""
    lines = list(_kept(pages))
    sections = _sections(lines, titles)
    flow = _Flow(lines)
    words = _whole_words(lines)
    draft = Draft()
    gap = "\n\n"
    for at, line in enumerate(lines):
        following = lines[at + 1] if at + 1 < len(lines) else None
        draft.page, draft.section = line.page, sections.get(at, draft.section)
        text, next_gap = line.text, "\n\n"
        if following and flow.goes_on(at) and at + 1 not in sections:
            text, next_gap = _joined(text, following.text, words)
        elif following and flow.is_near(at, _ROOMY) and _are_alike(line, following):
            next_gap = "\n"
        draft.write(text, gap)
        gap = next_gap
    return draft.finish()


def _kept(pages: Sequence[Sequence[Line]]) -> Iterator[Line]:
    """The lines without those that stand at the same edge of many pages, whatever their numbers."""
    edges = [{_edge_key(line) for line in _edge_lines(page)} for page in pages]
    counts = Counter(key for keys in edges for key in keys)
    for page in pages:
        outer = set(_edge_lines(page))
        for line in page:
            text, height = _edge_key(line)
            least = 2 if _PAGE_NUMBER.fullmatch(text) else 3
            repeated = counts[text, height] >= max(least, _REPEATED_SHARE * len(pages))
            if not (repeated and line in outer):
                yield line


def _edge_lines(page: Sequence[Line]) -> list[Line]:
    by_height = sorted(page, key=lambda line: line.base)
    return by_height[:_EDGE_LINES] + by_height[-_EDGE_LINES:]


def _edge_key(line: Line) -> tuple[str, int]:
    return _NUMBER.sub("#", line.text.casefold()), round(line.base / _MARGIN)


def _sections(lines: Sequence[Line], titles: Sequence[Title]) -> dict[int, str]:
    """The titles by the line at which they begin."""
    first: dict[int, int] = {}
    for at, line in enumerate(lines):
        first.setdefault(line.page, at)
    found = {}
    for title in titles:
        if title.page in first:
            at = _line_of(title, lines, first[title.page])
            found[at] = " ".join(title.text.split())
    return found


def _line_of(title: Title, lines: Sequence[Line], start: int) -> int:
    """The line with a title's words, or else the first one below where the title points to."""
    wanted = _plain(title.text)
    below = start if title.height is None else None
    for at in range(start, len(lines)):
        line = lines[at]
        if line.page != title.page:
            break
        said = _plain(line.text)
        if said and wanted and (said.endswith(wanted) or wanted.startswith(said)) and len(said) > 2:
            return at
        if below is None and title.height is not None and line.base < title.height:
            below = at
    return start if below is None else below


def _plain(text: str) -> str:
    return "".join(character for character in text.casefold() if character.isalnum())


def _whole_words(lines: Sequence[Line]) -> Counter[str]:
    """How often each word is written, without those that the end of a line may have broken."""
    words: Counter[str] = Counter()
    broken = False
    for line in lines:
        text = _FIRST_WORD.sub("", line.text, count=1) if broken else line.text
        broken = bool(_LAST_WORD.search(line.text))
        words.update(word.casefold() for word in _WORD.findall(_LAST_WORD.sub("", text)))
    return words


def _joined(text: str, following: str, words: Counter[str]) -> tuple[str, str]:
    """A line as it stands before the one it goes on in, and what comes between them."""
    broken, rest = _LAST_WORD.search(text), _FIRST_WORD.match(following)
    if broken is None or rest is None:
        dash = text[-1:] in "-‐" and text[-2:-1].isalnum()
        return text, "" if dash else " "
    head, tail = broken.group(1).casefold(), rest.group().casefold()
    is_compound = words[f"{head}-{tail}"] or (words[head] and words[tail])
    if rest.group()[0].islower() and (words[head + tail] or not is_compound):
        return text[:-1], ""
    return text, ""


def _are_alike(line: Line, following: Line) -> bool:
    return (line.is_row and following.is_row) or (line.is_item and following.is_item)


class _Flow:
    """Which lines go on in the next one."""

    def __init__(self, lines: Sequence[Line]) -> None:
        self._lines = lines
        steps = [
            (line.base - following.base) / line.size
            for line, following in zip(lines, lines[1:], strict=False)
            if line.page == following.page and 0 < line.base - following.base < 3 * line.size
        ]
        self._step = median(steps) if steps else 1.2
        self._edges = self._right_edges()

    def is_near(self, at: int, loose: float = _LOOSE) -> bool:
        """Whether the next line stands right below this one."""
        line, following = self._lines[at], self._lines[at + 1]
        step = (line.base - following.base) / line.size
        return line.page == following.page and 0 < step <= loose * self._step

    def goes_on(self, at: int) -> bool:
        """Whether the next line goes on with the paragraph of this one."""
        line, following = self._lines[at], self._lines[at + 1]
        if following.is_item or line.is_row or following.is_row or not _same_size(line, following):
            return False
        open_end = line.text.rstrip("”\"')")[-1:] not in ".!?:"
        broken = bool(_BROKEN.search(line.text)) and following.text[:1].isalnum()
        runs_on = broken or (open_end and following.text[:1].islower())
        if self.is_near(at):
            indented = following.left > line.left + 1.2 * line.size and not line.is_item
            return runs_on or (not indented and self._is_full(at))
        elsewhere = line.page != following.page or following.base > line.base
        return elsewhere and (runs_on or (open_end and self._is_full(at)))

    def _is_full(self, at: int) -> bool:
        """Whether the next line's first word would not have fitted on this line."""
        line, following = self._lines[at], self._lines[at + 1]
        letter = (following.right - following.left) / max(len(following.text), 1)
        word = len(following.text.split(maxsplit=1)[0]) + 1
        return line.right + word * letter >= self._edges[at]

    def _right_edges(self) -> list[float]:
        """How far the lines of each line's column reach."""
        runs = self._runs()
        wide = {
            _column(self._lines[run.start]): self._reach(run)
            for run in reversed(runs)
            if len(run) >= _LINES_OF_A_COLUMN
        }
        edges: list[float] = []
        for run in runs:
            column, reach = _column(self._lines[run.start]), self._reach(run)
            if len(run) >= _LINES_OF_A_COLUMN:
                wide[column] = reach
            edges += [max(reach, wide.get(column, 0)) if len(run) < _LINES_OF_A_COLUMN else reach] * len(run)
        return edges

    def _runs(self) -> list[range]:
        """Stretches of lines of one size that stand right below each other."""
        runs, start = [], 0
        for at in range(len(self._lines)):
            last = at + 1 == len(self._lines)
            if last or not (self.is_near(at) and _same_size(self._lines[at], self._lines[at + 1])):
                runs.append(range(start, at + 1))
                start = at + 1
        return runs

    def _reach(self, run: range) -> float:
        return max(self._lines[at].right for at in run)


def _same_size(line: Line, following: Line) -> bool:
    return abs(line.size - following.size) <= _SAME_SIZE * max(line.size, following.size)


def _column(line: Line) -> int:
    return round(line.left / _MARGIN)
