"""The lines that a site's page needs."""

from html import escape

from ui.pages.widget import Widget
from ui.sites.site import Site

_TOKEN_URL = "/footnote-token"
"""Where the examples of the handbook have the site's server give tokens."""


def snippet(site: Site, server: str, widget: Widget) -> str:
    """The lines to paste, with words about each."""
    server = server.rstrip("/")
    attributes = [f'article="{escape(site.articles[0])}"'] if site.articles else []
    attributes += [f'token-url="{_TOKEN_URL}"'] if site.require_token else []
    element = " ".join(["<footnote-chat", *attributes])
    pinned = f"{server}/widget.{widget.version}.js"
    return "\n".join(
        [
            "<!-- The widget; it is renewed together with the server. -->",
            f'<script type="module" src="{server}/widget.js"></script>',
            f"{element}></footnote-chat>",
            "",
            "<!-- Or its first line so: exactly this script and no other, until you change the line. -->",
            f'<script type="module" src="{pinned}"',
            f'  integrity="{widget.integrity}" crossorigin="anonymous"></script>',
            "",
            "<!-- A page that has a Content-Security-Policy needs these in it:",
            f"     script-src {server}; connect-src {server}",
            "     or, for the frame: frame-src " + server + " -->",
            f'<iframe src="{server}/embed" title="Questions and answers" width="400" height="600"></iframe>',
        ]
    )
