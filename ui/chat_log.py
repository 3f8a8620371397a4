"""The conversation as HTML. Whatever people, articles and models wrote is shown as text, never as markup."""

import re
import time
from html import escape
from typing import assert_never

from rag.answer import Answer, Citation
from ui.chat_conversation import Conversation, Exchange
from ui.printing import NEAREST, OWN_WORDS, one_line, understood_as

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
        spoken = last.problem or (_spoken(last.answer) if last.answer else _MARKERS.sub("", last.text))
        notes = len(last.answer.citations) if last.answer else 0
        counted = f" {notes} footnote{'s' * (notes != 1)}." if notes else ""
        stopped = " Stopped." if last.status == "stopped" else ""
        said = f"Answer {len(conversation.exchanges)}: {spoken}{stopped}{counted}"
    return f'<p role="status" aria-live="polite">{escape(said)}</p>'


def _spoken(answer: Answer) -> str:
    """The answer as it is read out: without markers, and with what eyes see around it."""
    text = answer.text if answer.kind == "small_talk" else _MARKERS.sub("", answer.text)
    if answer.kind == "quote":
        text = " ".join((OWN_WORDS, *(f"“{one_line(citation.quote)}”" for citation in answer.citations)))
    if answer.nearby:
        text += f" {NEAREST} “{one_line(answer.nearby.quote)}”"
    understood = understood_as(answer)
    return f"Understood as “{understood}”. {text}" if understood else text


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
        f"{escape(exchange.question)}</p>{_understood(exchange.answer)}"
        f'<div class="reply"><span class="unseen">Reply: </span>{_reply(exchange)}</div></article>'
    )


def _reply(exchange: Exchange) -> str:
    if exchange.status == "failed":
        return f'<p class="problem" dir="auto">{escape(exchange.problem)}</p>'
    if exchange.answer is not None:
        return _answer(exchange.answer)
    parts = []
    if exchange.text:
        shown = _with_footnotes(exchange.text, exchange.citations)
        parts.append(f'<p class="answer" dir="auto">{shown}</p>')
    if exchange.status in _STAGES:
        parts.append(f'<p class="stage">{_STAGES[exchange.status]}…{_waited(exchange)}</p>')
    if exchange.status == "stopped":
        parts.append('<p class="note">Stopped.</p>')
    return "".join(parts)


def _answer(answer: Answer) -> str:
    """A whole answer, by its kind."""
    match answer.kind:
        case "small_talk":
            return f'<p class="answer" dir="auto">{escape(answer.text)}</p>'
        case "refusal":
            return f'<p class="refusal" dir="auto">{escape(answer.text)}</p>{_nearby(answer.nearby)}'
        case "quote":
            shown = "".join(_quoted(citation) for citation in answer.citations)
            return f'<p class="note">{OWN_WORDS}</p>{shown}{_took(answer)}'
        case "answer":
            shown = _with_footnotes(answer.text, answer.citations)
            return f'<p class="answer" dir="auto">{shown}</p>{_took(answer)}'
        case _:
            assert_never(answer.kind)


def _understood(answer: Answer | None) -> str:
    understood = understood_as(answer) if answer else ""
    return f'<p class="understood" dir="auto">Understood as: {escape(understood)}</p>' if understood else ""


def _took(answer: Answer) -> str:
    seconds = answer.timings.get("total")
    return "" if seconds is None else f'<p class="note">Answered in {seconds:.1f} s.</p>'


def _quoted(citation: Citation) -> str:
    quote = escape(one_line(citation.quote))
    return f'<blockquote dir="auto">“{quote}”{_footnote(citation.number, citation)}</blockquote>'


def _nearby(citation: Citation | None) -> str:
    """The nearest that the article does say, as a button that leads there as a footnote does."""
    if citation is None:
        return ""
    return (
        f'<p class="note" aria-hidden="true">{NEAREST}</p>'
        f'<button type="button" class="footnote nearby" dir="auto" {_span(citation)}>'
        f'<span class="unseen">{NEAREST} </span>“{escape(one_line(citation.quote))}”</button>'
    )


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
        f"{_span(citation)}>{number}</button></sup>"
    )


def _span(citation: Citation) -> str:
    """The attributes that tell the script which words to show."""
    return (
        f'data-article="{escape(citation.article)}" data-start="{citation.start}" data-end="{citation.end}"'
    )
