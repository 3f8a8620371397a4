"""The article beside the chat: the frame that ``static/chat.js`` fills and highlights in."""

from html import escape


def pane_html(article: str) -> str:
    """The pane, which starts with this article.

    The script puts the text in, as text; a footnote's offsets then count in exactly what
    ``GET /api/articles/{name}`` gives.
    """
    return (
        f'<section class="article" aria-labelledby="article-name" data-first="{escape(article)}">'
        '<header><h2 id="article-name"></h2>'
        '<button type="button" id="article-back" hidden>Back to the answer</button></header>'
        '<div id="article-text" role="region" aria-labelledby="article-name" tabindex="0"></div>'
        '<p id="article-problem" role="alert" hidden></p></section>'
    )
