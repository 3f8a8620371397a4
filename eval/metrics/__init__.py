"""The metrics, one a file; no judge model anywhere."""

from collections.abc import Callable, Mapping
from functools import partial
from types import MappingProxyType
from typing import Final

from eval.case import Case, Ratio
from eval.metrics import (
    citation_precision,
    citation_recall,
    correct,
    correct_in_quote,
    correct_or_in_quote,
    exact_match,
    hallucination,
    mrr,
    ndcg_10,
    over_refusal,
    recall,
    refusal_precision,
    refusal_recall,
    token_f1,
    trust,
    verbatim,
)

Metric = Callable[[Case, Mapping[str, str]], Ratio | None]
"""A case's part in a metric, given the articles' texts by name; None when the case has no part in it."""

METRICS: Final[Mapping[str, Metric]] = MappingProxyType(
    {
        "correct": correct.score,
        "correct_in_quote": correct_in_quote.score,
        "correct_or_in_quote": correct_or_in_quote.score,
        "exact_match": exact_match.score,
        "token_f1": token_f1.score,
        "refusal_recall": refusal_recall.score,
        "refusal_precision": refusal_precision.score,
        "over_refusal": over_refusal.score,
        "citation_precision": citation_precision.score,
        "citation_recall": citation_recall.score,
        "verbatim": verbatim.score,
        "hallucination": hallucination.score,
        "trust": trust.score,
        "recall_at_1": partial(recall.score, k=1),
        "recall_at_3": partial(recall.score, k=3),
        "recall_at_5": partial(recall.score, k=5),
        "recall_at_10": partial(recall.score, k=10),
        "mrr": mrr.score,
        "ndcg_10": ndcg_10.score,
    }
)
"""Every metric by its name, in the order of a report."""
