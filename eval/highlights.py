"""An article's text cut where cited and gold spans begin and end, so that a page can mark both."""

from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass

from eval.case import Case
from eval.metrics._evidence import evidence_spans

_WHOLE = 4_000
"""Characters up to which an article is shown whole."""

_AROUND = 300
"""Characters shown before and after a span of a longer one."""


@dataclass(frozen=True, slots=True)
class Piece:
    """A run of text: whether it is cited, or gold, or stands for text that is left out.

    `starts` is what begins here: numbers of citations, and "gold".
    """

    text: str
    cited: bool = False
    gold: bool = False
    starts: tuple[str, ...] = ()
    gap: bool = False


@dataclass(frozen=True, slots=True)
class Excerpt:
    """An article, or the parts of a long one, with marks."""

    article: str
    pieces: tuple[Piece, ...]


@dataclass(frozen=True, slots=True)
class _Mark:
    start: int
    end: int
    label: str


def excerpts(case: Case, articles: Mapping[str, str]) -> tuple[Excerpt, ...]:
    """The texts that a case is about: its article, and every other one that was cited."""
    marks: dict[str, list[_Mark]] = {}
    if case.gold.article is not None:
        marks[case.gold.article] = []
    for piece in evidence_spans(case.gold, articles):
        for name, start, end in piece:
            marks.setdefault(name, []).append(_Mark(start, end, "gold"))
    for citation in case.answer["citations"] if case.answer is not None else ():
        mark = _Mark(citation["start"], citation["end"], str(citation["number"]))
        marks.setdefault(citation["article"], []).append(mark)
    return tuple(
        Excerpt(name, tuple(_pieces(articles[name], found)))
        for name, found in marks.items()
        if name in articles
    )


def _pieces(text: str, marks: Sequence[_Mark]) -> Iterator[Piece]:
    cuts = {0, len(text)} | {at for mark in marks for at in (mark.start, mark.end) if 0 <= at <= len(text)}
    windows = _windows(text, marks)
    cuts |= {at for window in windows for at in window}
    places = sorted(cuts)
    left_out = False
    for start, end in zip(places, places[1:], strict=False):
        if not any(first <= start and end <= last for first, last in windows):
            left_out = True
            continue
        if left_out:
            yield Piece(" … ", gap=True)
        left_out = False
        inside = [mark for mark in marks if mark.start <= start and end <= mark.end]
        yield Piece(
            text[start:end],
            cited=any(mark.label != "gold" for mark in inside),
            gold=any(mark.label == "gold" for mark in inside),
            starts=tuple(mark.label for mark in inside if mark.start == start),
        )
    if left_out:
        yield Piece(" …", gap=True)


def _windows(text: str, marks: Sequence[_Mark]) -> list[tuple[int, int]]:
    """The parts of the text that are shown: all of a short one, what is around the marks of a long one."""
    if len(text) <= _WHOLE:
        return [(0, len(text))]
    if not marks:
        return [(0, _WHOLE)]
    windows: list[tuple[int, int]] = []
    for mark in sorted(marks, key=lambda one: one.start):
        first, last = max(0, mark.start - _AROUND), min(len(text), mark.end + _AROUND)
        if windows and first <= windows[-1][1]:
            windows[-1] = (windows[-1][0], max(last, windows[-1][1]))
        else:
            windows.append((first, last))
    return windows
