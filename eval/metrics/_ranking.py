"""A case's ranking as ir-measures wants it: which of the ranked spans are relevant."""

from collections.abc import Mapping

from eval.case import Case, Ratio
from eval.metrics._evidence import evidence_spans, overlaps

_QUERY = "q"


def measure(case: Case, articles: Mapping[str, str], name: str) -> Ratio | None:
    """The value of the measure that ir-measures calls `name`, for a question that has evidence.

    A ranked span is relevant when it overlaps a piece of evidence that no better span has overlapped, so that
    several windows over one sentence count once; a piece that no span overlaps is a relevant one that was not
    found. A ranking that is empty finds nothing: 0, not ineligible.
    """
    if not case.gold.evidence:
        return None
    import ir_measures

    relevant = _relevant(case, articles)
    qrels = [ir_measures.Qrel(_QUERY, document, 1) for document in relevant]
    run = [ir_measures.ScoredDoc(_QUERY, str(rank), -float(rank)) for rank in range(len(case.ranking))]
    wanted = ir_measures.parse_measure(name)
    return Ratio(float(ir_measures.calc_aggregate([wanted], qrels, run)[wanted]))


def _relevant(case: Case, articles: Mapping[str, str]) -> list[str]:
    """The names of what is relevant: ranks of spans, then pieces of evidence that no span overlaps."""
    missing = dict(enumerate(evidence_spans(case.gold, articles)))
    relevant = []
    for rank, span in enumerate(case.ranking):
        found = [piece for piece, places in missing.items() if overlaps(span, places)]
        if found:
            relevant.append(str(rank))
        for piece in found:
            del missing[piece]
    return relevant + [f"missing {piece}" for piece in missing]
