"""*Verbatim*: of all citations, those whose quote equals its span and is not blank; must be 1."""

from collections.abc import Mapping
from typing import Any

from eval.case import Case, Ratio


def score(case: Case, articles: Mapping[str, str]) -> Ratio | None:
    """The citations that quote to the letter, of all; for cases that have citations."""
    citations = case.answer["citations"] if case.answer is not None else []
    if not citations:
        return None
    return Ratio(float(sum(_to_the_letter(row, articles) for row in citations)), float(len(citations)))


def _to_the_letter(citation: dict[str, Any], articles: Mapping[str, str]) -> bool:
    """Whether the article has the quote at the citation's offsets, and the quote is not blank."""
    text = articles.get(citation["article"], "")
    quote: str = citation["quote"]
    return bool(quote.strip()) and text[citation["start"] : citation["end"]] == quote
