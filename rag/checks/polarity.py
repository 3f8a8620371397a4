"""What a sentence negates: the words in the scope of "not", "no", "never", "failed to" and the like.

Scope ends with the clause, and at most two content words after the cue count, as in NegEx (Chapman and others
2001), which found a short window after the cue to be right more often than not.
"""

from collections.abc import Sequence
from dataclasses import dataclass
from functools import lru_cache

from rag.checks import negation_cues as cues
from rag.checks.claim import plain
from rag.words import content_keys, words

_NEAR = 60


@dataclass(frozen=True, slots=True)
class Negation:
    """What one cue negates: the word it bears on, perhaps another; and the rest of its sentence."""

    targets: tuple[str, ...]
    around: frozenset[str]


@lru_cache(maxsize=4096)
def negations(text: str) -> tuple[Negation, ...]:
    """The negations of a text that are plain, without a yes or no at its beginning."""
    sentences = cues.SENTENCE_END.split(_unled(text))
    return tuple(one for sentence in sentences if not cues.CONTRAST.search(sentence) for one in _in(sentence))


def is_negative(text: str) -> bool:
    """Whether anything in the text is negated, in whatever way."""
    return bool(cues.CUE.search(plain(text)))


def disagreement(text: str, others: Sequence[str]) -> str | None:
    """A word on which a text and others differ: negated here and affirmed there, or the other way round."""
    sentences = [part for other in others for part in cues.SENTENCE_END.split(plain(other)) if part.strip()]
    denied = _denied_here(text, sentences)
    if denied or is_negative(_unled(text)):
        return denied
    said = content_keys(_unled(text))
    for part in sentences:
        for one in negations(part):
            if one.targets[0] in said and one.around & said and not _affirmed(one.targets[0], sentences):
                return one.targets[0]
    return None


def _denied_here(text: str, sentences: Sequence[str]) -> str | None:
    """A word that the text negates and that the sentences, about the same, have without any negation."""
    own = negations(text)
    held = [(content_keys(part), part) for part in sentences] if own else []
    for one in own:
        target = one.targets[0]
        having = [(keys, part) for keys, part in held if target in keys]
        clauses = [
            clause for _, part in having for clause in cues.PART.split(part) if target in content_keys(clause)
        ]
        if any(keys & one.around for keys, _ in having) and not any(may_be_negative(c) for c in clauses):
            return target
    return None


def may_be_negative(clause: str) -> bool:
    """Whether there is a negation in it, or a word that may carry one."""
    return is_negative(clause) or bool(cues.IMPLICIT.search(clause))


def _affirmed(target: str, sentences: Sequence[str]) -> bool:
    """Whether the word stands somewhere without being negated."""
    for part in sentences:
        count = sum(word.key == target for word in words(part))
        if count > sum(target in one.targets for one in negations(part)):
            return True
    return False


def _in(sentence: str) -> list[Negation]:
    """The negations of one sentence; those with an "until" or "than" after them may mean the contrary."""
    masked = cues.NOT_A_CUE.sub(lambda match: " " * len(match.group()), sentence)
    doubt = max((match.start() for match in cues.DOUBT.finditer(sentence)), default=-1)
    content = content_keys(sentence)
    found = []
    for match in cues.CUE.finditer(masked):
        before = sentence[max(0, match.start() - _NEAR) : match.start()]
        if match.end() <= doubt or cues.CONDITION.search(before):
            continue
        ends = cues.CLAUSE_END.search(sentence, match.end())
        scope = sentence[match.end() : ends.start() if ends else len(sentence)]
        keys = [word.key for word in words(scope) if word.carries_content and not _is_adverb(word.text)]
        if keys:
            found.append(Negation(tuple(keys[: 2 if match["noun"] else 1]), content - {keys[0]}))
    return found


def _is_adverb(word: str) -> bool:
    low = word.casefold()
    return low in cues.ADVERBS or (low.endswith("ly") and len(low) > 4)


def _unled(text: str) -> str:
    """The text without a yes or no at its beginning."""
    return cues.LEADING.sub("", plain(text))
