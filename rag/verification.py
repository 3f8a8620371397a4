"""Decides for one sentence of an answer whether it may be shown, and on which words it rests."""

from collections.abc import Sequence
from dataclasses import dataclass

from rag.answer import RefusalReason
from rag.citations import MIN_SUPPORT, align
from rag.generator import Generator
from rag.grounding import missing_names, missing_numbers
from rag.judgement import Decision, log_odds
from rag.sources import SourceSentence


@dataclass(frozen=True, slots=True)
class Verdict:
    """What was found about a sentence; `problem` is None when it may be shown."""

    sources: tuple[SourceSentence, ...]
    problem: RefusalReason | None
    confidence: float
    signals: dict[str, float]


class Verifier:
    """Checks sentences against the sources: cheap checks first, then the model's own judgement."""

    def __init__(self, generator: Generator, decision: Decision) -> None:
        """Remembers both."""
        self._generator = generator
        self._decision = decision

    def check(
        self, sentence: str, question: str, sources: Sequence[SourceSentence], meaning: float
    ) -> Verdict:
        """The verdict on one sentence.

        Args:
            sentence: As the model wrote it.
            question: The one it answers.
            sources: The sentences that it may rest on.
            meaning: The best cosine between the question and a passage.
        """
        alignment = align(sentence, question, sources)
        signals = {"support": alignment.support, "meaning": meaning}
        if alignment.support < MIN_SUPPORT or _says_more(sentence, question, alignment.sources):
            return Verdict((), "unsupported", 0.0, signals)
        signals["log_odds"] = log_odds(self._generator, sentence, question, alignment.sources)
        confidence = self._decision.confidence(signals)
        problem: RefusalReason | None = None if confidence >= self._decision.threshold else "doubtful"
        return Verdict(alignment.sources, problem, confidence, signals)


def _says_more(sentence: str, question: str, cited: Sequence[SourceSentence]) -> bool:
    """Whether the sentence has numbers or names that the cited words do not have."""
    return bool(missing_numbers(sentence, question, cited) or missing_names(sentence, question, cited))
