"""Claims for the tests of checks."""

from rag.checks import Claim
from rag.sources import SourceSentence


def claim_of(sentence: str, question: str, *sources: str) -> Claim:
    """An answer's sentence that cites these sentences."""
    return Claim(sentence, question, tuple(SourceSentence("a.txt", 0, len(s), s, 0.5) for s in sources))
