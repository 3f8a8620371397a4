from collections.abc import Callable, Mapping, Sequence

import pytest

from eval.case import Case, Ratio
from eval.goldset import GoldQuestion

Score = Callable[[Case, Mapping[str, str]], Ratio | None]

TEXT = "The car comes in 2028. It costs 20,000 euros. Red and blue are on offer. Again: in 2028."


def _cited(article: str, start: int, end: int, quote: str | None) -> dict[str, object]:
    text = TEXT[start:end] if quote is None else quote
    return {"number": 1, "article": article, "start": start, "end": end, "quote": text}


def _make(
    answer: str | None = None,
    *,
    answers: Sequence[str] = (),
    answers_all: Sequence[str] = (),
    evidence: Sequence[str] = (),
    article: str | None = "car.txt",
    cites: Sequence[tuple[str, int, int, str | None]] = (),
    ranking: Sequence[tuple[str, int, int]] = (),
    timings: Mapping[str, float] | None = None,
    failed: bool = False,
) -> Case:
    gold = GoldQuestion(
        id="q",
        article=article,
        question="?",
        answers=tuple(answers),
        answers_all=tuple(answers_all),
        evidence=tuple(evidence),
        category="any",
        history=(),
    )
    said = {
        "answer": "The article does not say." if answer is None else answer,
        "refused": answer is None,
        "citations": [_cited(*cite) for cite in cites],
        "timings": dict(timings or {}),
    }
    return Case(gold, None if failed else said, "out of memory" if failed else None, tuple(ranking))


@pytest.fixture(scope="session")
def make() -> Callable[..., Case]:
    """Builds a case; an answer of None is a refusal, and a quote of None is the right one."""
    return _make


@pytest.fixture(scope="session")
def articles() -> dict[str, str]:
    return {"car.txt": TEXT, "van.txt": "The van comes in 2030."}


@pytest.fixture(scope="session")
def value(articles: dict[str, str]) -> Callable[[Score, Sequence[Case]], tuple[float, float] | None]:
    """A metric over cases as its sum of hits and its sum of parts; None when no case is eligible."""

    def over(score: Score, cases: Sequence[Case]) -> tuple[float, float] | None:
        scores = [ratio for case in cases if (ratio := score(case, articles)) is not None]
        return (sum(ratio.hits for ratio in scores), sum(ratio.of for ratio in scores)) if scores else None

    return over
