"""Guesses how a text goes on: as it did where its last words stood before (prompt lookup, Saxena 2023).

An answer mostly repeats the article, so the guesses are often right, and to check several costs hardly more
than to compute one.
"""

from collections.abc import Sequence

_TAILS = (3, 2)
"""How many last tokens must have stood before, the longer the better."""


def guess(seen: Sequence[int], count: int) -> list[int]:
    """Up to so many tokens that followed when the last ones of `seen` stood there before, most recently."""
    for size in _TAILS:
        tail = list(seen[-size:])
        for start in range(len(seen) - size - 1, -1, -1):
            if seen[start + size - 1] == tail[-1] and list(seen[start : start + size]) == tail:
                return list(seen[start + size : start + size + count])
    return []
