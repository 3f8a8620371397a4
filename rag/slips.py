"""Words that are a slip of the pen apart: a letter too many, too few, another one, or two exchanged."""

from collections.abc import Iterable

SHORTEST = 5
"""Letters of a word that may be mistyped; in shorter ones a slip makes another word too easily."""
_TWO_SLIPS = 9
"""Letters of a word in which two slips are forgiven."""


def nearest(word: str, others: Iterable[str]) -> list[str]:
    """Those of the others that are the fewest slips away, if not too many, and open with the same letter."""
    from rapidfuzz import process
    from rapidfuzz.distance import OSA

    if len(word) < SHORTEST:
        return []
    slips = 1 if len(word) < _TWO_SLIPS else 2
    alike = [other for other in others if other[:1] == word[0]]
    found = process.extract(word, alike, scorer=OSA.distance, score_cutoff=slips, limit=None)
    least = min((distance for _, distance, _ in found), default=0)
    return [other for other, distance, _ in found if distance == least]
