from collections.abc import Iterator, Sequence

import numpy as np
import pytest
from fakes import HashingEmbedder
from numpy.typing import NDArray
from scripted import ScriptedGenerator

from index.store import Index
from rag.belief import Probe
from rag.generator import Decoding, Prompt
from rag.judgement import Decision, Scale
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
