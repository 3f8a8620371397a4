"""Reading the chat page's HTML, and conversations to make it of."""

from html.parser import HTMLParser

from rag.answer import Answer, Citation
from ui.chat_conversation import Conversation, Exchange

HOSTILE = "<img src=x onerror=alert(1)> ![x](http://e/x.png) {{x}} ${x} </p><script>"


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

    def buttons(self) -> list[dict[str, str | None]]:
        return [attributes for tag, attributes in self.tags if tag == "button"]


def answered(text: str, *citations: Citation) -> Conversation:
    """A conversation of one finished exchange."""
    return concluded(Answer("Q?", text, None, citations, (), "m", {"total": 1.25}))


def concluded(answer: Answer) -> Conversation:
    exchange = Exchange(answer.question)
    exchange.take(answer)
    return Conversation([exchange])


def citation(number: int, quote: str = "words", article: str = "a.txt") -> Citation:
    return Citation(number, article, 3, 3 + len(quote), quote)
