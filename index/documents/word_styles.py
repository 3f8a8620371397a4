"""What the styles of a Word document say: which paragraphs are headings or list items, and what is hidden."""

import re
from collections.abc import Iterator
from dataclasses import dataclass

from lxml import etree

_HEADING = re.compile(r"heading (?P<level>\d)|title", re.IGNORECASE)
_OFF = {"0", "false", "off", "none"}
_BODY_LEVEL = 9


@dataclass(frozen=True, slots=True)
class ParagraphStyle:
    """The part of a paragraph in its document.

    `heading` is the level of a heading, 0 for the title of it all; `level` is the depth of a list item.
    """

    heading: int | None
    level: int | None


def value_of(element: etree._Element, name: str) -> str | None:
    """An attribute in any namespace."""
    for key, value in element.attrib.items():
        if etree.QName(key).localname == name:
            return str(value)
    return None


def is_on(properties: etree._Element, name: str) -> bool:
    """Whether a switch is there and not turned off."""
    switch = properties.find(f"{{*}}{name}")
    return switch is not None and (value_of(switch, "val") or "1").lower() not in _OFF


class WordStyles:
    """The styles by identifier, each with those it is based on."""

    def __init__(self, root: etree._Element) -> None:
        self._styles = {value_of(style, "styleId"): style for style in root.iterfind("{*}style")}
        self._usual = {
            value_of(style, "type"): value_of(style, "styleId")
            for style in self._styles.values()
            if value_of(style, "default") in {"1", "true"}
        }

    def of(self, paragraph: etree._Element) -> ParagraphStyle:
        """What a paragraph is."""
        own = paragraph.find("{*}pPr")
        chain = [own, *(style.find("{*}pPr") for style in self._of_paragraph(paragraph))]
        layers = [properties for properties in chain if properties is not None]
        outline = _first(layers, "outlineLvl")
        if outline is None:
            return ParagraphStyle(self._named_level(paragraph), _list_level(layers))
        level = _number(value_of(outline, "val"), _BODY_LEVEL)
        return ParagraphStyle(level + 1 if level < _BODY_LEVEL else None, _list_level(layers))

    def _named_level(self, paragraph: etree._Element) -> int | None:
        """The level of the heading that a style's name makes of a paragraph."""
        for style in self._of_paragraph(paragraph):
            name = style.find("{*}name")
            titled = None if name is None else _HEADING.fullmatch(value_of(name, "val") or "")
            if titled:
                return int(titled["level"] or 0)
        return None

    def is_vanished(self, run: etree._Element, paragraph: etree._Element) -> bool:
        """Whether a run is hidden, by itself or by a style."""
        own = run.find("{*}rPr")
        named = None if own is None else own.find("{*}rStyle")
        chosen = list(self._chain(None if named is None else value_of(named, "val")))
        layers = [own]
        layers += [style.find("{*}rPr") for style in [*chosen, *self._of_paragraph(paragraph)]]
        for properties in layers:
            if properties is not None and properties.find("{*}vanish") is not None:
                return is_on(properties, "vanish")
        return False

    def _of_paragraph(self, paragraph: etree._Element) -> Iterator[etree._Element]:
        named = paragraph.find("{*}pPr/{*}pStyle")
        usual = self._usual.get("paragraph")
        return self._chain(usual if named is None else value_of(named, "val"))

    def _chain(self, identifier: str | None) -> Iterator[etree._Element]:
        """A style and those it is based on, nearest first; a circle ends."""
        seen = set[str]()
        while identifier in self._styles and identifier is not None and identifier not in seen:
            seen.add(identifier)
            style = self._styles[identifier]
            yield style
            base = style.find("{*}basedOn")
            identifier = None if base is None else value_of(base, "val")


def _list_level(layers: list[etree._Element]) -> int | None:
    numbering = _first(layers, "numPr")
    if numbering is None:
        return None
    which, level = numbering.find("{*}numId"), numbering.find("{*}ilvl")
    if which is not None and value_of(which, "val") == "0":
        return None
    return min(_number(None if level is None else value_of(level, "val"), 0), 8)


def _first(layers: list[etree._Element], name: str) -> etree._Element | None:
    return next((found for layer in layers if (found := layer.find(f"{{*}}{name}")) is not None), None)


def _number(value: str | None, otherwise: int) -> int:
    return int(value) if value is not None and re.fullmatch(r"\d{1,3}", value) else otherwise
