"""The visible text of a web page: a block a paragraph, a list item or a table row a line."""

import re
from collections.abc import Iterator
from dataclasses import dataclass, field

from lxml import etree

from index.documents.charset import decode_page
from index.documents.extract import Draft, Extract, UnreadableError
from index.documents.look import Look

_NEVER_SHOWN = frozenset(
    "head script style template noscript title meta link iframe noembed noframes object video audio canvas "
    "datalist rp".split()
)
_HEADINGS = frozenset(f"h{level}" for level in range(1, 7))
_BLOCKS = _HEADINGS | frozenset(
    "address article aside blockquote body button caption center dd details dialog dir div dl dt fieldset "
    "figcaption figure footer form header hgroup hr html legend li main menu nav ol optgroup option p pre "
    "search section select summary table tbody td textarea tfoot th thead tr ul".split()
)
_LISTS = frozenset(("ul", "ol", "menu", "dir"))
_GROUPS = _LISTS | {"dl", "table", "select"}
_CELLS = frozenset(("td", "th"))
_LAYOUT = _HEADINGS | {"table", "article", "section", "form", "blockquote"}
_SPACE = re.compile(r"[ \t\n\r\f\xa0]+")
_ENDS = re.compile(r"</(?:body|html)\s*>", re.IGNORECASE)
_TOO_DEEP = "ERR_RESOURCE_LIMIT"


def extract(data: bytes) -> Extract:
    """The text of a page."""
    # A browser shows what follows these two, the parser drops it.
    text = _ENDS.sub("", decode_page(data))
    parser = etree.HTMLParser(encoding="utf-8", huge_tree=True, no_network=True)
    root = etree.fromstring(text.encode(), parser) if text.strip() else None
    if any(error.type_name == _TOO_DEEP for error in parser.error_log):
        raise UnreadableError("its elements are nested too deeply; save its text as .txt")
    return _Page(root).extract() if root is not None else Extract("")


@dataclass(slots=True)
class _List:
    """A list that is open; `number` is that of the next item, or None for bullets."""

    number: int | None


@dataclass(slots=True)
class _Row:
    """A table row that is open."""

    cells: list[str] = field(default_factory=list)


class _Page:
    """One walk over a page, event by event, since a page may be deeper than a stack."""

    def __init__(self, root: etree._Element) -> None:
        self._root = root
        self._draft = Draft()
        self._buffer: list[str] = []
        self._looks = [Look()]
        self._lists: list[_List] = []
        self._groups: list[etree._Element] = []
        self._written_in: etree._Element | None = None
        self._row: _Row | None = None
        self._tables: list[bool] = []
        self._pre = 0
        self._marker = ""
        self._styled = next(root.iter("style", "link"), None) is not None

    def extract(self) -> Extract:
        """The walk."""
        for comment in self._root.itersiblings(preceding=True):
            self._count(comment.text)
        walk = etree.iterwalk(self._root, events=("start", "end", "comment", "pi"))
        skipped = None
        for event, element in walk:
            if event in {"comment", "pi"}:
                self._count(element.text)
                self._append(element.tail)
            elif event == "start":
                look = self._look_of(element)
                if look is None:
                    self._count("".join(element.itertext()))
                    walk.skip_subtree()
                    skipped = element
                else:
                    self._looks.append(look)
                    self._open(element)
                    self._append(element.text)
            else:
                if element is not skipped:
                    self._close(element)
                    self._looks.pop()
                self._append(element.tail if element is not self._root else None)
        self._flush()
        return self._draft.finish()

    def _look_of(self, element: etree._Element) -> Look | None:
        tag = _tag(element)
        if tag in _NEVER_SHOWN or (tag == "dialog" and "open" not in element.attrib):
            return None
        return self._looks[-1].inside(tag, element.attrib, self._styled)

    def _open(self, element: etree._Element) -> None:
        tag = _tag(element)
        if tag in _BLOCKS:
            self._flush()
        if tag in _GROUPS:
            self._groups.append(element)
        if tag in _LISTS:
            self._lists.append(_List(_first_number(element) if tag == "ol" else None))
        elif tag == "li":
            self._marker = self._next_marker()
        elif tag == "pre":
            self._pre += 1
        elif tag == "br":
            self._buffer.append("\n" if self._row is None else " ")
        elif tag == "q":
            self._buffer.append("“")
        elif tag == "table":
            self._tables.append(_holds_data(element))
        elif tag == "tr" and self._tables and self._tables[-1]:
            self._row = _Row()

    def _close(self, element: etree._Element) -> None:
        tag = _tag(element)
        if tag in _HEADINGS and self._row is None:
            self._draft.head(self._taken(), int(tag[1]))
        elif tag in _CELLS and self._row is not None:
            self._row.cells.append(" ".join(self._taken().split()))
        elif tag in _BLOCKS:
            self._flush()
        if tag == "tr" and self._row is not None:
            cells, self._row = self._row.cells, None
            self._write(" | ".join(cells) if any(cells) else "")
        elif tag == "q":
            self._buffer.append("”")
        self._leave(tag)

    def _leave(self, tag: str) -> None:
        """Forgets what is true only inside an element."""
        if tag == "pre":
            self._pre -= 1
        elif tag == "li":
            self._marker = ""
        elif tag in _LISTS:
            self._lists.pop()
        elif tag == "table":
            self._tables.pop()
        if tag in _GROUPS:
            self._groups.pop()

    def _append(self, text: str | None) -> None:
        if not text:
            return
        if not self._looks[-1].is_seen:
            self._count(text)
        else:
            self._buffer.append(text if self._pre and self._row is None else _SPACE.sub(" ", text))

    def _count(self, text: str | None) -> None:
        self._draft.hidden += any(character.isalnum() for character in text or "")

    def _flush(self) -> None:
        """Ends a block; in a table row the blocks of a cell run on."""
        if self._row is not None:
            self._buffer.append(" ")
        else:
            self._write(self._taken())

    def _taken(self) -> str:
        text = "".join(self._buffer)
        self._buffer.clear()
        if self._pre:
            return text.replace("\xa0", " ")
        lines = (" ".join(line.split(" ")).strip() for line in text.split("\n"))
        return re.sub(r"\n{2,}", "\n\n", re.sub(r" {2,}", " ", "\n".join(lines))).strip("\n")

    def _write(self, text: str) -> None:
        if not text.strip():
            return
        if self._lists:
            indent = "  " * (len(self._lists) - 1)
            text = f"{indent}{self._marker or '  '}{text}"
            self._marker = ""
        outermost = self._groups[0] if self._groups else None
        same = outermost is not None and outermost is self._written_in
        self._draft.write(text, "\n" if same else "\n\n")
        self._written_in = outermost

    def _next_marker(self) -> str:
        """What stands before a list item."""
        if not self._lists or self._lists[-1].number is None:
            return "- "
        number = self._lists[-1].number
        self._lists[-1].number = number + 1
        return f"{number}. "


def _tag(element: etree._Element) -> str:
    return element.tag.lower() if isinstance(element.tag, str) else ""


def _first_number(element: etree._Element) -> int:
    start = element.get("start", "1").strip()
    return int(start) if re.fullmatch(r"\d{1,6}", start) else 1


def _holds_data(table: etree._Element) -> bool:
    """Whether the rows of a table are rows, and not a way to lay out a page."""
    inner: Iterator[etree._Element] = table.iterdescendants()
    many_columns = any(len(row.findall("td") + row.findall("th")) > 1 for row in table.iter("tr"))
    return many_columns and not any(_tag(element) in _LAYOUT for element in inner)
