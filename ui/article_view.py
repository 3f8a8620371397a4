"""The articles beside the chat: the frame that the page's script fills and highlights in."""

from index.reading import SUFFIXES
from ui.chat_icons import icon


def pane_html(adding: bool) -> str:
    """The pane with a choice of all articles.

    The script puts the text in, as text; a footnote's offsets then count in exactly what
    ``GET /api/articles/{name}`` gives.

    Args:
        adding: Whether articles can be added here.
    """
    add, form = (_ADD, _FORM) if adding else ("", "")
    return (
        '<section class="article" aria-labelledby="article-name"><header>'
        '<h2 id="article-name" class="unseen">Article</h2>'
        '<label class="unseen" for="article-choice">Article to read</label>'
        '<select id="article-choice"></select>'
        '<a id="article-alone" target="_blank" rel="noopener" title="Open on a page of its own">'
        f"{icon('leave')}"
        '<span class="unseen">Open the article on a page of its own</span></a>'
        f"{add}"
        f'<button type="button" id="article-close" title="Close">{icon("close")}'
        '<span class="unseen">Close the article</span></button></header>'
        f"{form}"
        '<div id="article-text" role="region" aria-labelledby="article-name" tabindex="0"></div>'
        '<p id="article-problem" role="alert"></p>'
        f'<button type="button" id="article-back" hidden>{icon("back")}Back to the answer</button></section>'
    )


_ADD = (
    f'<button type="button" id="add" title="Add an article">{icon("add")}'
    '<span class="label">Add an article</span></button>'
)
_FORM = (
    '<div id="adding" hidden><label for="file" class="unseen">Article to add</label>'
    f'<input type="file" id="file" accept="{",".join(SUFFIXES)}" multiple hidden>'
    '<div class="progress"><label id="adding-step" for="adding-progress"></label>'
    '<progress id="adding-progress"></progress>'
    '<button type="button" id="adding-cancel">Cancel</button></div></div>'
    '<p id="adding-problem" class="problem" role="alert"></p>'
    f'<p id="drop" aria-hidden="true">Drop it here: {", ".join(SUFFIXES)}</p>'
)
