"""The chat page: the conversation on the left, the article on the right."""

import asyncio
from collections.abc import AsyncIterator, Callable
from contextlib import aclosing
from dataclasses import dataclass
from itertools import islice
from typing import TYPE_CHECKING, Any

from rag.suggestions import suggested_questions
from ui.article_view import pane_html
from ui.chat_answerer import Answerer
from ui.chat_conversation import Conversation
from ui.chat_frame import dialogs_html, masthead_html, scope_html
from ui.chat_log import announcement, log_html
from ui.chat_walk import follow

if TYPE_CHECKING:
    import gradio as gr

BUSY = "Too many questions are waiting. Ask again in a moment."
_MAX_WAITING = 16
_MAX_SESSIONS = 200
_ARTICLES_WITH_QUESTIONS = 100
_MAX_TYPED = 10_000
"""Characters; the pipeline's own limit is lower, and its message is clearer than a silent cut."""

_TYPED = "(question, article, kept) => [question, window.footnote.scope(), kept]"
_CHOSEN = "(question, article, kept) => [window.footnote.chosen(), window.footnote.scope(), kept]"


def build_page(answerer: Answerer, adding: bool = False, rating: bool = True) -> "gr.Blocks":
    """The page; mount it with `head`, `theme` and `favicon` of `ui.chat_look`.

    Args:
        answerer: What answers the questions.
        adding: Whether articles can be added on the page.
        rating: Whether answers can be rated there.
    """
    import gradio as gr

    with gr.Blocks(title="Footnote", analytics_enabled=False, fill_width=True) as page:
        on = _Handlers(answerer)
        parts = _lay_out(on, adding, rating)
        _wire(parts, on)
        page.load(on.settle, [parts.conversation], [parts.log, parts.ask, parts.stop], **_AT_ONCE)
    page.state_session_capacity = _MAX_SESSIONS
    page.queue(max_size=_MAX_WAITING, default_concurrency_limit=1, api_open=False)
    return page


@dataclass(frozen=True, slots=True)
class _Parts:
    """The components that events read or change; those after `stop` are pressed by the script alone."""

    conversation: Any
    log: Any
    spoken: Any
    question: Any
    article: Any
    ask: Any
    stop: Any
    choose: Any
    clear: Any
    settle: Any


def _lay_out(on: "_Handlers", adding: bool, rating: bool) -> _Parts:
    import gradio as gr

    plain: dict[str, Any] = {"apply_default_css": False}
    empty = Conversation()
    conversation = gr.State(empty)
    gr.HTML(masthead_html(), elem_id="masthead", **plain)
    with gr.Row(elem_id="panes"):
        with gr.Column(elem_id="chat", scale=3, min_width=280):
            with gr.Column(elem_id="talk"):
                gr.HTML('<section id="earlier" aria-label="Earlier"></section>', **plain)
                log = gr.HTML(on.log(empty), elem_id="log", **plain)
            spoken = gr.HTML(announcement(empty), elem_id="spoken", **plain)
            question, ask, stop = _entry()
        with gr.Column(elem_id="article", scale=2, min_width=280):
            gr.HTML(pane_html(adding), elem_id="pane", **plain)
    gr.HTML(dialogs_html(rating), elem_id="dialogs", **plain)
    choose, clear, settle = (
        gr.Button(name, elem_id=f"press-{name}", visible="hidden") for name in ("choose", "clear", "settle")
    )
    article = gr.Textbox(visible=False)
    return _Parts(conversation, log, spoken, question, article, ask, stop, choose, clear, settle)


def _entry() -> "tuple[gr.Textbox, gr.Button, gr.Button]":
    """Where questions are typed."""
    import gradio as gr

    with gr.Column(elem_id="entry"):
        question = gr.Textbox(
            label="Your question",
            placeholder="Ask a question",
            lines=1,
            max_lines=6,
            max_length=_MAX_TYPED,
            elem_id="question",
            show_label=False,
            container=False,
            autofocus=True,
        )
        with gr.Row(elem_id="choices"):
            gr.HTML(scope_html(), elem_id="options", apply_default_css=False)
            ask = gr.Button("Ask", variant="primary", elem_id="ask", min_width=76, scale=0)
            stop = gr.Button("Stop", variant="stop", elem_id="stop", min_width=76, scale=0, visible=False)
    return question, ask, stop


class _Handlers:
    """What happens on the server when something is pressed."""

    def __init__(self, answerer: Answerer) -> None:
        self._answerer = answerer

    def suggestions(self) -> list[str]:
        """Questions about the articles that there are now; many articles are not searched for any."""
        return suggested_questions(islice(self._answerer.index.articles.values(), _ARTICLES_WITH_QUESTIONS))

    def log(self, conversation: Conversation) -> str:
        """The conversation, and what can be asked."""
        return log_html(conversation, self.suggestions())

    def pose(self, question: str | None, article: str, conversation: Conversation) -> tuple[Any, ...]:
        """Shows the question at once, before its turn has come."""
        import gradio as gr

        question = (question or "")[:_MAX_TYPED].strip()  # a program may send more than the page does
        if not question:
            return tuple(gr.skip() for _ in range(4))
        conversation.pose(question, article or None)
        return "", self.log(conversation), *_buttons(conversation)

    async def answer(self, conversation: Conversation) -> AsyncIterator[tuple[Any, Any]]:
        """Streams the answer to the question that is pending."""
        import gradio as gr

        exchange = conversation.pending
        suggestions = await asyncio.to_thread(self.suggestions)
        if exchange is not None:
            async with aclosing(follow(self._answerer, exchange, conversation.history())) as steps:
                async for _ in steps:
                    yield log_html(conversation, suggestions), gr.skip()
        yield log_html(conversation, suggestions), announcement(conversation)

    def stop(self, conversation: Conversation) -> tuple[Any, ...]:
        """Stops the model; what it has said stays."""
        conversation.stop()
        return self.settle(conversation)

    def refuse(self, conversation: Conversation) -> str:
        """Tells that the question was not even queued."""
        if conversation.pending is not None:
            conversation.pending.fail(BUSY)
        return self.log(conversation)

    def settle(self, conversation: Conversation) -> tuple[Any, ...]:
        """Shows how things stand, and offers to ask or to stop, whichever can be done now."""
        return self.log(conversation), *_buttons(conversation)

    def clear(self, conversation: Conversation) -> tuple[Any, ...]:
        """Begins a new conversation."""
        conversation.clear()
        return self.log(conversation), announcement(conversation), *_buttons(conversation)


def _buttons(conversation: Conversation) -> tuple[Any, Any]:
    """Ask, or Stop while an answer is pending."""
    import gradio as gr

    running = conversation.pending is not None
    return gr.update(visible=not running), gr.update(visible=running)


_AT_ONCE: dict[str, Any] = {
    "queue": False,
    "show_progress": "hidden",
    "api_visibility": "private",
    "trigger_mode": "multiple",  # a question may be asked while another is still being answered
}
# All questions go to the answerer at once: it has a line of its own, and tells each its place there.
_IN_TURN: dict[str, Any] = {**_AT_ONCE, "queue": True, "concurrency_id": "answer", "concurrency_limit": None}


def _wire(parts: _Parts, on: _Handlers) -> None:
    conversation, buttons = [parts.conversation], [parts.ask, parts.stop]

    def asks(trigger: Callable[..., Any], script: str) -> None:
        given = [parts.question, parts.article, parts.conversation]
        shown = [parts.question, parts.log, *buttons]
        posed = trigger(on.pose, given, shown, js=script, **_AT_ONCE)
        answered = posed.then(on.answer, conversation, [parts.log, parts.spoken], **_IN_TURN)
        answered.failure(on.refuse, conversation, [parts.log], **_AT_ONCE)
        answered.then(on.settle, conversation, [parts.log, *buttons], **_AT_ONCE)

    asks(parts.question.submit, _TYPED)
    asks(parts.ask.click, _TYPED)
    asks(parts.choose.click, _CHOSEN)
    parts.stop.click(on.stop, conversation, [parts.log, *buttons], **_AT_ONCE)
    parts.settle.click(on.settle, conversation, [parts.log, *buttons], **_AT_ONCE)
    parts.clear.click(on.clear, conversation, [parts.log, parts.spoken, *buttons], **_AT_ONCE)
