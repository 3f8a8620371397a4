"""How an element of a web page is shown, as far as the page itself says so in place: seen, or hidden."""

import re
from collections.abc import Mapping
from dataclasses import dataclass, replace

_COMMENT = re.compile(r"/\*.*?(?:\*/|\Z)", re.DOTALL)
_ESCAPE = re.compile(r"\\([0-9a-fA-F]{1,6})\s?")
_ZERO = re.compile(r"[+-]?0*\.?0+(?:px|pt|em|rem|ex|ch|vh|vw|%)?")
_COLOR = re.compile(r"#[0-9a-f]{3,8}\b|rgba?\([^()]*\)|\b(?:white|black|transparent)\b")
_NUMBER = re.compile(r"\d*\.?\d+%?")
_NAMES = {"white": (255, 255, 255), "black": (0, 0, 0)}
_NEAR = 10

_Color = tuple[int, int, int]


@dataclass(frozen=True, slots=True)
class Look:
    """What text inherits; `back` is None where it can't be told what stands behind the text."""

    ink: _Color | None = (0, 0, 0)
    back: _Color | None = (255, 255, 255)
    shown: bool = True
    sized: bool = True

    @property
    def is_seen(self) -> bool:
        """Whether text can be seen."""
        if self.ink is None:
            return False
        blends = self.back is not None and all(
            abs(one - other) < _NEAR for one, other in zip(self.ink, self.back, strict=True)
        )
        return self.shown and self.sized and not blends

    def inside(self, tag: str, attributes: Mapping[str, str], styled: bool) -> "Look | None":
        """The look inside an element, or None when nothing in it is ever shown.

        Args:
            tag: the element's name.
            attributes: as written, with names in small letters.
            styled: whether a style sheet may paint what has a class or an identifier.
        """
        if not attributes:
            return self
        style = _declarations(attributes.get("style", ""))
        if "hidden" in attributes or style.get("display") == "none" or _is_zero(style.get("opacity")):
            return None
        look = self
        if styled and ("class" in attributes or "id" in attributes):
            look = replace(look, back=None)
        if (size := style.get("font-size")) is not None:
            look = replace(look, sized=not _is_zero(size))
        if (visibility := style.get("visibility")) in {"hidden", "collapse", "visible"}:
            look = replace(look, shown=visibility == "visible")
        return look._painted(tag, attributes, style)

    def _painted(self, tag: str, attributes: Mapping[str, str], style: Mapping[str, str]) -> "Look":
        look = self
        ink = style.get("color", attributes.get("color" if tag == "font" else "text", ""))
        back = style.get("background-color", style.get("background", attributes.get("bgcolor", "")))
        if back and back not in {"inherit", "transparent", "none"}:
            look = replace(look, back=_color(back)[1])
        if "background-image" in style or "background" in attributes:
            look = replace(look, back=None)
        if ink:
            known, color = _color(ink)
            look = replace(look, ink=color) if known else replace(look, ink=(0, 0, 0), back=None)
        return look


def _declarations(style: str) -> dict[str, str]:
    plain = _ESCAPE.sub(lambda match: chr(min(int(match.group(1), 16), 0x10FFFF)), _COMMENT.sub("", style))
    pairs = (part.partition(":") for part in plain.lower().split(";"))
    return {name.strip(): value.replace("!important", "").strip() for name, _, value in pairs}


def _is_zero(value: str | None) -> bool:
    return value is not None and bool(_ZERO.fullmatch(value))


def _color(value: str) -> tuple[bool, _Color | None]:
    """Whether the colour is a known one, and which; None for one that can't be seen."""
    found = _COLOR.search(value.lower())
    if not found or "url(" in value or "gradient" in value:
        return False, None
    text = found.group()
    if text == "transparent":
        return True, None
    if text in _NAMES:
        return True, _NAMES[text]
    numbers = _from_hex(text) if text.startswith("#") else _from_function(text)
    if len(numbers) < 3 or (len(numbers) == 4 and not numbers[3]):
        return len(numbers) == 4, None
    return True, (numbers[0], numbers[1], numbers[2])


def _from_hex(text: str) -> list[int]:
    digits = text[1:] if len(text) > 5 else "".join(digit * 2 for digit in text[1:])
    return [int(digits[at : at + 2], 16) for at in range(0, len(digits) - 1, 2)]


def _from_function(text: str) -> list[int]:
    """Red, green, blue, and whether there is any of it."""
    numbers = _NUMBER.findall(text)
    values = [round(float(one.rstrip("%")) * (2.55 if one.endswith("%") else 1)) for one in numbers[:3]]
    return values + [int(float(one.rstrip("%")) > 0) for one in numbers[3:4]]
