"""Splits a text into paragraphs and sentences, as offsets that slice back to the exact text.

`sentencex` finds the sentence ends. Four general rules mend what it does not look at: quotations of several
sentences are split inside, an abbreviation or a list number does not end a sentence, a table's row is one
sentence, and a sentence without an end is cut at white space so that passages stay bounded.
"""

import re
from collections.abc import Iterator

from index.article import Article, Paragraph, Sentence
from index.paragraphs import MARKER, cells, paragraphs
from index.reading import Source

VERSION = "3"
MAX_SENTENCE = 1000
MAX_BLOCK = 20_000

_OPENERS = "“„«‘\"'([{¿¡"
_QUOTATION = re.compile(r"“[^“”]*”|«[^«»]*»|\"[^\"]*\"|(?<!\w)‘(?:[^‘’]|’(?=\w))*’")
_ASIDE = re.compile(r"\((?=[A-Z])[^()]*[.!?]\)")
_REFERENCES = re.compile(r"(?<=[.!?])(?:\[[\w ,;–-]{1,12}\])+")
_INNER_END = re.compile(r"[.!?…]\s")
_ABBREVIATION = re.compile(
    r"(?:^|[\s(])(?:vols?|pp?|sect?|approx|est|eds?|chs?|chap|arts?|paras?|nos?|figs?|eqs?|refs?|vs|cf|ca?|viz"
    r"|al|mon|tues?|wed|thu(?:rs?)?|fri|sat|sun|jan|feb|apr|jun|jul|aug|sept?|oct|nov|dec|incl?|excl|max|min|avg"
    r"|hrs?|secs?|mins?|dept|univ|assn?|tel|ext|temp|std|doz|div|misc|app|[^\W\d_aeiouy]{2,5})\.$",
    re.IGNORECASE,
)
_GOES_ON = re.compile(r"[\d$€£¥#−–-]|[IVXLC]{2,}\b")
"""What goes on after an abbreviation: a number, a sum, a Roman numeral."""

_NUMBER = re.compile(r"\(?\d{1,3}[.)]$")
_LETTER = re.compile(r"[^\W_]")
_NEW_WORD = re.compile(r"[“\"(‘']?[A-Z][\w’'-]*\s")
_Span = tuple[int, int]


def article_of(source: Source) -> Article:
    """The article with its paragraphs and sentences."""
    found, sentences = split(source.text, source.wrapped)
    return Article(source.name, source.text, source.sha256, found, sentences, source.places, source.hidden)


def split(text: str, wrapped: bool = True) -> tuple[tuple[Paragraph, ...], tuple[Sentence, ...]]:
    """Paragraphs and sentences of a text; every letter and digit outside code fences is in one sentence.

    Args:
        text: what to split.
        wrapped: whether a line break may only wrap a long line.
    """
    found = tuple(paragraphs(text, wrapped))
    sentences = tuple(
        Sentence(start, end, number)
        for number, paragraph in enumerate(found)
        for start, end in _sentences(text, paragraph)
    )
    return found, sentences


def _sentences(text: str, paragraph: Paragraph) -> Iterator[_Span]:
    begin = paragraph.start
    if marker := MARKER.match(text, begin, paragraph.end):
        begin = marker.end()
    piece = text[begin : paragraph.end]
    is_row = bool(cells(piece))
    spans = [(0, len(piece))] if is_row else _merged(piece, _attached(piece, _raw(_masked(piece))))
    for start, end in spans:
        yield from ((begin + a, begin + b) for a, b in _bounded(piece, start, end))


def _masked(piece: str) -> str:
    """The text with spaces for what hides sentence ends; no offset moves."""
    masked = list(piece.replace("\n", " "))
    for match in _QUOTATION.finditer(piece):
        if _INNER_END.search(piece, *match.span()):
            masked[match.start()] = masked[match.end() - 1] = " "
    for match in _ASIDE.finditer(piece):
        masked[match.start()] = masked[match.end() - 1] = " "
    for match in _REFERENCES.finditer(piece):
        masked[slice(*match.span())] = " " * len(match.group())
    return "".join(masked)


def _raw(masked: str) -> Iterator[_Span]:
    """Sentence ends as the library sees them, without white space around."""
    import sentencex

    for offset, block in _blocks(masked):
        for boundary in sentencex.get_sentence_boundaries("en", block):
            start, end = boundary["start_index"], boundary["end_index"]
            part = block[start:end]
            if part.strip():
                start += offset + len(part) - len(part.lstrip())
                yield start, start + len(part.strip())


def _blocks(masked: str) -> Iterator[tuple[int, str]]:
    """Pieces that the library splits in bounded time; it is quadratic where a quotation never ends."""
    start = 0
    while len(masked) - start > MAX_BLOCK:
        stop = start + MAX_BLOCK
        cut = max(masked.rfind(". ", start, stop), masked.rfind(" ", start, stop - MAX_SENTENCE)) + 1
        cut = cut if cut > start else stop
        yield start, masked[start:cut]
        start = cut
    yield start, masked[start:]


def _attached(piece: str, spans: Iterator[_Span]) -> list[_Span]:
    """Gives the quotes, brackets and references between two sentences to the one they touch."""
    out: list[_Span] = []
    for start, end in spans:
        gap_start = out[-1][1] if out else 0
        gap = piece[gap_start:start]
        last = len(gap) - len(gap.split()[-1]) if gap.strip() and not gap[-1:].isspace() else len(gap)
        while last < len(gap) and gap[last] not in _OPENERS:
            last += 1
        if last == 0 and out and gap:
            last = 1
        if out:
            out[-1] = (out[-1][0], gap_start + len(gap[:last].rstrip()))
            out.append((gap_start + last, end))
        else:
            out.append((len(gap) - len(gap.lstrip()), end))
    if out:
        out[-1] = (out[-1][0], len(piece.rstrip()))
    return out


def _merged(piece: str, spans: list[_Span]) -> list[_Span]:
    """Joins a sentence to the one before when the break between them is no sentence end."""
    out: list[_Span] = []
    lettered = False
    for start, end in spans:
        has_letter = bool(_LETTER.search(piece, start, end))
        if out and not (lettered and has_letter and _is_break(piece, out[-1], (start, end))):
            out[-1] = (out[-1][0], end)
            lettered = lettered or has_letter
        else:
            out.append((start, end))
            lettered = has_letter
    return out


def _is_break(piece: str, before: _Span, after: _Span) -> bool:
    """Whether a new sentence begins after the end that the library saw."""
    head = piece[max(before[0], before[1] - 12) : before[1]]
    tail = piece[after[0] : min(after[1] + 1, after[0] + 60)]
    small = tail.lstrip(_OPENERS)[:1].islower()
    if _NUMBER.match(piece, *before) or (small and head[-1] in "”»\"’')]…"):
        return False
    if (small or _GOES_ON.match(tail)) and _ABBREVIATION.search(head):
        return False
    touching = before[1] == after[0] and head[-1] == "."
    return not touching or (head[-2:-1].islower() and bool(_NEW_WORD.match(tail)))


def _bounded(piece: str, start: int, end: int) -> Iterator[_Span]:
    """Cuts a sentence that is too long, at white space where there is some."""
    while end - start > MAX_SENTENCE:
        cut = start + MAX_SENTENCE
        words = piece[start:cut].rstrip()
        space = max(words.rfind(" "), words.rfind("\n"), words.rfind("\t"))
        stop = start + space if space > 0 and not piece[cut].isspace() else start + len(words)
        yield start, start + len(piece[start:stop].rstrip())
        start = stop
        while piece[start].isspace():
            start += 1
    yield start, end
