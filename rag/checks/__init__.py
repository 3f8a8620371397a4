"""Checks of one sentence of an answer against the words it cites: each a function that says what is wrong."""

from collections.abc import Callable, Mapping
from types import MappingProxyType

from rag.checks.asked_kind import missing_kind
from rag.checks.claim import Claim
from rag.checks.dates import missing_date
from rag.checks.direction import wrong_direction
from rag.checks.names import missing_name
from rag.checks.negation import differing_negation
from rag.checks.numbers import missing_number
from rag.checks.pairing import other_value
from rag.checks.premise import contradicted_premise
from rag.checks.relations import other_relation
from rag.checks.told import nothing_told

Check = Callable[[Claim], str | None]
"""What is wrong with a claim, as a short sentence for people, or None."""

CHECKS: Mapping[str, Check] = MappingProxyType(
    {
        "numbers": missing_number,
        "dates": missing_date,
        "names": missing_name,
        "negation": differing_negation,
        "pairing": other_value,
        "relations": other_relation,
        "direction": wrong_direction,
        "asked_kind": missing_kind,
        "told": nothing_told,
        "premise": contradicted_premise,
    }
)
"""The checks by name, in the order in which they run."""


def failures(claim: Claim, skip: frozenset[str] = frozenset()) -> dict[str, str]:
    """What is wrong with a claim, by the name of the check that says so."""
    found = ((name, check(claim)) for name, check in CHECKS.items() if name not in skip)
    return {name: problem for name, problem in found if problem is not None}


__all__ = ["CHECKS", "Check", "Claim", "failures", "missing_date"]
