"""The conversation as HTML. Whatever people, articles and models wrote is shown as text, never as markup."""

import json
from collections.abc import Sequence
from html import escape

from rag.answer import Answer
from ui.chat_conversation import Conversation, Exchange
from ui.chat_footnote import without_marks
from ui.chat_icons import icon
from ui.chat_reply import question_list, reply_html
from ui.printing import NEAREST, OWN_WORDS, one_line, understood_as

_AT_ONCE = 0.05
"""Seconds below which nobody can tell that it took any."""


def log_html(conversation: Conversation, suggestions: Sequence[str] = ()) -> str:
    """The whole conversation; the page changes only what is different from before.

    Args:
        conversation: What was asked so far.
        suggestions: Questions that can be asked, for who has not asked yet and who was refused.
    """
    shown = [_exchange(number, one, suggestions) for number, one in enumerate(conversation.exchanges, 1)]
    # The log itself is silent, for it changes with every word; `announcement` is read out once.
    return (
        f'<div role="log" aria-live="off" aria-label="Conversation" data-conversation="{conversation.id}">'
        f"{''.join(shown) or _welcome(suggestions)}</div>"
    )


def announcement(conversation: Conversation) -> str:
    """What a screen reader says when the last answer is whole."""
    said = ""
    if conversation.exchanges and not conversation.exchanges[-1].is_open:
        last = conversation.exchanges[-1]
        spoken = last.problem or (_spoken(last.answer) if last.answer else without_marks(last.text))
        notes = len(last.answer.citations) if last.answer else 0
        counted = f" {notes} footnote{'s' * (notes != 1)}." if notes else ""
        stopped = " Stopped." if last.status == "stopped" else ""
        said = f"Answer {len(conversation.exchanges)}: {spoken}{stopped}{counted}"
    return f'<p role="status" aria-live="polite">{escape(said)}</p>'


def _spoken(answer: Answer) -> str:
    """The answer as it is read out: without markers, and with what eyes see around it."""
    text = answer.text if answer.kind == "small_talk" else without_marks(answer.text)
    if answer.kind == "quote":
        text = " ".join((OWN_WORDS, *(f"“{one_line(citation.quote)}”" for citation in answer.citations)))
    if answer.nearby:
        text += f" {NEAREST} “{one_line(answer.nearby.quote)}”"
    understood = understood_as(answer)
    return f"Understood as “{understood}”. {text}" if understood else text


def _welcome(suggestions: Sequence[str]) -> str:
    asking = f'<p class="aside">For example</p>{question_list(suggestions)}' if suggestions else ""
    return (
        '<div class="welcome"><h2>Ask about the article</h2>'
        "<p>Every sentence of an answer ends in a footnote to the exact words it rests on. "
        f"What the article does not say is not answered.</p>{asking}</div>"
    )


def _exchange(number: int, exchange: Exchange, suggestions: Sequence[str]) -> str:
    asked = escape(exchange.question)
    return (
        f'<article class="exchange {exchange.status}"{_record(exchange)}>'
        f'<h2 class="question" dir="auto" id="question-{number}"><span class="unseen">You asked: </span>'
        f"{asked}</h2>{_understood(exchange.answer)}"
        f'<div class="reply"><span class="unseen">Reply: </span>{reply_html(exchange, suggestions)}</div>'
        f"{_actions(number, exchange.answer)}</article>"
    )


def _understood(answer: Answer | None) -> str:
    understood = understood_as(answer) if answer else ""
    return f'<p class="understood" dir="auto">Understood as: {escape(understood)}</p>' if understood else ""


def _actions(number: int, answer: Answer | None) -> str:
    """What can be done with an answer."""
    if answer is None or answer.kind == "small_talk":
        return ""
    seconds = answer.timings.get("total")
    took = "" if seconds is None or answer.refused else f'<span class="took">{_took(seconds)}</span>'
    described = f'aria-describedby="question-{number}"'
    return (
        '<div class="actions">'
        f'<button type="button" class="copy" aria-label="Copy the answer" {described}>{icon("copy")}</button>'
        f'<button type="button" class="rate" data-rating="up" aria-label="Good answer" aria-pressed="false" '
        f"{described}>{icon('up')}</button>"
        f'<button type="button" class="rate" data-rating="down" aria-label="Bad answer" aria-pressed="false" '
        f"{described}>{icon('down')}</button>{took}</div>"
    )


def _took(seconds: float) -> str:
    return f"Answered in {seconds:.1f} s" if seconds >= _AT_ONCE else "Answered at once"


def _record(exchange: Exchange) -> str:
    """The attribute from which the script copies, exports and rates an answer."""
    answer = exchange.answer
    if answer is None:
        return ""
    record = {
        "question": exchange.question,
        "asked": answer.asked or answer.question,
        "answer": answer.text,
        "kind": answer.kind,
        "refused": answer.refused,
        "article": exchange.article,
        "citations": [citation.to_json() for citation in answer.citations],
        "nearby": None if answer.nearby is None else answer.nearby.to_json(),
    }
    return f' data-record="{escape(json.dumps(record, ensure_ascii=False))}"'
