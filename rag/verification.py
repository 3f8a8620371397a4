"""Decides whether a sentence may be shown, and on which words it rests."""

import math
from collections.abc import Mapping, Sequence
from dataclasses import dataclass, replace
from typing import Literal

from index.article import Article
from rag.answer import Verdict
from rag.checks import CHECKS, Claim, failures
from rag.citations import MIN_SUPPORT, align
from rag.evidence import evidence, in_context, stated, to_note
from rag.generator import Generator, Noted
from rag.judgement import Decision
from rag.listing import list_around, read_out
from rag.narrowing import narrowed
from rag.sources import SourceSentence
from rag.spelling import as_spelt

JUDGED = 4
"""How many of the most relevant sentences the model judges at once: as many again while none convinces it."""

ROUNDS = 2
"""How many times at most."""

CONVINCED = 0.0
"""Log-odds from which a sentence is likelier to state the answer than not."""

ANSWERING = 0.8
"""The share of a list's items that must seem to answer for all of it to be the answer."""

STAGES = ("focus", "support", "decision", "quote", "list")
"""What may be left out of the walk besides the checks, to see what it gives."""


@dataclass(frozen=True, slots=True)
class Material:
    """The sentences that an answer may rest on, the judged ones best first, and what is known of them.

    `odds` are the log-odds that each judged sentence states the answer; `heard` are the keys of all words
    of the articles searched. What is `noted` while the model reads tells of the best one in its context.
    """

    sources: tuple[SourceSentence, ...]
    judged: tuple[SourceSentence, ...]
    odds: tuple[float, ...]
    heard: frozenset[str]
    noted: Noted | None


class Verifier:
    """Checks sentences against the sources: cheap checks first, then the model's own judgement."""

    def __init__(
        self, generator: Generator, decision: Decision, without: frozenset[str] = frozenset()
    ) -> None:
        """Remembers its parts; checks and stages named in `without` are left out, to see what they give."""
        self._generator = generator
        self._decision = decision
        unknown = without - CHECKS.keys() - set(STAGES)
        if unknown:
            raise ValueError(f"there is no check or stage {sorted(unknown)[0]!r} to leave out")
        self._without = without

    def weigh(self, question: str, sources: Sequence[SourceSentence], heard: frozenset[str]) -> Material:
        """Has the model read each of the most relevant sentences by itself."""
        statements = [source for source in sources if not source.is_heading]
        ranked = sorted(statements, key=lambda source: (-source.relevance, source.start))
        relevant, odds = self._judged(question, ranked[: JUDGED * ROUNDS])
        order = sorted(range(len(odds)), key=lambda row: -odds[row])
        chances = {relevant[row]: 1 / (1 + math.exp(-max(min(odds[row], 50), -50))) for row in order}
        weighed = {
            source: replace(source, relevance=(source.relevance + chances.get(source, 0.0)) / 2)
            for source in sources
        }
        return Material(
            tuple(weighed.values()),
            tuple(relevant[row] for row in order),
            tuple(odds[row] for row in order),
            heard,
            to_note(self._generator) if relevant and "focus" not in self._without else None,
        )

    def _judged(
        self, question: str, ranked: Sequence[SourceSentence]
    ) -> tuple[Sequence[SourceSentence], list[float]]:
        """The sentences down to those in which the answer seems to be, or all, with their log-odds."""
        odds: list[float] = []
        while len(odds) < len(ranked) and max(odds, default=-math.inf) < CONVINCED:
            odds += evidence(self._generator, question, ranked[len(odds) : len(odds) + JUDGED])
        return ranked[: len(odds)], odds

    def focus(self, material: Material) -> SourceSentence | None:
        """The sentence that the model's eye is drawn to before it answers."""
        return material.judged[0] if material.judged and "focus" not in self._without else None

    def check(
        self, sentence: str, question: str, material: Material
    ) -> tuple[Verdict, tuple[SourceSentence, ...]]:
        """The verdict on a sentence that the model wrote, and the spans that it rests on."""
        alignment = align(sentence, question, material.sources)
        cited = alignment.sources
        texts = [source.told for source in cited]
        sentence = as_spelt(sentence, texts, question)
        signals = {"support": alignment.support}
        told = tuple(source.by_itself() for source in cited)
        wrong = failures(Claim(sentence, question, told, material.heard), self._without)
        if alignment.support < MIN_SUPPORT and "support" not in self._without:
            wrong["support"] = "The article's words hold too little of what is said."
        if not wrong:
            signals["stated"], signals["faithful"] = stated(self._generator, question, sentence, texts)
            signals["evidence"] = max(material.odds, default=0.0)
            signals["in_context"] = self._in_context(material)
            signals["evidence_cited"] = self._best_odds(question, cited, material)
            signals["seconds"] = _seconds(cited, material)
        shown = tuple(narrowed(source, sentence, question) for source in cited)
        return self._verdict("answer", sentence, signals, wrong), shown

    def quote(
        self, question: str, material: Material, written: Sequence[Verdict]
    ) -> tuple[Verdict, tuple[SourceSentence, ...]] | None:
        """The verdict on the article's best sentence as the answer; None when there is no sentence.

        What was `written` before tells whether the model, with all in sight, rested on the same sentence.
        """
        if not material.judged or "quote" in self._without:
            return None
        best = material.judged[0]
        wrong = failures(Claim(best.quoted, question, (best.by_itself(),)), self._without)
        passed = (one for one in written if one.kind == "answer" and not one.failures)
        seconded = next((verdict.signals["seconds"] for verdict in passed), 0.0)
        return self._verdict("quote", best.quoted, self._signals(material, seconded), wrong), (best,)

    def whole_list(
        self, question: str, material: Material, articles: Mapping[str, Article]
    ) -> tuple[Verdict, tuple[SourceSentence, ...]] | None:
        """The verdict on a list of the article as the answer, where all of it seems to be asked for.

        Its items are read one by one too: of one thing alone that a list tells, no other item speaks.
        """
        if not material.judged or "list" in self._without:
            return None
        best = material.judged[0]
        items = list_around(best, articles[best.article])
        if len(items) < 2:
            return None
        claim = Claim(read_out(items), question, tuple(item.by_itself() for item in items), material.heard)
        if claim.is_polar or claim.is_choice:
            return None
        odds = self._odds(question, items, material)
        if sum(one > CONVINCED for one in odds) < ANSWERING * len(items):
            return None
        wrong = failures(claim, self._without)
        mean = sum(odds) / len(odds)
        signals = {"evidence": mean, "in_context": mean, "seconded": 0.0}
        return self._verdict("quote", claim.sentence, signals, wrong), items

    def allows_unquoted(self, verdict: Verdict) -> bool:
        """Whether a sentence that was held back may be shown where nothing can be quoted in its stead."""
        scale = self._decision.answer
        if verdict.problem != "doubtful" or scale.unquoted is None:
            return False
        return scale.allows(verdict.signals, scale.unquoted)

    def expects_nothing(self, material: Material) -> bool:
        """Whether the model, having read it all, thinks so little of the best sentence that it may stop."""
        if material.noted is None or material.noted.states is None or "decision" in self._without:
            return False
        return self._decision.quote.confidence(self._signals(material, 0.0)) < self._decision.written_from

    def _signals(self, material: Material, seconded: float) -> dict[str, float]:
        """What is known of the best sentence as the answer."""
        return {
            "evidence": material.odds[0],
            "in_context": self._in_context(material),
            "seconded": seconded,
        }

    def _verdict(
        self,
        kind: Literal["answer", "quote"],
        sentence: str,
        signals: dict[str, float],
        wrong: dict[str, str],
    ) -> Verdict:
        if wrong:
            return Verdict(kind, sentence, "unsupported", 0.0, signals, wrong)
        scale = self._decision.quote if kind == "quote" else self._decision.answer
        sure = scale.allows(signals) or "decision" in self._without
        return Verdict(kind, sentence, None if sure else "doubtful", scale.confidence(signals), signals, {})

    def _in_context(self, material: Material) -> float:
        """The log-odds that the best sentence states the answer, in its context where that was read."""
        odds = in_context(self._generator, material.noted)
        return max(material.odds, default=0.0) if odds is None else odds

    def _best_odds(self, question: str, cited: Sequence[SourceSentence], material: Material) -> float:
        """The best log-odds of the cited sentences; judged now when none of them was before."""
        known = _known(material)
        found = [known[one.where] for one in cited if one.where in known]
        return max(found or evidence(self._generator, question, cited), default=0.0)

    def _odds(self, question: str, items: Sequence[SourceSentence], material: Material) -> list[float]:
        """The log-odds of all of these sentences; those not judged before are judged now."""
        known = _known(material)
        unread = [one for one in items if one.where not in known]
        known |= dict(
            zip((one.where for one in unread), evidence(self._generator, question, unread), strict=True)
        )
        return [known[one.where] for one in items]


def _known(material: Material) -> dict[tuple[str, int], float]:
    """The log-odds of the sentences that were judged, by where they stand."""
    return dict(zip((one.where for one in material.judged), material.odds, strict=True))


def _seconds(cited: Sequence[SourceSentence], material: Material) -> float:
    """1 when the best sentence is among the cited ones, else -1."""
    best = [one.where for one in material.judged[:1]]
    return 1.0 if any(one.where in best for one in cited) else -1.0
