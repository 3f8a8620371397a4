"""An answer on the terminal."""

from rag.answer import Answer


def print_answer(answer: Answer) -> None:
    """Prints the answer, then each footnote with its words and place."""
    from rich.console import Console
    from rich.text import Text

    console = Console(highlight=False, soft_wrap=True)
    console.print(Text(answer.text, style="yellow" if answer.refused else "bold"))
    for citation in answer.citations:
        place = f"{citation.article}, characters {citation.start}-{citation.end}"
        console.print(Text(f"\n[{citation.number}] “{citation.quote}”"))
        console.print(Text(f"    {place}", style="dim"))
    times = answer.timings
    spent = ", ".join(f"{name.replace('_', ' ')} {times[name]:.2f} s" for name in times)
    Console(stderr=True, highlight=False, soft_wrap=True).print(
        Text(f"\n{answer.model}: {spent}", style="dim")
    )
