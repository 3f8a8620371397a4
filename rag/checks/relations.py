"""Whether an answer relates times, amounts, places and people as the cited words do: before, in, by whom."""

import re
from collections import Counter
from collections.abc import Iterable, Iterator

from rag.checks.antonyms import opposite_claim
from rag.checks.claim import Claim, plain
from rag.checks.degree import softened_degree
from rag.checks.frequency import other_frequency
from rag.checks.polarity import may_be_negative
from rag.checks.rates import other_rate
from rag.checks.swapped import swapped_parts
from rag.checks.units import unit_of
from rag.words import Word, content_keys, leading_content, words

_BOUNDS: tuple[tuple[str, str], ...] = (
    (
        "to",
        "no more than|not more than|no later than|not later than|no longer than|at most|up to and including"
        "|up to|until|till|before|prior to|nearly|almost|just under|close to|less than|fewer than"
        "|a maximum of|within|by|below|under",
    ),
    (
        "from",
        "no less than|not less than|no fewer than|no earlier than|at least|more than|a minimum of|upwards of"
        "|as of|as from|starting on|starting from|from|after|since|over|above|exceeding|beyond",
    ),
)
"""What stands before a number or a date."""
_BOUNDED_AFTER = re.compile(
    r"\s+(?:[a-z]+\s+)?(?:and|or)\s+(?:(?P<from>over|older|above|up|more|upwards|later|longer)"
    r"|(?P<to>under|younger|below|fewer|less|earlier|shorter))\b",
    re.IGNORECASE,
)
"""What stands after a number: "12 years or older"."""
_PLACES: tuple[tuple[str, str], ...] = (
    ("before", "before|prior to|until|till"),
    ("after", "after|since"),
    ("front", "in front of"),
    ("beside", "next to|close to|beside|alongside|near"),
    ("inside", "inside|in"),
    ("on", "on top of|on"),
    ("under", "under|beneath|underneath"),
    ("behind", "behind"),
    ("outside", "outside"),
    ("opposite", "opposite"),
)
"""What stands before a thing, in space or in time."""
_NOT_WITHIN = ("beside", "behind", "front", "outside", "opposite")
_OPPOSED = frozenset(
    frozenset(pair)
    for pair in (
        ("to", "from"),
        ("before", "after"),
        ("under", "on"),
        *(("inside", other) for other in _NOT_WITHIN),
        *(("on", other) for other in _NOT_WITHIN),
        *(("behind", other) for other in ("beside", "front", "opposite")),
    )
)
_LEAD = (
    r"(?:(?:the|an?|its|his|her|their|your|our|this|that|about|around|midnight on|age of)\s+)*(?:[£$€]\s?)?"
)


def _pattern(relations: tuple[tuple[str, str], ...]) -> re.Pattern[str]:
    either = "|".join(f"(?P<{name}>{phrases})" for name, phrases in relations)
    return re.compile(rf"\b(?:{either})\s+{_LEAD}(?=[^\W_])", re.IGNORECASE)


_BOUNDED, _PLACED = _pattern(_BOUNDS), _pattern(_PLACES)
_STOP = re.compile(r"[,;:.!?()\n–—](?:\s|$)")
_Related = tuple[str, str, str]
"""A key, its relation, and both as written."""

_MOST = 3
"""Words of what stands after a relation that may name it."""
_ROOT = 4
"""Letters in which two forms of a word are alike: "apply" and "applications"."""


def other_relation(claim: Claim) -> str | None:
    """How the cited words relate what the answer relates otherwise.

    Where they relate it in several ways, or in none, or one of both negates something, nothing is said.
    """
    checks = (_on_another_side, other_rate, other_frequency, softened_degree, swapped_parts)
    return next((problem for check in checks if (problem := check(claim))), None)


def _on_another_side(claim: Claim) -> str | None:
    sentence, source = plain(claim.sentence), plain(claim.source)
    for is_bound, pattern in ((True, _BOUNDED), (False, _PLACED)):
        held = _relations(source, pattern, is_bound)
        for key, own in _relations(sentence, pattern, is_bound).items():
            others = held.get(key, {})
            opposed = all(frozenset((one, other)) in _OPPOSED for one in own for other in others)
            if others and opposed and (not is_bound or _is_same_matter(claim, key)):
                said, told = next(iter(own.values())), next(iter(others.values()))
                return f"The answer has “{said}”, the cited words “{told}”."
    return None


def _relations(text: str, pattern: re.Pattern[str], is_bound: bool) -> dict[str, dict[str, str]]:
    """How each number, or each other thing, is related: by its key the relations, each as it is written.

    What also stands without one is left out.
    """
    everywhere = words(text)
    related = [one for match in pattern.finditer(text) for one in _before(text, match, is_bound)]
    related += _after(text, everywhere) if is_bound else []
    found: dict[str, dict[str, str]] = {}
    for key, relation, written in related:
        found.setdefault(key, {}).setdefault(relation, " ".join(written.split()))
    counted = Counter(key for key, _, _ in related)
    stands = Counter(word.key for word in everywhere)
    return {key: relations for key, relations in found.items() if counted[key] == stands[key]}


def _before(text: str, match: re.Match[str], is_bound: bool) -> Iterator[_Related]:
    """The number or the thing that a relation stands before."""
    named = _named(text, match.end())
    if named is not None and named.is_number == is_bound:
        end = match.end() + named.start + len(named.text)
        yield named.key, str(match.lastgroup), text[match.start() : end]


def _after(text: str, found: Iterable[Word]) -> Iterator[_Related]:
    """The numbers that a bound stands after."""
    for word in found:
        if word.is_number and (match := _BOUNDED_AFTER.match(text, word.start + len(word.text))):
            yield word.key, str(match.lastgroup), text[word.start : match.end()]


def _named(text: str, start: int) -> Word | None:
    """The number that begins there, or else the noun to which the words there lead."""
    end = _STOP.search(text, start)
    run = leading_content(words(text[start : end.start() if end else len(text)])[:_MOST])
    return (run[0] if run[0].is_number else run[-1]) if run else None


def _is_same_matter(claim: Claim, key: str) -> bool:
    """Whether a bound is one on the same: from eight on one pays for what is free until eight."""
    said, source = (
        _BOUNDED_AFTER.sub(" ", _BOUNDED.sub(" ", plain(text)))
        for text in (f"{claim.asked} {claim.sentence}", claim.source)
    )
    if may_be_negative(said) or may_be_negative(source) or opposite_claim(said, source):
        return False
    known = {one[:_ROOT] for one in content_keys(source) - {key}}
    return any(one[:_ROOT] in known and not unit_of(one) for one in content_keys(said) - {key})
