"""The noun phrases of a question, told apart by its function words and common verbs."""

import re
from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from functools import lru_cache
from typing import Literal

from rag.follow_up.tokens import CONTENT, Token, lexicon, singular, tokens

Role = Literal["asked", "subject", "object"]

_NO_BREAK = re.compile(r"[\s£$€“”\"'‘’%]*|(?<=\b[A-Z])\.\s*")
_INDEFINITE = frozenset("a an any some no another each every many much this that these those".split())


@dataclass(frozen=True, slots=True)
class Phrase:
    """A noun phrase: its words, what it does in the question, and the preposition before it."""

    tokens: tuple[Token, ...]
    text: str
    role: Role
    preposition: Token | None

    @property
    def start(self) -> int:
        """Where it begins."""
        return self.tokens[0].start

    @property
    def end(self) -> int:
        """Where it ends."""
        return self.tokens[-1].end

    @property
    def head(self) -> str:
        """Its last word, in the singular as far as a rule can tell."""
        return singular(self.tokens[-1].lower)

    @property
    def named(self) -> bool:
        """Whether it holds a name."""
        return any(token.kind == "name" for token in self.tokens)

    @property
    def determined(self) -> bool:
        """Whether it begins with an article or the like."""
        return self.tokens[0].kind == "determiner"

    @property
    def plural(self) -> bool:
        """Whether it looks like several."""
        last = self.tokens[-1]
        if last.kind == "name":
            return bool(re.fullmatch(r"[A-Z]{2,}s", last.text))
        return last.lower in lexicon()["nouns"]["plurals"] or (
            last.kind == "word" and last.lower != self.head
        )

    @property
    def definite(self) -> str:
        """How to speak of it once it is known: "a boat" has become "the boat"."""
        if self.tokens[0].lower in _INDEFINITE and len(self.tokens) > 1:
            return "the " + self.text[self.tokens[1].start - self.start :]
        inner = self.determined and not self.text.isupper()
        text = self.text[:1].lower() + self.text[1:] if inner else self.text
        owned = self.tokens[0].text.endswith(("'s", "’s", "'", "’"))
        several = self.plural or (self.tokens[0].kind == "number" and len(self.tokens) > 1)
        known = several or (self.role == "asked" and self.tokens[-1].kind == "word")
        return f"the {text}" if known and not self.determined and not owned else text


@lru_cache(maxsize=256)
def noun_phrases(text: str, known: frozenset[str] = frozenset()) -> tuple[Phrase, ...]:
    """The noun phrases of a question or a short statement, in order."""
    return tuple(_Reader(text, tokens(text, known)).phrases())


def main_verb(text: str) -> Token | None:
    """The first verb that is not an auxiliary, where one is recognised."""
    reader = _Reader(text, tokens(text))
    list(reader.phrases())
    return reader.verb


class _Reader:
    """Walks through a sentence once and cuts it into phrases and verbs."""

    def __init__(self, text: str, found: Sequence[Token]) -> None:
        self._text = text
        self._tokens = found
        self._expects: Literal["plain", "said of", ""] = ""
        self._seen_auxiliary = self._has_subject = False
        self.verb: Token | None = None

    def phrases(self) -> Iterator[Phrase]:
        """The phrases, in order."""
        at = 0
        while at < len(self._tokens):
            length = self._run(at)
            if not length:
                self._pass(at)
                at += 1
                continue
            run = self._tokens[at : at + length]
            if at and self._tokens[at - 1].lower == "how" and run[0].kind == "word":
                # "how old", "how often": neither a thing nor a verb
                at += 1
                continue
            cut = self._cut(run, at)
            yield from self._phrase(run[:cut], at)
            if cut < length:
                self._found_verb(run[cut])
                yield from self._phrase(run[cut + 1 :], at + cut + 1)
            at += length

    def _run(self, at: int) -> int:
        """How many words from here on may belong to one phrase."""
        end = at
        while end < len(self._tokens) and self._tokens[end].kind in ("determiner", *CONTENT):
            token = self._tokens[end]
            apart = end > at and not _NO_BREAK.fullmatch(self._text, self._tokens[end - 1].end, token.start)
            begun = any(earlier.kind in CONTENT for earlier in self._tokens[at:end])
            if apart or (begun and token.kind == "determiner"):
                break
            end += 1
        return end - at

    def _pass(self, at: int) -> None:
        token = self._tokens[at]
        if token.kind == "question" and "'" in token.lower:
            self._expects, self._seen_auxiliary = "said of", True
        elif token.kind == "auxiliary":
            wanted = at > 0 and self._tokens[at - 1].lower == "to"
            if wanted or (self._expects == "plain" and self._has_subject):
                self._found_verb(token)
            elif re.match(r"(?:is|are|was|were|am|be|been|being)\b", token.lower):
                self._expects = "said of"
            else:
                self._expects = "plain"
            self._seen_auxiliary = True
        elif token.kind == "pronoun" and self._seen_auxiliary and token.lower != "there":
            self._has_subject = True
        elif token.kind == "link" or token.lower == "that":
            self._has_subject = self._seen_auxiliary = False

    def _found_verb(self, token: Token) -> None:
        self.verb = self.verb or token
        self._expects = ""
        self._has_subject = True

    def _phrase(self, run: Sequence[Token], at: int) -> Iterator[Phrase]:
        while len(run) > 2 and run[-1].lower in ("first", "last"):
            run = run[:-1]
        if not any(token.kind in CONTENT for token in run):
            return
        before = self._tokens[at - 1] if at else None
        asked = before is not None and before.kind == "question" and "'" not in before.lower
        preposition = before if before is not None and before.kind == "preposition" else None
        role: Role = "object"
        if asked:
            role = "asked"
        elif not self._has_subject and preposition is None:
            role, self._has_subject = "subject", True
        yield Phrase(tuple(run), self._text[run[0].start : run[-1].end], role, preposition)

    def _cut(self, run: Sequence[Token], at: int) -> int:
        """Where the verb stands in these words; their number when none does."""
        before = self._tokens[at - 1] if at else None
        after = self._tokens[at + len(run)] if at + len(run) < len(self._tokens) else None
        if self._leads(run, before, after):
            return 0
        first = next((n for n, token in enumerate(run) if token.kind in CONTENT), 0) + 1
        later = range(first, len(run))
        if self._expects == "said of":
            return next((n for n in later if self._is_said(run, n)), len(run))
        plain = self._expects == "plain"
        for n in later:
            lemma = run[n].lemma("plain")
            if lemma and (not plain or run[n].lower == lemma or run[n].lower.endswith(("ed", "n", "t"))):
                return n
        if not plain:
            return next((n for n in later if self._is_told(run, n)), len(run))
        return self._last_resort(run, first, after)

    def _leads(self, run: Sequence[Token], before: Token | None, after: Token | None) -> bool:
        """Whether the first of these words is the verb already."""
        token, verbs = run[0], lexicon()["verbs"]
        if token.kind != "word":
            return False
        verbal = token.lemma("plain") or token.lemma("both") or token.lower.endswith("ed")
        if before is None:
            return token.lower in verbs["orders"]
        if before.kind == "question":
            is_subject = after is None or after.kind != "auxiliary"
            return before.lower in ("who", "who's") or bool(
                verbal and is_subject and before.lower in ("what", "which")
            )
        if before.kind == "pronoun":
            return bool(self._expects == "plain" or verbal)
        if before.lower == "to":
            return bool(verbal and self.verb)
        verbal = verbal or (len(run) == 1 and token.lower in verbs["participles"] | verbs["nominal"])
        return before.kind in ("auxiliary", "adverb", "link") and bool(verbal) and self._asks_for_subject()

    def _asks_for_subject(self) -> bool:
        """Whether the question word itself stands for who or what does it."""
        opening = self._tokens[0]
        return self._has_subject or (
            opening.lower in ("who", "what", "which", "how")
            and not self._tokens[1].lower.startswith(("do", "did"))
        )

    def _is_told(self, run: Sequence[Token], n: int) -> bool:
        """Whether a statement tells with this word what someone does: "Ada Stone | chairs"."""
        past = run[n].lemma("both") is not None and run[n].lower.endswith("ed")
        begun = self._seen_auxiliary or self._has_subject or run[n].kind != "word"
        after_name = run[n - 1].kind == "name" and not run[n - 1].text.endswith(("'s", "’s"))
        return past or (not begun and after_name and run[n].lower.endswith(("s", "ed")))

    def _is_said(self, run: Sequence[Token], n: int) -> bool:
        """Whether this word is said of the words before it: "is the hall | closed"."""
        token, last = run[n], n == len(run) - 1
        if token.kind != "word" or token.lower in lexicon()["nouns"]["gerunds"]:
            return False
        if token.lower.endswith("ing"):
            return run[n - 1].kind == "name" or token.lemma("plain") is not None
        past = token.lower.endswith("ed") or token.lemma("plain") not in (None, token.lower)
        predicate = token.lower in lexicon()["adjectives"]["predicate"]
        return last and (past or predicate or self._is_participle(token, run[0]))

    def _is_participle(self, token: Token, first: Token) -> bool:
        """Whether it is one, as in "when was the date set?", and no noun, as in "how big is the tea set?"."""
        verbs, opening = lexicon()["verbs"], self._tokens[:2]
        before = self._tokens[max(self._tokens.index(first) - 1, 0)]
        measured = opening[0].lower == "how" and opening[1].kind in ("determiner", *CONTENT)
        of_thing = measured or opening[0].lower in ("what", "which") or before.kind != "auxiliary"
        return token.lower in verbs["participles"] or (token.lower in verbs["nominal"] and not of_thing)

    def _last_resort(self, run: Sequence[Token], first: int, after: Token | None) -> int:
        """The verb where one must come: a word that may be one, or the last word."""
        for n in reversed(range(first, len(run))):
            if run[n].lemma("both") == run[n].lower:
                return n
        of_comes = after is not None and (after.lower == "of" or after.kind == "word")
        if len(run) > first and run[-1].kind == "word" and not of_comes:
            return len(run) - 1
        return len(run)
