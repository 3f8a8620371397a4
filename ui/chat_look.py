"""How the page looks and what it does in the browser: its style, script, theme and icon."""

from importlib.resources import files
from typing import TYPE_CHECKING

if TYPE_CHECKING:
    import gradio as gr

_STYLES = ("chat.css", "chat_conversation.css", "chat_article.css", "chat_print.css")
_SCRIPTS = (
    "chat_article.js",
    "chat_footnote.js",
    "chat_question.js",
    "chat_exchange.js",
    "chat_rating.js",
    "chat_upload.js",
    "chat_connection.js",
    "chat_keys.js",
    "chat.js",
)
_FONTS = ["system-ui", "-apple-system", "Segoe UI", "Roboto", "Helvetica Neue", "sans-serif"]
_CODE_FONTS = ["ui-monospace", "Menlo", "Consolas", "monospace"]


def head() -> str:
    """The page's styles and scripts, verbatim: Gradio would rewrite CSS that is given as CSS."""
    static = files("ui").joinpath("static")
    styles, scripts = (
        "\n".join(static.joinpath(name).read_text(encoding="utf-8") for name in names)
        for names in (_STYLES, _SCRIPTS)
    )
    return f"<style>{styles}</style><script>{scripts}</script>"


def favicon() -> str:
    """The path of the page's icon."""
    return str(files("ui").joinpath("static", "favicon.svg"))


def theme() -> "gr.themes.Base":
    """Gradio's own parts in calm colours and the reader's own fonts: nothing is fetched."""
    import gradio as gr

    calm = gr.themes.Base(primary_hue="teal", neutral_hue="slate", font=_FONTS, font_mono=_CODE_FONTS)
    return calm.set(
        button_primary_background_fill="*primary_700",
        button_primary_background_fill_hover="*primary_800",
        button_primary_background_fill_dark="*primary_700",
        button_primary_background_fill_hover_dark="*primary_800",
        button_primary_text_color="white",
    )
