"""The visible text of a Word document: a paragraph a block, a list item or a table row a line."""

import io
import zipfile
from collections.abc import Iterator

from docx import Document
from docx.opc.constants import RELATIONSHIP_TYPE
from docx.oxml import parse_xml
from lxml import etree

from index.documents.extract import Draft, Extract, UnreadableError
from index.documents.word_styles import WordStyles, is_on, value_of

MAX_UNPACKED = 200_000_000
MAX_PARTS = 10_000

_THROUGH = frozenset(
    "ins moveTo hyperlink smartTag sdt sdtContent customXml fldSimple dir bdo oMath oMathPara ruby rubyBase "
    "num den sup sub e deg fName f sSup sSub sSubSup rad nary d func".split()
)
_NOTES = (RELATIONSHIP_TYPE.FOOTNOTES, RELATIONSHIP_TYPE.ENDNOTES)
_WHITE = "FFFFFF"
_PLAIN_FILLS = {"", "auto", _WHITE}


def extract(data: bytes) -> Extract:
    """The text of a document, with the foot- and endnotes after it."""
    _check_archive(data)
    document = Document(io.BytesIO(data))
    if document.element.getroottree().docinfo.doctype:
        raise UnreadableError("it declares a document type, which Word never does; save its text as .txt")
    walk = _Walk(WordStyles(document.styles.element))
    walk.blocks(document.element.body)
    walk.draft.section = walk.draft.level = None
    for kind in _NOTES:
        for relation in document.part.rels.values():
            if relation.reltype == kind and not relation.is_external:
                _notes(walk, parse_xml(relation.target_part.blob))
    return walk.draft.finish()


def _check_archive(data: bytes) -> None:
    """Refuses what would not fit into memory before any of it is unpacked."""
    try:
        with zipfile.ZipFile(io.BytesIO(data)) as archive:
            parts = archive.infolist()
    except zipfile.BadZipFile:
        raise UnreadableError("it is cut off or damaged; save it again") from None
    if len(parts) > MAX_PARTS or sum(part.file_size for part in parts) > MAX_UNPACKED:
        raise UnreadableError(
            f"it unpacks to more than {MAX_UNPACKED // 1_000_000} MB; save its text as .txt"
        )
    if not any(part.filename == "word/document.xml" for part in parts) and not any(
        part.filename == "[Content_Types].xml" for part in parts
    ):
        raise UnreadableError("it is a ZIP archive, not a Word document; save it as .docx")


def _notes(walk: "_Walk", root: etree._Element) -> None:
    for note in root:
        if value_of(note, "type") is None:  # the others draw the line above the notes
            walk.blocks(note)


class _Walk:
    """Writes the blocks of a document, in the order in which they are read."""

    def __init__(self, styles: WordStyles) -> None:
        self.draft = Draft()
        self._styles = styles
        self._boxes: list[etree._Element] = []
        self._in_list = False

    def blocks(self, container: etree._Element) -> None:
        """Writes what stands in a body, a cell, a note or a text box."""
        for element in _children(container):
            if _name(element) == "p":
                self._paragraph(element)
            else:
                self._in_list = False
                self._table(element)
            boxes, self._boxes = self._boxes, []
            for box in boxes:
                self.blocks(box)

    def _paragraph(self, paragraph: etree._Element) -> None:
        style = self._styles.of(paragraph)
        text = self._text(paragraph)
        item = style.level is not None and style.heading is None
        if style.heading is not None:
            self.draft.head(" ".join(text.split()), style.heading)
        elif item and text.strip():
            self.draft.write(
                "  " * (style.level or 0) + "- " + text.strip(), "\n" if self._in_list else "\n\n"
            )
        else:
            self.draft.write(text.strip())
        self._in_list = item if text.strip() else self._in_list

    def _table(self, table: etree._Element) -> None:
        rows = [row for row in _wrapped(table, "tr") if not self._is_dropped(row)]
        cells = [list(_wrapped(row, "tc")) for row in rows]
        if all(len(row) < 2 for row in cells):
            for cell in (cell for row in cells for cell in row):
                self.blocks(cell)
            return
        gap = "\n\n"
        for row in cells:
            texts = [" ".join(self._cell(cell).split()) for cell in row]
            if any(texts):
                self.draft.write(" | ".join(texts), gap)
                gap = "\n"

    def _is_dropped(self, row: etree._Element) -> bool:
        properties = row.find("{*}trPr")
        if properties is None:
            return False
        hidden = is_on(properties, "hidden")
        self.draft.hidden += hidden
        return hidden or properties.find("{*}del") is not None

    def _cell(self, cell: etree._Element) -> str:
        """All of a cell on one line, tables inside it too."""
        texts = []
        for element in _children(cell):
            if _name(element) == "p":
                texts.append(self._text(element))
            else:
                texts += [
                    self._cell(inner) for row in _wrapped(element, "tr") for inner in _wrapped(row, "tc")
                ]
        return " ".join(texts)

    def _text(self, paragraph: etree._Element) -> str:
        return "".join(self._pieces(paragraph, paragraph))

    def _pieces(self, element: etree._Element, paragraph: etree._Element) -> Iterator[str]:
        for child in element:
            name = _name(child)
            if name == "r":
                yield from self._run(child, paragraph)
            elif name in _THROUGH:
                yield from self._pieces(child, paragraph)
            elif name == "AlternateContent" and len(child):
                yield from self._pieces(child[0], paragraph)

    def _run(self, run: etree._Element, paragraph: etree._Element) -> Iterator[str]:
        boxes = len(self._boxes)
        shown = "".join(self._shown(run))
        if self._styles.is_vanished(run, paragraph) or _is_white(run):
            self.draft.hidden += any(character.isalnum() for character in shown)
            del self._boxes[boxes:]
        else:
            yield shown

    def _shown(self, run: etree._Element) -> Iterator[str]:
        for child in run:
            name = _name(child)
            if name == "t":
                yield child.text or ""
            elif name in {"tab", "ptab"}:
                yield " "
            elif name in {"br", "cr"}:
                yield "\n"
            elif name == "noBreakHyphen":
                yield "-"
            elif name in {"drawing", "pict", "AlternateContent", "object"}:
                self._boxes += _choice(child).iterfind(".//{*}txbxContent")
            elif name == "ruby":
                yield from (text.text or "" for text in child.iterfind("{*}rubyBase//{*}t"))


def _is_white(run: etree._Element) -> bool:
    """Whether a run says itself that it is white, with nothing that colours the ground behind it."""
    properties = run.find("{*}rPr")
    color = None if properties is None else properties.find("{*}color")
    if properties is None or color is None or (value_of(color, "val") or "").upper() != _WHITE:
        return False
    if properties.find("{*}highlight") is not None or _is_filled(properties):
        return False
    around = [element for element in run.iterancestors() if _name(element) in {"p", "tc", "tbl"}]
    return not any(
        _name(element) == "tbl" or _is_filled(element.find(f"{{*}}{_name(element)}Pr")) for element in around
    )


def _is_filled(properties: etree._Element | None) -> bool:
    shade = None if properties is None else properties.find("{*}shd")
    return shade is not None and (value_of(shade, "fill") or "") not in _PLAIN_FILLS


def _children(container: etree._Element) -> Iterator[etree._Element]:
    """Paragraphs and tables, also those that a wrapper holds; not what a tracked change deleted."""
    for element in container:
        name = _name(element)
        if name in {"p", "tbl"}:
            yield element
        elif name in _THROUGH:
            yield from _children(element)
        elif name == "AlternateContent" and len(element):
            yield from _children(element[0])


def _choice(element: etree._Element) -> etree._Element:
    """The first of the alternatives, which all say the same; other elements stand for themselves."""
    return element[0] if _name(element) == "AlternateContent" and len(element) else element


def _wrapped(parent: etree._Element, name: str) -> Iterator[etree._Element]:
    for element in parent:
        if _name(element) == name:
            yield element
        elif _name(element) in _THROUGH:
            yield from _wrapped(element, name)


def _name(element: etree._Element) -> str:
    return etree.QName(element).localname if isinstance(element.tag, str) else ""
