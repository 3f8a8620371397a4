from collections.abc import Callable

import pytest

from eval.case import Case
from eval.metrics import METRICS

Make = Callable[..., Case]
Value = Callable[..., tuple[float, float] | None]
Cite = tuple[str, int, int, str | None]

YEAR = {"answers": ["2028"], "evidence": ["in 2028."]}  # stands at 14 to 22 and at 80 to 88

ON: Cite = ("car.txt", 0, 22, None)
AGAIN: Cite = ("car.txt", 73, 88, None)
OFF: Cite = ("car.txt", 23, 45, None)


@pytest.mark.parametrize(
    ("cite", "hits"),
    [
        (ON, 1),
        (AGAIN, 1),  # every place of the evidence counts
        (OFF, 0),
        (("car.txt", 21, 23, None), 1),  # one character is enough
        (("car.txt", 22, 45, None), 0),  # begins where the evidence ends
        (("car.txt", 0, 14, None), 0),  # ends where the evidence begins
        (("van.txt", 0, 22, None), 0),  # the same offsets of another article
    ],
)
def test_a_citation_counts_by_its_span(make: Make, value: Value, cite: Cite, hits: int) -> None:
    cases = [make("2028 [1]", cites=[cite], **YEAR)]
    assert value(METRICS["citation_precision"], cases) == (hits, 1)
    assert value(METRICS["citation_recall"], cases) == (hits, 1)


def test_precision_counts_citations_and_recall_answers(make: Make, value: Value) -> None:
    cases = [
        make("2028 [1][2][3]", cites=[ON, OFF, OFF], **YEAR),  # precision 1 of 3, recall 1 of 1
        make("2028 [1]", cites=[OFF], **YEAR),  # precision 0 of 1, recall 0 of 1
        make("2028", **YEAR),  # no citation: nothing for precision, recall 0 of 1
        make("Soon [1][2]", cites=[ON, AGAIN], **YEAR),  # correct in quote only: precision 2 of 2
        make("2030 [1]", cites=[OFF], **YEAR),  # wrong: precision 0 of 1
        make("2028 [1]", cites=[ON]),  # an unanswerable question: neither
        make(cites=[ON], **YEAR),  # refused, whatever it cites: neither
        make(failed=True, **YEAR),  # failed: neither
    ]
    assert value(METRICS["citation_precision"], cases) == (3, 7)
    assert value(METRICS["citation_recall"], cases) == (1, 3)


def test_evidence_of_a_question_without_an_article_may_stand_in_any(make: Make, value: Value) -> None:
    gold = {"answers": ["2030"], "evidence": ["in 2030"], "article": None}
    cases = [make("2030", cites=[("van.txt", 14, 21, "in 2030")], **gold), make("2030", cites=[ON], **gold)]
    assert value(METRICS["citation_recall"], cases) == (1, 2)


@pytest.mark.parametrize(
    ("cite", "hits"),
    [
        (ON, 1),
        (("car.txt", 0, 3, "the"), 0),
        (("car.txt", 0, 3, "The "), 0),
        (("car.txt", 3, 4, " "), 0),  # blank, though it is what stands there
        (("car.txt", 5, 5, ""), 0),
        (("car.txt", 1000, 1010, ""), 0),
        (("bus.txt", 0, 3, "The"), 0),  # no such article
    ],
)
def test_verbatim(make: Make, value: Value, cite: Cite, hits: int) -> None:
    for gold in (YEAR, {}):  # also under questions that have no answer
        assert value(METRICS["verbatim"], [make("x", cites=[cite], **gold)]) == (hits, 1)


def test_verbatim_needs_citations(make: Make, value: Value) -> None:
    assert value(METRICS["verbatim"], [make("2028", **YEAR), make(), make(failed=True)]) is None
