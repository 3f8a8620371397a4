"""What stands around the conversation: the masthead, what is told of the connection, and the dialogs."""

from ui.chat_icons import Icon, icon

_LOGO = (
    '<svg class="logo" viewBox="0 0 32 32" aria-hidden="true"><rect width="32" height="32" rx="8"/>'
    '<path d="M8 11h9M8 16.5h14M8 22h8"/><circle cx="23.5" cy="10" r="3.5"/></svg>'
)
_KEYS = (
    ("Enter", "ask the question"),
    ("Shift + Enter", "begin a new line"),
    ("Escape", "stop the answer, or close what is open"),
    ("/", "go to the question"),
    ("a", "open the article, or go to it"),
    ("Shift + N", "begin a new conversation"),
    ("?", "open this help"),
)


def masthead_html() -> str:
    """The top of the page: its name, and what can be done with the whole conversation."""
    return (
        f'<header class="masthead">{_LOGO}<h1>Footnote</h1><div class="tools">'
        f"{_tool('open-article', 'article', 'Article')}"
        f"{_tool('fresh', 'fresh', 'New conversation')}"
        f"{_tool('export', 'export', 'Save as Markdown')}"
        f"{_tool('theme', 'theme', 'Dark or light')}"
        f"{_tool('open-help', 'help', 'Help')}</div></header>"
        '<div id="connection" role="alert"></div>'
        '<p id="told" class="unseen" role="status" aria-live="polite"></p>'
    )


def scope_html() -> str:
    """The choice of article to ask about; the script shows it where there is a choice."""
    return (
        '<div class="scope" hidden><label for="scope">Ask about</label>'
        '<select id="scope"><option value="">all articles</option></select></div>'
        '<p class="hint" aria-hidden="true"><kbd>Enter</kbd> asks, <kbd>Shift</kbd> + <kbd>Enter</kbd> '
        "begins a new line</p>"
    )


def dialogs_html(rating: bool) -> str:
    """The help, and what is asked of those who rate an answer, where ratings are kept."""
    return _help() + (_rating() if rating else "")


def _tool(identity: str, name: Icon, label: str) -> str:
    return (
        f'<button type="button" id="{identity}" class="tool" title="{label}">{icon(name)}'
        f'<span class="label">{label}</span></button>'
    )


def _help() -> str:
    keys = "".join(f"<dt><kbd>{key}</kbd></dt><dd>{what}</dd>" for key, what in _KEYS)
    return (
        '<dialog id="help" aria-labelledby="help-name"><h2 id="help-name" tabindex="-1" autofocus>Help</h2>'
        "<p>Each sentence of an answer ends in a small number, its footnote. Choose it to see the exact "
        "words of the article. When the article does not say, Footnote says so, and shows the nearest that "
        "is there.</p>"
        f"<h3>Keys</h3><dl>{keys}</dl>"
        '<p><label><input type="checkbox" id="single-keys" checked> The keys /, a, Shift + N and ? do this '
        "outside of text fields</label></p>"
        "<h3>What is kept</h3>"
        "<p>The conversation lives in this tab alone, and is gone when the tab is closed or loaded again. "
        "Save it as Markdown to keep it. Nothing leaves the server that runs Footnote.</p>"
        '<form method="dialog"><button type="submit" class="main">Close</button></form></dialog>'
    )


def _rating() -> str:
    return (
        '<dialog id="rating" aria-labelledby="rating-name"><form method="dialog">'
        '<h2 id="rating-name">Rate the answer</h2>'
        '<label for="comment">What was good or bad about it? (You may leave this empty.)</label>'
        '<textarea id="comment" rows="4" maxlength="2000"></textarea>'
        '<p id="rating-problem" class="problem" role="alert"></p>'
        '<div class="choices"><button type="button" id="rating-cancel">Cancel</button>'
        '<button type="submit" class="main">Send</button></div>'
        '<p class="aside">The question, the answer and your words are kept on the server that runs '
        "Footnote.</p>"
        "</form></dialog>"
    )
