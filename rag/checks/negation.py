"""Whether an answer affirms what the cited words negate, or negates what they affirm."""

from rag.checks.claim import Claim
from rag.checks.polarity import disagreement


def differing_negation(claim: Claim) -> str | None:
    """The word on which the answer and the cited words differ in being negated."""
    differing = disagreement(claim.sentence, [source.text for source in claim.cited])
    if differing is None:
        return None
    return f"The answer and the cited words differ in whether “{_as_written(differing, claim)}” is negated."


def _as_written(key: str, claim: Claim) -> str:
    from rag.words import words

    return next((word.text for word in words(claim.sentence) if word.key == key), key)
