"""The metrics against libraries that others wrote."""

from collections.abc import Callable, Iterator
from random import Random

import pytest

from eval.case import Case
from eval.metrics import METRICS

Make = Callable[..., Case]
Value = Callable[..., tuple[float, float] | None]

_WORDS = "The car, in 2028. an A red; blue it's 20,000 €5 über-cool ﬁve Not a".split()


def _answers(random: Random) -> Iterator[tuple[str, list[str]]]:
    for _ in range(200):
        gold = [" ".join(random.choices(_WORDS, k=random.randint(1, 4))) for _ in range(random.randint(1, 3))]
        near = gold[0].split() + random.choices(_WORDS, k=random.randint(0, 3))
        yield " ".join(random.sample(near, k=random.randint(1, len(near)))), [f"{one} x" for one in gold]


def test_exact_match_and_f1_are_those_of_torchmetrics(make: Make, value: Value) -> None:
    from torchmetrics.functional.text import squad

    rows = list(_answers(Random(0)))
    expected = squad(
        [{"prediction_text": answer, "id": str(place)} for place, (answer, _) in enumerate(rows)],
        [
            {"answers": {"text": gold, "answer_start": [0] * len(gold)}, "id": str(place)}
            for place, (_, gold) in enumerate(rows)
        ],
    )
    cases = [make(f"{answer} [1]", answers=gold, evidence=gold) for answer, gold in rows]
    assert value(METRICS["exact_match"], cases) == pytest.approx((float(expected["exact_match"]) * 2, 200))
    assert value(METRICS["token_f1"], cases) == pytest.approx((float(expected["f1"]) * 2, 200))
    assert 0 < float(expected["f1"]) < 100


def test_ndcg_is_that_of_scikit_learn(make: Make, value: Value) -> None:
    from sklearn.metrics import ndcg_score

    random = Random(0)
    for _ in range(50):
        found = random.sample(range(12), k=3)
        pieces = {found[0]: (0, 22), found[1]: (23, 45), found[2]: (46, 72)}
        ranking = [("car.txt", *pieces[rank]) if rank in pieces else ("van.txt", 0, 22) for rank in range(12)]
        case = make("x", answers=["x"], evidence=["in 2028", "20,000", "blue"], ranking=ranking)
        truth = [[float(rank in pieces) for rank in range(12)]]
        expected = ndcg_score(truth, [[-float(rank) for rank in range(12)]], k=10)
        # The first evidence stands twice in the article, and one place is enough.
        assert value(METRICS["ndcg_10"], [case]) == pytest.approx((expected, 1))
