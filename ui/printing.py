"""An answer on the terminal."""

import re
from typing import TYPE_CHECKING

from rag.answer import Answer, Citation

if TYPE_CHECKING:
    from rich.console import Console

OWN_WORDS = "The article's own words:"
NEAREST = "Nearest in the article:"
_CONTROLS = re.compile(r"[\x00-\x1f\x7f-\x9f]")


def print_answer(answer: Answer) -> None:
    """Prints how the question was understood, the answer with its footnotes, and on stderr the times."""
    from rich.text import Text

    console = plain_console()
    if understood := understood_as(answer):
        console.print(Text(f"Understood as: {understood}", style="dim"))
    print_reply(console, answer)
    if answer.kind != "small_talk":
        plain_console(stderr=True).print(Text(f"\n{answer.model}: {times(answer)}", style="dim"))


def print_reply(console: "Console", answer: Answer) -> None:
    """Prints the answer, then each footnote with its words and place."""
    from rich.text import Text

    if answer.kind == "quote":
        _print_quotes(console, answer.citations)
        return
    console.print(Text(answer.text, style="yellow" if answer.refused else "bold"))
    for citation in answer.citations:
        console.print(Text(f"\n[{citation.number}] {above(citation)}“{citation.quote}”"))
        console.print(Text(f"    {place(citation)}", style="dim"))
    if answer.nearby:
        console.print(Text(f"\n{NEAREST} {above(answer.nearby)}“{one_line(answer.nearby.quote)}”"))
        console.print(Text(f"    {place(answer.nearby)}", style="dim"))


def plain_console(stderr: bool = False) -> "Console":
    """A terminal, or a pipe that gets plain text; lines are as long as they are."""
    from rich.console import Console

    return Console(stderr=stderr, highlight=False, soft_wrap=True)


def understood_as(answer: Answer) -> str:
    """The question as it was understood; empty when that is how it was asked."""
    return "" if answer.asked == answer.question else answer.asked


def times(answer: Answer) -> str:
    """The seconds from the question to each step."""
    return ", ".join(f"{name.replace('_', ' ')} {spent:.2f} s" for name, spent in answer.timings.items())


def one_line(text: str) -> str:
    """The text on one line, without what a terminal would obey rather than show."""
    return " ".join(_CONTROLS.sub(" ", text).split())


def above(citation: Citation) -> str:
    """What an item of a list or a row of a table stands under, to be read before it; empty for others."""
    return f"{one_line(citation.lead)} " if citation.lead else ""


def place(citation: Citation) -> str:
    """Where a footnote stands, for people."""
    page = [] if citation.page is None else [f"page {citation.page}"]
    section = [] if citation.section is None else [one_line(citation.section)]
    return ", ".join([citation.article, *page, *section, f"characters {citation.start}-{citation.end}"])


def _print_quotes(console: "Console", citations: tuple[Citation, ...]) -> None:
    """The quoted words are their own footnotes, so only the places follow."""
    from rich.text import Text

    console.print(Text(OWN_WORDS, style="dim"))
    for citation in citations:
        shown = f"{above(citation)}“{one_line(citation.quote)}” [{citation.number}]"
        console.print(Text(shown, style="bold"))
    console.print()
    for citation in citations:
        console.print(Text(f"[{citation.number}] {place(citation)}", style="dim"))
