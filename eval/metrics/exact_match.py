"""*Exact match* of SQuAD 2.0 (Rajpurkar, Jia, Liang 2018): the answer equals a gold one; of all questions.

Both without case, ASCII punctuation and articles; the answer without its ``[n]`` markers. An unanswerable
question's gold answer, and a refusal's answer, is the empty text. Gold answers that must all be present are
joined by a comma. A system that failed scores 0.
"""

from collections.abc import Mapping

from eval.case import Case, Ratio
from eval.metrics._squad import prediction, references, tokens


def score(case: Case, articles: Mapping[str, str]) -> Ratio | None:
    """1 when the answer equals one of the gold answers."""
    answer = prediction(case)
    if answer is None:
        return Ratio(0.0)
    return Ratio(float(any(tokens(answer) == tokens(gold) for gold in references(case.gold))))
