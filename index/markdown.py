"""Reads a Markdown text: what of it is hidden, and where its headings are."""

import re
from collections.abc import Iterator

from index.article import Place

_NEVER_SHOWN = ("script", "style", "template", "noscript")
_VOID = ("area", "br", "col", "embed", "hr", "img", "input", "link", "meta", "source", "track", "wbr")
_OPENING = re.compile(
    r"^[ \t]{0,3}(?P<fence>`{3,}|~{3,})|(?P<code>`+)|(?P<comment><!--)"
    r"|<(?P<tag>[a-z][a-z0-9]*)\b(?P<attributes>[^<>]{0,2000})>"
    r"|^[ \t]{0,3}\[[^\]\n]{1,200}\]:[ \t]*(?:#|<>)[ \t]*[\"'(].*$",
    re.MULTILINE | re.IGNORECASE,
)
_HIDING = re.compile(
    r"\s(?:hidden(?=[\s=/]|$)|style\s*=.*(?:display\s*:\s*none|visibility\s*:\s*hidden))",
    re.IGNORECASE | re.DOTALL,
)
_INDENT = re.compile(r"[ \t]{0,3}")
_FENCE = re.compile(r" {0,3}(`{3,}|~{3,})")
_HEADING = re.compile(r" {0,3}(?P<signs>#{1,6})[ \t]+(?P<title>.*?)(?:[ \t]+#+)?[ \t]*$")
_UNDERLINE = re.compile(r" {0,3}(?:=+|-+)[ \t]*$")
_NO_TITLE = re.compile(r"[ \t]*(?:$|[-*+>|#<]|\d{1,3}[.)][ \t]| {4})")


def without_hidden(text: str) -> tuple[str, int]:
    """The text without comments and elements that no page shows, and how many there were; code stays."""
    pieces, at, hidden = [], 0, 0
    for start, end in _hidden_spans(text):
        pieces.append(text[at:start])
        at = end
        hidden += any(character.isalnum() for character in text[start:end])
    return "".join([*pieces, text[at:]]), hidden


def headings(text: str) -> tuple[Place, ...]:
    """A place for each heading outside code, ``# Title`` or underlined."""
    found: list[Place] = []
    start, fence, before = 0, "", ""
    for line in text.split("\n"):
        mark = _FENCE.match(line)
        if mark and (not fence or mark.group(1).startswith(fence)):
            fence = "" if fence else mark.group(1)
        elif not fence and (heading := _HEADING.match(line)):
            title = heading["title"].strip() or None
            found.append(Place(start, section=title, level=len(heading["signs"]) if title else None))
        elif not fence and _UNDERLINE.match(line) and not _NO_TITLE.match(before):
            level = 1 if "=" in line else 2
            found.append(Place(start - len(before) - 1, section=before.strip(), level=level))
        before = "" if fence or mark else line
        start += len(line) + 1
    return tuple(found)


def _hidden_spans(text: str) -> Iterator[tuple[int, int]]:
    """Spans that are not shown, in order."""
    at, unclosed = 0, set[str]()
    while match := _OPENING.search(text, at):
        start, at = match.span()
        if match["fence"]:
            close = re.compile(rf"^[ \t]{{0,3}}{re.escape(match['fence'])}", re.MULTILINE).search(text, at)
            at = close.end() if close else len(text)
        elif match["code"]:
            at = _code_end(text, match["code"], at)
        elif match["comment"]:
            end = -1 if "-->" in unclosed else text.find("-->", start + 4)
            if end < 0 and not _begins_its_line(text, start):
                unclosed.add("-->")
                continue
            at = end + 3 if end >= 0 else len(text)
            yield start, at
        elif match["tag"]:
            name = match["tag"].lower()
            if name in _NEVER_SHOWN or (name not in _VOID and _HIDING.search(match["attributes"])):
                at = _element_end(text, name, at)
                yield start, at
        else:
            yield start, at


def _code_end(text: str, ticks: str, at: int) -> int:
    """The end of code between backticks; where they open none, that of the backticks."""
    stop = text.find("\n\n", at, at + 1000)
    end = text.find(ticks, at, stop if stop >= 0 else at + 1000)
    return end + len(ticks) if end >= 0 else at


def _element_end(text: str, name: str, at: int) -> int:
    """The end of an element that opened before `at`, or of the text when nothing closes it."""
    depth = 1
    for tag in re.compile(rf"<(/?){name}\b[^<>]*>", re.IGNORECASE).finditer(text, at):
        depth += -1 if tag.group(1) else 1
        if not depth:
            return tag.end()
    return len(text)


def _begins_its_line(text: str, start: int) -> bool:
    line = text.rfind("\n", 0, start) + 1
    return bool(_INDENT.fullmatch(text, line, start))
