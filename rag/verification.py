"""Decides whether a sentence may be shown, and on which words it rests."""

import math
from collections.abc import Sequence
from dataclasses import dataclass, replace

from rag.answer import RefusalReason, Verdict
from rag.checks import Claim, failures
from rag.citations import MIN_SUPPORT, align
from rag.evidence import evidence
from rag.generator import Generator
from rag.judgement import Decision, Scale, log_odds
from rag.sources import SourceSentence

JUDGED = 4
"""How many of the most relevant sentences the model judges one by one."""


@dataclass(frozen=True, slots=True)
class Material:
    """The sentences that an answer may rest on, the judged ones best first, and what is known of them.

    `odds` are the log-odds that each judged sentence states the answer; `meaning` is the best cosine between
    the question and a passage.
    """

    sources: tuple[SourceSentence, ...]
    judged: tuple[SourceSentence, ...]
    odds: tuple[float, ...]
    meaning: float


class Verifier:
    """Checks sentences against the sources: cheap checks first, then the model's own judgement."""

    def __init__(
        self, generator: Generator, decision: Decision, without: frozenset[str] = frozenset()
    ) -> None:
        """Remembers its parts; checks and stages named in `without` are left out, to see what they give."""
        self._generator = generator
        self._decision = decision
        self._without = without

    def weigh(self, question: str, sources: Sequence[SourceSentence], meaning: float) -> Material:
        """Has the model read each of the most relevant sentences by itself."""
        relevant = sorted(sources, key=lambda source: (-source.relevance, source.start))[:JUDGED]
        odds = evidence(self._generator, question, relevant)
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
            meaning,
        )

    def check(
        self, sentence: str, question: str, material: Material
    ) -> tuple[Verdict, tuple[SourceSentence, ...]]:
        """The verdict on a sentence that the model wrote, and the sources it rests on."""
        alignment = align(sentence, question, material.sources)
        signals = {"support": alignment.support, "meaning": material.meaning}
        wrong = failures(Claim(sentence, question, alignment.sources), self._without)
        if alignment.support < MIN_SUPPORT and "support" not in self._without:
            wrong["support"] = "The article's words hold too little of what is said."
        if wrong:
            return Verdict(sentence, "unsupported", 0.0, signals, wrong), alignment.sources
        signals["log_odds"] = log_odds(self._generator, sentence, question, alignment.sources)
        signals["evidence"] = max(material.odds, default=0.0)
        signals["evidence_cited"] = self._best_odds(question, alignment.sources, material)
        return self._verdict(sentence, self._decision.answer, signals), alignment.sources

    def quote(self, question: str, material: Material) -> tuple[Verdict, tuple[SourceSentence, ...]] | None:
        """The verdict on the article's best sentence as the answer; None when there is no sentence."""
        if not material.judged or "quote" in self._without:
            return None
        best = material.judged[0]
        sentence = " ".join(best.text.split())
        signals = {
            "evidence": material.odds[0],
            "margin": material.odds[0] - (material.odds[1] if len(material.odds) > 1 else material.odds[0]),
            "meaning": material.meaning,
            "relevance": best.relevance,
        }
        wrong = failures(Claim(sentence, question, (best,)), self._without)
        if wrong:
            return Verdict(sentence, "unsupported", 0.0, signals, wrong), (best,)
        return self._verdict(sentence, self._decision.quote, signals), (best,)

    def _verdict(self, sentence: str, scale: Scale, signals: dict[str, float]) -> Verdict:
        confidence = scale.confidence(signals)
        sure = confidence >= scale.threshold or "decision" in self._without
        problem: RefusalReason | None = None if sure else "doubtful"
        return Verdict(sentence, problem, confidence, signals, {})

    def _best_odds(self, question: str, cited: Sequence[SourceSentence], material: Material) -> float:
        """The best log-odds of the cited sentences; those not judged before are judged now."""
        known = {
            (source.article, source.start): odds
            for source, odds in zip(material.judged, material.odds, strict=True)
        }
        found = [known[one.article, one.start] for one in cited if (one.article, one.start) in known]
        return max(found or evidence(self._generator, question, cited), default=0.0)
