from collections.abc import Iterator, Sequence

import numpy as np
import pytest
from fakes import HashingEmbedder
from numpy.typing import NDArray
from scripted import ScriptedGenerator

from index.store import Index
from rag.answer import Answer, Text
from rag.belief import Probe
from rag.generator import Decoding, Prompt
from rag.judgement import Bar, Decision, Scale
from rag.pipeline import Pipeline

PLATFORM = "What platform will the new Fiesta use?"
GOOD = "The new Fiesta will use the AmpR small EV platform."


class Noting(ScriptedGenerator):
    """Lets its states be read; while it reads a question it notes one."""

    noted = 9.0

    def states(self, prompts: Sequence[Prompt], layers: int) -> NDArray[np.float32]:
        return np.zeros((len(prompts), 2), np.float32)

    def states_and_first_words(
        self, prompts: Sequence[Prompt], layers: int, words: Sequence[str]
    ) -> tuple[NDArray[np.float32], list[tuple[float, ...]]]:
        return self.states(prompts, layers), self.first_words(prompts, words)

    def stream(self, prompt: Prompt, decoding: Decoding) -> Iterator[str]:
        if decoding.noted:
            decoding.noted.states = np.full((1, 2), self.noted, np.float32)
        return super().stream(prompt, decoding)


@pytest.mark.parametrize(("without", "odds"), [(frozenset[str](), 8.0), (frozenset({"focus"}), -1.0)])
def test_the_best_sentence_is_judged_in_its_context_while_that_is_read(
    ford: Index,
    embedder: HashingEmbedder,
    monkeypatch: pytest.MonkeyPatch,
    without: frozenset[str],
    odds: float,
) -> None:
    probe = Probe(1, np.array([1.0, 0.0], np.float32), -1.0)
    monkeypatch.setattr("rag.evidence.probe_of", lambda model, matter: probe)
    walk = Pipeline(ford, embedder, Noting("It will be the Zephyr 9."), without=without)
    (quote,) = (verdict for verdict in walk.ask(PLATFORM).verdicts if verdict.kind == "quote")
    assert (quote.signals["evidence"], quote.signals["in_context"]) == (-1.0, odds)


@pytest.mark.parametrize(("noted", "written"), [(-3.0, False), (3.0, True)])
def test_nothing_is_written_when_the_model_expects_nothing_of_what_it_read(
    ford: Index, embedder: HashingEmbedder, monkeypatch: pytest.MonkeyPatch, noted: float, written: bool
) -> None:
    probe = Probe(1, np.array([1.0, 0.0], np.float32), 0.0)
    monkeypatch.setattr("rag.evidence.probe_of", lambda model, matter: probe)
    generator = Noting(GOOD, verdict=9.0)
    generator.noted = noted
    scale = Scale(intercept=0.0, weights={"in_context": 1.0}, threshold=0.9)
    decision = Decision(written_from=0.1, answer=scale, quote=scale)
    answer = Pipeline(ford, embedder, generator, decision=decision).ask(PLATFORM)
    assert (bool(generator.judged), generator.pieces > 1) == (written, written)
    assert answer.refused != written
    assert written or (answer.refusal == "doubtful" and answer.nearby is not None)


@pytest.mark.parametrize(
    ("evidence", "kind", "considered"),
    [
        (3.0, "quote", ["answer doubtful", "quote None"]),
        (-3.0, "answer", ["quote doubtful", "answer None"]),
    ],
)
def test_where_nothing_can_be_quoted_what_was_written_gets_a_second_look(
    ford: Index, embedder: HashingEmbedder, evidence: float, kind: str, considered: list[str]
) -> None:
    lower = Bar(threshold=0.3)
    decision = Decision(
        answer=Scale(intercept=0.0, weights={"stated": 1.0}, threshold=0.8, unquoted=lower),
        quote=Scale(intercept=0.0, weights={"evidence": 1.0}, threshold=0.8),
    )
    generator = ScriptedGenerator(GOOD, verdict=0.0, evidence=evidence)
    *events, answer = Pipeline(ford, embedder, generator, decision=decision).stream(PLATFORM)
    assert isinstance(answer, Answer)
    assert answer.kind == kind
    assert [f"{verdict.kind} {verdict.problem}" for verdict in answer.verdicts] == considered
    assert answer.text == "".join(event.text for event in events if isinstance(event, Text))
    assert answer.citations


def test_what_is_under_the_lower_bar_too_is_refused(ford: Index, embedder: HashingEmbedder) -> None:
    decision = Decision(
        answer=Scale(intercept=0.0, weights={"stated": 1.0}, threshold=0.8, unquoted=Bar(threshold=0.6)),
        quote=Scale(intercept=0.0, weights={"evidence": 1.0}, threshold=0.8),
    )
    answer = Pipeline(ford, embedder, ScriptedGenerator(GOOD, verdict=0.0, evidence=-3.0), decision=decision)
    found = answer.ask(PLATFORM)
    assert (found.refusal, found.nearby is not None) == ("doubtful", True)
    assert [verdict.kind for verdict in found.verdicts] == ["answer", "quote"]
