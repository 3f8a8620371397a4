"""*Token F1* of SQuAD 2.0 (Rajpurkar, Jia, Liang 2018): the words that answer and gold answer share.

The words are those of *exact match*, counted as often as they stand; where the answer or the gold answer is
empty, F1 is 1 when both are, else 0. A system that failed scores 0.
"""

from collections import Counter
from collections.abc import Mapping

from eval.case import Case, Ratio
from eval.metrics._squad import prediction, references, tokens


def score(case: Case, articles: Mapping[str, str]) -> Ratio | None:
    """The largest F1 over the gold answers."""
    answer = prediction(case)
    if answer is None:
        return Ratio(0.0)
    return Ratio(max(_f1(tokens(answer), tokens(gold)) for gold in references(case.gold)))


def _f1(answer: list[str], gold: list[str]) -> float:
    """The harmonic mean of the shared words' part in the answer and in the gold answer."""
    if not answer or not gold:
        return float(answer == gold)
    shared = (Counter(answer) & Counter(gold)).total()
    return 2 * shared / (len(answer) + len(gold))
