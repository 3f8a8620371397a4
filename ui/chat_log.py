"""The conversation as HTML. Whatever people, articles and models wrote is shown as text, never as markup."""

import re
import time
from html import escape

from rag.answer import Citation
from ui.chat_conversation import Conversation, Exchange

_MARKERS = re.compile(r"\s*((?:\[\d{1,4}\])+)")
_STAGES = {
    "waiting": "Waiting for its turn",
    "searching": "Searching",
    "reading": "Reading",
    "checking": "Checking",
    "writing": "Writing",
}
_LONG = 3
"""Seconds after which the wait is counted aloud on the page."""


def log_html(conversation: Conversation) -> str:
    """The whole conversation; the page changes only what is different from before."""
    inner = "".join(_exchange(exchange) for exchange in conversation.exchanges) or _welcome()
    # The log itself is silent, for it changes with every word; `announcement` is read out once.
    return f'<div role="log" aria-live="off" aria-label="Conversation" tabindex="0">{inner}</div>'


def announcement(conversation: Conversation) -> str:
    """What a screen reader says when the last answer is whole."""
    said = ""
    if conversation.exchanges and not conversation.exchanges[-1].is_open:
        last = conversation.exchanges[-1]
        spoken = last.problem or _MARKERS.sub("", last.text)
        notes = len(last.answer.citations) if last.answer else 0
        counted = f" {notes} footnote{'s' * (notes != 1)}." if notes else ""
        stopped = " Stopped." if last.status == "stopped" else ""
        said = f"Answer {len(conversation.exchanges)}: {spoken}{stopped}{counted}"
    return f'<p role="status" aria-live="polite">{escape(said)}</p>'


def _welcome() -> str:
    return (
        '<div class="welcome"><p>Ask a question about the article.</p>'
        "<p>Each sentence of an answer ends in a footnote: choose its number to see the exact words "
        "it rests on. What the article does not say is not answered.</p></div>"
    )


def _exchange(exchange: Exchange) -> str:
    return (
        f'<article class="exchange {exchange.status}">'
        '<p class="question" dir="auto"><span class="unseen">You asked: </span>'
        f"{escape(exchange.question)}</p>"
        f'<div class="reply"><span class="unseen">Reply: </span>{_reply(exchange)}</div></article>'
    )


def _reply(exchange: Exchange) -> str:
    if exchange.status == "failed":
        return f'<p class="problem" dir="auto">{escape(exchange.problem)}</p>'
    if exchange.answer is not None and exchange.answer.refused:
        return f'<p class="refusal" dir="auto">{escape(exchange.text)}</p>'
    parts = []
    if exchange.text:
        shown = _with_footnotes(exchange.text, exchange.citations)
        parts.append(f'<p class="answer" dir="auto">{shown}</p>')
    if exchange.status in _STAGES:
        parts.append(f'<p class="stage">{_STAGES[exchange.status]}…{_waited(exchange)}</p>')
    if exchange.status == "stopped":
        parts.append('<p class="note">Stopped.</p>')
    if exchange.answer is not None and "total" in exchange.answer.timings:
        parts.append(f'<p class="note">Answered in {exchange.answer.timings["total"]:.1f} s.</p>')
    return "".join(parts)


def _waited(exchange: Exchange) -> str:
    seconds = int(time.monotonic() - exchange.asked)
    return f' <span class="seconds">{seconds} s</span>' if seconds >= _LONG else ""


def _with_footnotes(text: str, citations: tuple[Citation, ...]) -> str:
    """The text with each marker raised, as a button where its citation is known."""
    known = {citation.number: citation for citation in citations}
    pieces, end = [], 0
    for match in _MARKERS.finditer(text):
        numbers = [int(number) for number in re.findall(r"\d+", match[1])]
        if known and not known.keys() >= set(numbers):
            continue
        pieces.append(escape(text[end : match.start()]))
        pieces.append("".join(_footnote(number, known.get(number)) for number in numbers))
        end = match.end()
    return "".join(pieces) + escape(text[end:])


def _footnote(number: int, citation: Citation | None) -> str:
    if citation is None:
        return f'<sup class="marker">{number}</sup>'
    quote = escape(citation.quote)
    return (
        f'<sup><button type="button" class="footnote" title="{quote}" '
        f'aria-label="Footnote {number}: {quote}" '
        f'data-article="{escape(citation.article)}" data-start="{citation.start}" data-end="{citation.end}">'
        f"{number}</button></sup>"
    )
