"""Where the gold evidence stands in the articles, and what overlaps it."""

from collections.abc import Iterable, Iterator, Mapping

from eval.case import Case
from eval.goldset import GoldQuestion

Span = tuple[str, int, int]
"""An article's name and the offsets of a piece of its text, the end excluded."""


def evidence_spans(gold: GoldQuestion, articles: Mapping[str, str]) -> tuple[tuple[Span, ...], ...]:
    """For each piece of evidence, every place where it stands in the question's article (or in any)."""
    names = [gold.article] if gold.article is not None else list(articles)
    return tuple(
        tuple((name, *place) for name in names for place in _places(piece, articles[name]))
        for piece in gold.evidence
    )


def overlaps(span: Span, others: Iterable[Span]) -> bool:
    """Whether the span shares a character with one of the others."""
    article, start, end = span
    return any(article == name and start < stop and begin < end for name, begin, stop in others)


def supported(case: Case, articles: Mapping[str, str]) -> tuple[bool, ...]:
    """For each citation of the answer, whether its span overlaps a piece of evidence."""
    gold = [span for piece in evidence_spans(case.gold, articles) for span in piece]
    cited = case.answer["citations"] if case.answer is not None else []
    return tuple(overlaps((row["article"], row["start"], row["end"]), gold) for row in cited)


def _places(piece: str, text: str) -> Iterator[tuple[int, int]]:
    """The offsets of every place where the piece stands in the text."""
    start = text.find(piece)
    while start >= 0:
        yield start, start + len(piece)
        start = text.find(piece, start + 1)
