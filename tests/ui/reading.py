"""Reading the chat page's HTML, and conversations to make it of."""

from html.parser import HTMLParser

from rag.answer import Answer, Citation
from ui.chat_conversation import Conversation, Exchange
from ui.chat_log import log_html

HOSTILE = "<img src=x onerror=alert(1)> ![x](http://e/x.png) {{x}} ${x} </p><script>"
TAGS = {
    *("div", "article", "h2", "p", "span", "sup", "button", "q", "ol", "ul", "li", "svg", "path"),
    *("figure", "figcaption", "blockquote"),
}
"""All that the conversation is made of."""


class Reader(HTMLParser):
    """Collects tags with their attributes, and the text."""

    def __init__(self, html: str) -> None:
        super().__init__()
        self.tags: list[tuple[str, dict[str, str | None]]] = []
        self.text = ""
        self.feed(html)

    def handle_starttag(self, tag: str, attrs: list[tuple[str, str | None]]) -> None:
        self.tags.append((tag, dict(attrs)))

    def handle_data(self, data: str) -> None:
        self.text += data

    def of_class(self, name: str) -> list[dict[str, str | None]]:
        """The attributes of every tag of a class."""
        return [attributes for _, attributes in self.tags if name in (attributes.get("class") or "").split()]

    def marks(self) -> list[dict[str, str | None]]:
        return self.of_class("mark")

    def has_only_known_markup(self) -> bool:
        """Whether all tags are the page's own, and nothing in them would run."""
        names = [name for _, attributes in self.tags for name in attributes]
        return {tag for tag, _ in self.tags} <= TAGS and not any(name.startswith("on") for name in names)


def shown(conversation: Conversation, *suggestions: str) -> Reader:
    return Reader(log_html(conversation, suggestions))


def answered(text: str, *citations: Citation) -> Conversation:
    """A conversation of one finished exchange."""
    return concluded(Answer("Q?", text, None, citations, (), "m", {"total": 1.25}))


def concluded(answer: Answer) -> Conversation:
    exchange = Exchange(answer.question)
    exchange.take(answer)
    return Conversation([exchange])


def citation(
    number: int,
    quote: str = "words",
    article: str = "a.txt",
    page: int | None = None,
    section: str | None = None,
    lead: str | None = None,
) -> Citation:
    return Citation(number, article, 3, 3 + len(quote), quote, page, section, lead)
