"""Whether the letters of a PDF page can be seen: not off the page, and not white on white or without ink."""

import ctypes
from typing import NamedTuple

import pypdfium2 as pdfium
import pypdfium2.raw as pdfium_c

_WHITE = 245
_MAX_OBJECTS = 20_000
_UNSEEN_MODES = (pdfium_c.FPDF_TEXTRENDERMODE_INVISIBLE, pdfium_c.FPDF_TEXTRENDERMODE_CLIP)


class _Area(NamedTuple):
    left: float
    bottom: float
    right: float
    top: float

    def holds(self, x: float, y: float) -> bool:
        return self.left <= x <= self.right and self.bottom <= y <= self.top


class Paint:
    """What a page is painted with."""

    def __init__(self, page: pdfium.PdfPage, text: pdfium.PdfTextPage) -> None:
        self._page = page
        self._text = text
        self._bounds = _Area(*page.get_bbox())
        self._colored: list[_Area] | None = None
        self._suspects: dict[int | None, bool] = {}

    def hides(self, at: int) -> bool:
        """Whether a letter can't be seen.

        White letters, and the invisible ones of text recognition, are seen where something is painted.
        """
        if not self._is_suspect(at):
            return False
        left, right, bottom, top = (ctypes.c_double() for _ in range(4))
        if not pdfium_c.FPDFText_GetCharBox(self._text.raw, at, left, right, bottom, top):
            return False
        x, y = (left.value + right.value) / 2, (bottom.value + top.value) / 2
        if not self._bounds.holds(x, y):
            return True
        drawn = pdfium_c.FPDFText_GetTextObject(self._text.raw, at)
        return _has_no_ink(drawn) and not any(area.holds(x, y) for area in self._areas())

    def _is_suspect(self, at: int) -> bool:
        """Whether the piece of text that a letter belongs to needs a closer look."""
        drawn = pdfium_c.FPDFText_GetTextObject(self._text.raw, at)
        key = ctypes.cast(drawn, ctypes.c_void_p).value
        if key not in self._suspects:
            self._suspects[key] = key is not None and (_has_no_ink(drawn) or self._leaves_page(drawn))
        return self._suspects[key]

    def _leaves_page(self, drawn: object) -> bool:
        sides = [ctypes.c_float() for _ in range(4)]
        if not pdfium_c.FPDFPageObj_GetBounds(drawn, *sides):
            return False
        left, bottom, right, top = (side.value for side in sides)
        return not (self._bounds.holds(left, bottom) and self._bounds.holds(right, top))

    def _areas(self) -> list[_Area]:
        """Where pictures and coloured areas are."""
        if self._colored is None:
            kinds = [pdfium_c.FPDF_PAGEOBJ_PATH, pdfium_c.FPDF_PAGEOBJ_IMAGE, pdfium_c.FPDF_PAGEOBJ_SHADING]
            self._colored = []
            for number, found in enumerate(self._page.get_objects(filter=kinds, max_depth=4)):
                if number < _MAX_OBJECTS and (found.type != kinds[0] or _is_filled(found.raw)):
                    self._colored.append(_Area(*found.get_bounds()))
        return self._colored


def _has_no_ink(drawn: object) -> bool:
    mode = pdfium_c.FPDFTextObj_GetTextRenderMode(drawn)
    if mode in _UNSEEN_MODES:
        return True
    if mode not in {pdfium_c.FPDF_TEXTRENDERMODE_FILL, pdfium_c.FPDF_TEXTRENDERMODE_FILL_CLIP}:
        return False
    return _is_clear(drawn)


def _is_clear(drawn: object) -> bool:
    """Whether the colour that fills an object is white or transparent."""
    red, green, blue, alpha = (ctypes.c_uint() for _ in range(4))
    if not pdfium_c.FPDFPageObj_GetFillColor(drawn, red, green, blue, alpha):
        return False
    return alpha.value == 0 or min(red.value, green.value, blue.value) >= _WHITE


def _is_filled(path: object) -> bool:
    mode, stroke = ctypes.c_int(), ctypes.c_int()
    found = pdfium_c.FPDFPath_GetDrawMode(path, mode, stroke)
    return bool(found) and mode.value != pdfium_c.FPDF_FILLMODE_NONE and not _is_clear(path)
