"""The arithmetic of the official SQuAD 2.0 evaluation: what is compared, and in which form."""

import re
import string

from eval.case import Case
from eval.goldset import GoldQuestion

_MARKER = re.compile(r"\s*\[\d+\]")
_ARTICLES = re.compile(r"\b(?:a|an|the)\b")
_PUNCTUATION = str.maketrans("", "", string.punctuation)


def tokens(text: str) -> list[str]:
    """The words of a text in lower case, without punctuation and articles."""
    return _ARTICLES.sub(" ", text.lower().translate(_PUNCTUATION)).split()


def prediction(case: Case) -> str | None:
    """The answer without its footnote markers, empty for a refusal; None when the system failed."""
    if case.answer is None:
        return None
    return _MARKER.sub("", case.answer["answer"]) if case.answered else ""


def references(gold: GoldQuestion) -> list[str]:
    """The texts that count: each of `answers` with all of `answers_all`, or the empty text."""
    every = [[answer, *gold.answers_all] for answer in gold.answers] or [list(gold.answers_all)]
    joined = [", ".join(parts) for parts in every]
    return [text for text in joined if tokens(text)] or [""]
