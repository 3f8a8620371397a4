"""What comes of a question, as HTML: how far it is, then the answer by its kind, or why there is none."""

import time
from collections.abc import Sequence
from html import escape
from typing import assert_never

from rag.answer import Answer, Citation
from ui.chat_conversation import Exchange, Status
from ui.chat_footnote import lead, mark, note, notes, whereabouts, with_marks
from ui.printing import NEAREST, OWN_WORDS, one_line

FOUND = "Found, being read"
_STEPS: dict[Status, str] = {"searching": "Searching", "reading": "Reading", "checking": "Checking"}
_OFFERED = 3
"""How many other questions a refusal offers."""


def reply_html(exchange: Exchange, suggestions: Sequence[str]) -> str:
    """All that stands under a question."""
    if exchange.status == "failed":
        return f'<div class="problem"><p dir="auto">{escape(exchange.problem)}</p>{_again(exchange)}</div>'
    if exchange.answer is not None:
        return _answer(exchange.answer, suggestions)
    written = ""
    if exchange.text:
        shown = with_marks(exchange.text, exchange.citations)
        written = f'<p class="answer" dir="auto">{shown}</p>{notes(exchange.citations)}'
    if exchange.status == "stopped":
        return f'{written}<div class="halted"><p class="aside">Stopped.</p>{_again(exchange)}</div>'
    return written + _progress(exchange) + _found(exchange)


def ordinal(number: int) -> str:
    """The number as a place in a line, such as 1st or 2nd."""
    ending = "th" if number % 100 in (11, 12, 13) else {1: "st", 2: "nd", 3: "rd"}.get(number % 10, "th")
    return f"{number}{ending}"


def question_list(questions: Sequence[str]) -> str:
    """Questions to choose, as buttons that ask them."""
    rows = "".join(
        f'<li><button type="button" class="suggestion" dir="auto" data-question="{escape(question)}">'
        f"{escape(question)}</button></li>"
        for question in questions
    )
    return f'<ul class="questions">{rows}</ul>' if rows else ""


def _progress(exchange: Exchange) -> str:
    """How far it is, and for how long already."""
    seconds = int(time.monotonic() - exchange.asked)
    waited = f'<span class="seconds">{seconds} s</span>' if seconds else ""
    if exchange.status == "waiting":
        place = f": {ordinal(exchange.place)} in line" if exchange.place else ""
        return f'<p class="stage"><span class="step now">Waiting{place}</span>{waited}</p>'
    if exchange.status == "writing":
        return f'<p class="stage"><span class="step now">Writing</span>{waited}</p>'
    reached = list(_STEPS).index(exchange.status)
    steps = "".join(
        f'<span class="step {"done" if at < reached else "now" if at == reached else "next"}">{name}</span>'
        for at, name in enumerate(_STEPS.values())
    )
    return f'<p class="stage">{steps}{waited}</p>'


def _found(exchange: Exchange) -> str:
    """The best that was found, while nothing is verified yet."""
    if exchange.found is None or exchange.text:
        return ""
    quote = escape(one_line(exchange.found.quote))
    place = escape(whereabouts(exchange.found))
    return (
        f'<figure class="found"><figcaption>{FOUND}</figcaption>'
        f'<blockquote dir="auto">{lead(exchange.found)}“{quote}”</blockquote>'
        f'<p class="place">{place}</p></figure>'
    )


def _answer(answer: Answer, suggestions: Sequence[str]) -> str:
    """A whole answer, by its kind."""
    match answer.kind:
        case "small_talk":
            return f'<p class="answer" dir="auto">{escape(answer.text)}</p>'
        case "refusal":
            return _refusal(answer, suggestions)
        case "quote":
            shown = "".join(_quoted(citation) for citation in answer.citations)
            return f'<p class="aside">{OWN_WORDS}</p>{shown}'
        case "answer":
            shown = with_marks(answer.text, answer.citations)
            return f'<p class="answer" dir="auto">{shown}</p>{notes(answer.citations)}'
        case _:
            assert_never(answer.kind)


def _refusal(answer: Answer, suggestions: Sequence[str]) -> str:
    """That the article does not say; what it says nearby, and what can be asked of it."""
    nearby = f'<p class="aside">{NEAREST}</p>{note(answer.nearby)}' if answer.nearby else ""
    others = [question for question in suggestions if question not in (answer.question, answer.asked)]
    offered = question_list(others[:_OFFERED])
    heading = '<p class="aside">Questions it does answer:</p>'
    asking = f'<div class="offer">{heading}{offered}</div>' if offered else ""
    return (
        f'<div class="refusal"><p class="verdict" dir="auto">{escape(answer.text)}</p>{nearby}{asking}</div>'
    )


def _quoted(citation: Citation) -> str:
    quote = f"{lead(citation)}“{escape(one_line(citation.quote))}”{mark(citation.number, citation)}"
    return (
        f'<figure class="quoted"><blockquote dir="auto">{quote}</blockquote>'
        f'<figcaption class="place">{escape(whereabouts(citation))}</figcaption></figure>'
    )


def _again(exchange: Exchange) -> str:
    return (
        f'<button type="button" class="again" data-question="{escape(exchange.question)}">Ask again</button>'
    )
