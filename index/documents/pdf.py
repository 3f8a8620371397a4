"""The visible text of a PDF document: its lines as PDFium finds them, joined to paragraphs."""

import ctypes
import re
from collections.abc import Iterator
from dataclasses import dataclass
from statistics import median

import pypdfium2 as pdfium
import pypdfium2.raw as pdfium_c

from index.documents.extract import Extract, UnreadableError
from index.documents.pdf_layout import Line, Title, lay_out
from index.documents.pdf_paint import Paint

MAX_UNKNOWN = 0.1
WIDE_GAP = 1.2
"""Space between two words, in line heights, from which on they are cells of a table row."""

_HYPHEN_AT_LINE_END = {0x02, 0xFFFE}
_BULLETS = {0xF0B7: "•", 0xF0A7: "•", 0xF0D8: "•"}
_SMALLEST = 1.0
_MARK = re.compile(r"\W{1,2}|[\dA-Z.]{1,8}|\(?\w{1,3}[.)]")
_LONGEST_MARK = 10
_LEADER = re.compile(r"\s*(?:\.\s?){5,}\s*")
_SAMPLE = 5


def extract(data: bytes) -> Extract:
    """The text of a document, without lines that most pages repeat."""
    document = _opened(data)
    pages, hidden = [], 0
    for number in range(len(document)):
        page = _page(document, number)
        reader = _PageReader(page, number + 1)
        pages.append(list(reader.lines()))
        hidden += reader.hidden
        page.close()
    _check_letters(pages)
    found = lay_out(pages, list(_titles(document)))
    return Extract(found.text, found.places, found.hidden + hidden)


def _opened(data: bytes) -> pdfium.PdfDocument:
    try:
        return pdfium.PdfDocument(data)
    except pdfium.PdfiumError as error:
        if "password" in str(error).lower():
            raise UnreadableError("it needs a password; save it without one") from None
        raise UnreadableError("it is cut off or damaged; save it again") from None


def _page(document: pdfium.PdfDocument, number: int) -> pdfium.PdfPage:
    try:
        return document[number]
    except pdfium.PdfiumError:
        raise UnreadableError(f"its page {number + 1} is damaged; save it again") from None


def _check_letters(pages: list[list[Line]]) -> None:
    letters = "".join(line.text for page in pages for line in page)
    unknown = sum(letter == "\ufffd" or "\ue000" <= letter <= "\uf8ff" for letter in letters)
    if unknown > MAX_UNKNOWN * len(letters):
        raise UnreadableError("its fonts don't tell which letters they draw; run text recognition on it")


def _titles(document: pdfium.PdfDocument) -> Iterator[Title]:
    """The document's outline, if it has one."""
    for bookmark in document.get_toc():
        target = bookmark.get_dest()
        page = target.get_index() if target else None
        if page is not None and bookmark.get_title().strip():
            yield Title(bookmark.get_title(), page + 1, _height(target))


def _height(target: pdfium.PdfDest) -> float | None:
    mode, values = target.get_view()
    if mode == pdfium_c.PDFDEST_VIEW_XYZ and len(values) > 1:
        return float(values[1])
    return float(values[0]) if mode == pdfium_c.PDFDEST_VIEW_FITH and values else None


@dataclass(slots=True)
class _Box:
    left: float
    bottom: float
    right: float
    top: float


class _PageReader:
    """Puts the letters of one page together to lines; those nobody can see are counted."""

    def __init__(self, page: pdfium.PdfPage, number: int) -> None:
        self.hidden = 0
        self._number = number
        self._text = page.get_textpage()
        self._paint = Paint(page, self._text)

    def lines(self) -> Iterator[Line]:
        """The lines, in the order in which they are drawn."""
        line: list[tuple[int, str]] = []
        was_hidden = False
        for at in range(self._text.count_chars()):
            code = pdfium_c.FPDFText_GetUnicode(self._text.raw, at)
            if code in {10, 13}:
                yield from self._line(line)
                line = []
                continue
            breaks = code in _HYPHEN_AT_LINE_END
            letter = "-" if breaks else _BULLETS.get(code) or chr(min(code, 0x10FFFF))
            hidden = not letter.isspace() and self._paint.hides(at)
            self.hidden += hidden and not was_hidden
            was_hidden = hidden or (was_hidden and letter.isspace())
            if not hidden:
                line.append((at, letter))
            if breaks:
                yield from self._line(line)
                line = []
        yield from self._line(line)

    def _line(self, letters: list[tuple[int, str]]) -> Iterator[Line]:
        inked = [place for place, (_, letter) in enumerate(letters) if not letter.isspace()]
        if not inked:
            return
        first, last = inked[0], inked[-1]
        sample = [self._box(letters[place][0]) for place in inked[:: len(inked) // _SAMPLE + 1]]
        size = max(median(box.top - box.bottom for box in sample), _SMALLEST)
        # Letters alone on their lines, one below the other, PDFium takes for one line of upright writing.
        stacked = self._box(letters[last][0]).top < sample[0].bottom
        text = _text("".join(self._spaced(letters[first : last + 1], size, stacked)))
        right = max(self._box(letters[last][0]).right, *(box.right for box in sample))
        yield Line(text, self._number, sample[0].left, right, self._base(letters[first][0]), size)

    def _spaced(self, letters: list[tuple[int, str]], size: float, stacked: bool) -> Iterator[str]:
        """The letters, with a bar in the wide gaps of a table row; stacked ones stand apart."""
        before, words, spaced = letters[0][0], "", False
        for at, letter in letters:
            if letter.isspace():
                spaced = True
                continue
            spaced = spaced or (stacked and self._base(before) - self._base(at) > size)
            if spaced:
                wide = self._box(at).left - self._box(before).right > WIDE_GAP * size
                yield " | " if wide and not _MARK.fullmatch(words) else " "
                words += " "
            yield letter
            words += letter if len(words) < _LONGEST_MARK else ""
            before, spaced = at, False

    def _base(self, at: int) -> float:
        """The height that a letter stands on."""
        x, y = ctypes.c_double(), ctypes.c_double()
        pdfium_c.FPDFText_GetCharOrigin(self._text.raw, at, x, y)
        return y.value

    def _box(self, at: int) -> _Box:
        """Where a letter stands, with the room that its font gives it."""
        rect = pdfium_c.FS_RECTF()
        pdfium_c.FPDFText_GetLooseCharBox(self._text.raw, at, rect)
        return _Box(rect.left, rect.bottom, rect.right, rect.top)


def _text(letters: str) -> str:
    """The text with whole characters for pairs of surrogates, and bars for dotted lines."""
    whole = letters.encode("utf-16", "surrogatepass").decode("utf-16", "replace")
    return _LEADER.sub(" | ", whole)
