"""The chat page: the conversation on the left, the article on the right."""

from collections.abc import AsyncIterator, Callable
from dataclasses import dataclass
from importlib.resources import files
from typing import TYPE_CHECKING, Any

from rag.pipeline import Pipeline
from ui.article_view import pane_html
from ui.chat_conversation import Conversation
from ui.chat_log import announcement, log_html
from ui.chat_walk import follow
from ui.examples import examples_for

if TYPE_CHECKING:
    import gradio as gr

BUSY = "Too many questions are waiting. Ask again in a moment."
_MAX_WAITING = 16
_MAX_SESSIONS = 200
_MAX_TYPED = 10_000
"""Characters; the pipeline's own limit is lower, and its message is clearer than a silent cut."""

_FONTS = ["system-ui", "-apple-system", "Segoe UI", "Roboto", "Helvetica Neue", "sans-serif"]
_CODE_FONTS = ["ui-monospace", "Menlo", "Consolas", "monospace"]
_HEADER = (
    '<header class="masthead"><h1>Footnote</h1>'
    "<p>Answers about the article, each with a footnote to its exact words.</p></header>"
)


def head() -> str:
    """The page's style and script, verbatim: Gradio would rewrite CSS that is given as CSS."""
    static = files("ui").joinpath("static")
    style, script = (static.joinpath(name).read_text(encoding="utf-8") for name in ("chat.css", "chat.js"))
    return f"<style>{style}</style><script>{script}</script>"


def favicon() -> str:
    """The path of the page's icon."""
    return str(files("ui").joinpath("static", "favicon.svg"))


def theme() -> "gr.themes.Base":
    """Calm colours and the reader's own fonts: nothing is fetched."""
    import gradio as gr

    calm = gr.themes.Base(primary_hue="teal", neutral_hue="slate", font=_FONTS, font_mono=_CODE_FONTS)
    return calm.set(
        button_primary_background_fill="*primary_700",
        button_primary_background_fill_hover="*primary_800",
        button_primary_background_fill_dark="*primary_700",
        button_primary_background_fill_hover_dark="*primary_800",
        button_primary_text_color="white",
    )


def build_page(pipeline: Pipeline) -> "gr.Blocks":
    """The page; mount it with `head`, `theme` and `favicon`."""
    import gradio as gr

    with gr.Blocks(title="Footnote", analytics_enabled=False, fill_width=True) as page:
        _wire(_lay_out(pipeline), _Handlers(pipeline))
    page.state_session_capacity = _MAX_SESSIONS
    page.queue(max_size=_MAX_WAITING, default_concurrency_limit=1, api_open=False)
    return page


@dataclass(frozen=True, slots=True)
class _Parts:
    """The components that events read or change."""

    conversation: Any
    scope: Any
    log: Any
    spoken: Any
    question: Any
    ask: Any
    stop: Any
    fresh: Any
    examples: Any
    example_buttons: list[Any]


def _lay_out(pipeline: Pipeline) -> _Parts:
    import gradio as gr

    articles = pipeline.index.articles
    plain: dict[str, Any] = {"apply_default_css": False}
    empty = Conversation()
    conversation = gr.State(empty)
    with gr.Row(elem_id="top"):
        gr.HTML(_HEADER, elem_id="masthead", **plain)
        scope = _scope(list(articles))
        fresh = gr.Button("New conversation", size="sm", elem_id="fresh", min_width=140, scale=0)
    with gr.Row(elem_id="panes"):
        with gr.Column(elem_id="chat", scale=3, min_width=280):
            log = gr.HTML(log_html(empty), elem_id="log", **plain)
            spoken = gr.HTML(announcement(empty), elem_id="spoken", **plain)
            questions = examples_for(articles.values())
            with gr.Row(elem_id="examples", visible=bool(questions)) as examples:
                buttons = [gr.Button(text, size="sm", min_width=0) for text in questions]
            question, ask, stop = _entry()
        with gr.Column(elem_id="article", scale=2, min_width=280):
            gr.HTML(pane_html(next(iter(articles), "")), elem_id="pane", **plain)
    return _Parts(conversation, scope, log, spoken, question, ask, stop, fresh, examples, buttons)


def _scope(names: list[str]) -> "gr.Dropdown | gr.State":
    """The choice of article, where there is one."""
    import gradio as gr

    if len(names) < 2:
        return gr.State("")
    choices = [("All articles", ""), *((name, name) for name in names)]
    chooser = gr.Dropdown(choices, value="", label="Ask about", elem_id="scope", min_width=200, scale=0)
    chooser.change(None, [chooser], js="(name) => { window.footnote.show(name); }")
    return chooser


def _entry() -> "tuple[gr.Textbox, gr.Button, gr.Button]":
    """Where questions are typed."""
    import gradio as gr

    with gr.Row(elem_id="entry"):
        question = gr.Textbox(
            label="Your question",
            placeholder="Your question",
            lines=1,
            max_lines=5,
            max_length=_MAX_TYPED,
            elem_id="question",
            show_label=False,
            container=False,
            autofocus=True,
            scale=1,
            min_width=160,
        )
        ask = gr.Button("Ask", variant="primary", elem_id="ask", min_width=80, scale=0)
        stop = gr.Button("Stop", variant="stop", elem_id="stop", min_width=80, scale=0, visible=False)
    return question, ask, stop


class _Handlers:
    """What happens on the server when something is pressed."""

    def __init__(self, pipeline: Pipeline) -> None:
        self._pipeline = pipeline

    def pose(self, question: str, conversation: Conversation) -> tuple[Any, ...]:
        """Shows the question at once, before its turn has come."""
        import gradio as gr

        if not question.strip():
            return tuple(gr.skip() for _ in range(5))
        conversation.pose(question.strip())
        return "", log_html(conversation), gr.update(visible=False), *_buttons(conversation)

    async def answer(self, conversation: Conversation, scope: str) -> AsyncIterator[tuple[Any, Any]]:
        """Streams the answer to the question that is pending."""
        import gradio as gr

        exchange = conversation.pending
        if exchange is not None:
            async for _ in follow(self._pipeline, exchange, scope or None, conversation.history()):
                yield log_html(conversation), gr.skip()
        yield log_html(conversation), announcement(conversation)

    def stop(self, conversation: Conversation) -> tuple[Any, ...]:
        """Stops the model; what it has said stays."""
        conversation.stop()
        return log_html(conversation), *_buttons(conversation)

    def refuse(self, conversation: Conversation) -> str:
        """Tells that the question was not even queued."""
        if conversation.pending is not None:
            conversation.pending.fail(BUSY)
        return log_html(conversation)

    def settle(self, conversation: Conversation) -> tuple[Any, ...]:
        """Offers to ask or to stop, whichever can be done now."""
        return _buttons(conversation)

    def clear(self, conversation: Conversation) -> tuple[Any, ...]:
        """Begins a new conversation."""
        import gradio as gr

        conversation.clear()
        shown = log_html(conversation), announcement(conversation), gr.update(visible=True)
        return *shown, *_buttons(conversation)


def _buttons(conversation: Conversation) -> tuple[Any, Any]:
    """Ask, or Stop while an answer is pending."""
    import gradio as gr

    running = conversation.pending is not None
    return gr.update(visible=not running), gr.update(visible=running)


def _wire(parts: _Parts, on: _Handlers) -> None:
    at_once: dict[str, Any] = {"queue": False, "show_progress": "hidden", "api_visibility": "private"}
    at_once["trigger_mode"] = "multiple"  # a question may be asked while another is still being answered
    in_turn = {**at_once, "queue": True, "concurrency_id": "answer", "concurrency_limit": 1}
    buttons = [parts.ask, parts.stop]
    shown = [parts.question, parts.log, parts.examples, *buttons]
    told = [parts.log, parts.spoken]

    def asks(trigger: Callable[..., Any], source: Any) -> None:  # noqa: ANN401 - an untyped library
        posed = trigger(on.pose, [source, parts.conversation], shown, **at_once)
        answered = posed.then(on.answer, [parts.conversation, parts.scope], told, **in_turn)
        answered.failure(on.refuse, [parts.conversation], [parts.log], **at_once)
        answered.then(on.settle, [parts.conversation], buttons, **at_once)

    asks(parts.question.submit, parts.question)
    asks(parts.ask.click, parts.question)
    for example in parts.example_buttons:
        asks(example.click, example)
    parts.stop.click(on.stop, [parts.conversation], [parts.log, *buttons], **at_once)
    cleared = [parts.log, parts.spoken, parts.examples, *buttons]
    parts.fresh.click(on.clear, [parts.conversation], cleared, **at_once)
