"""Whether an answer affirms what the cited words negate, negates what they affirm, or says the opposite."""

from rag.checks.antonyms import opposite_statement
from rag.checks.claim import Claim
from rag.checks.polarity import disagreement


def differing_negation(claim: Claim) -> str | None:
    """The word on which the answer and the cited words differ in being negated."""
    texts = [source.text for source in claim.cited]
    differing = disagreement(claim.sentence, texts)
    if differing is not None:
        return (
            f"The answer and the cited words differ in whether “{_as_written(differing, claim)}” is negated."
        )
    opposites = [opposite_statement(claim.sentence, text) for text in texts]
    if opposites and opposites[0] and all(opposites):
        return f"The cited words say the opposite of “{_as_written(opposites[0], claim)}”."
    return None


def _as_written(key: str, claim: Claim) -> str:
    from rag.words import words

    return next((word.text for word in words(claim.sentence) if word.key == key), key)
