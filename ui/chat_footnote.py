"""Footnotes as HTML: the marks inside a sentence, and the words that they rest on."""

import re
from html import escape

from rag.answer import Citation
from ui.printing import one_line

_MARKERS = re.compile(r"\s*((?:\[\d{1,4}\])+)")


def without_marks(text: str) -> str:
    """The text as it is read out."""
    return _MARKERS.sub("", text)


def with_marks(text: str, citations: tuple[Citation, ...]) -> str:
    """The text with each marker raised, as a button where its citation is known."""
    known = {citation.number: citation for citation in citations}
    pieces, end = [], 0
    for match in _MARKERS.finditer(text):
        numbers = [int(number) for number in re.findall(r"\d+", match[1])]
        if known and not known.keys() >= set(numbers):
            continue
        pieces.append(escape(text[end : match.start()]))
        pieces.append("".join(mark(number, known.get(number)) for number in numbers))
        end = match.end()
    return "".join(pieces) + escape(text[end:])


def mark(number: int, citation: Citation | None) -> str:
    """The raised number of a footnote."""
    if citation is None:
        return f'<sup class="marker">{number}</sup>'
    return (
        f'<sup><button type="button" class="footnote mark" aria-label="Footnote {number}" '
        f"{_span(citation)}>{number}</button></sup>"
    )


def notes(citations: tuple[Citation, ...]) -> str:
    """All footnotes of an answer below it, each with its words and its place."""
    rows = "".join(f"<li>{note(citation)}</li>" for citation in citations)
    return f'<ol class="notes" aria-label="Footnotes">{rows}</ol>' if rows else ""


def note(citation: Citation) -> str:
    """One footnote as a button that leads to the words."""
    return (
        f'<button type="button" class="footnote note" {_span(citation)}>'
        f'<span class="number"><span class="unseen">Footnote </span>{citation.number}</span>'
        f'<span class="words">{lead(citation)}<q dir="auto">{escape(one_line(citation.quote))}</q> '
        f'<span class="place">{escape(whereabouts(citation))}</span></span></button>'
    )


def lead(citation: Citation) -> str:
    """What an item of a list or a row of a table stands under, to be read before it; empty for others."""
    if not citation.lead:
        return ""
    return f'<span class="above" dir="auto">{escape(one_line(citation.lead))}</span> '


def whereabouts(citation: Citation) -> str:
    """Where a footnote stands, for people: the article, with page and section when they are known."""
    page = [] if citation.page is None else [f"page {citation.page}"]
    section = [] if citation.section is None else [one_line(citation.section)]
    return ", ".join([citation.article, *page, *section])


def _span(citation: Citation) -> str:
    """The attributes that tell the script which words to show."""
    return (
        f'data-article="{escape(citation.article)}" data-start="{citation.start}" data-end="{citation.end}" '
        f'data-quote="{escape(one_line(citation.quote))}" data-place="{escape(whereabouts(citation))}"'
    )
