from typing import get_args

import numpy as np
import pytest
from scripted import ScriptedGenerator

from rag.belief import Matter, Probe, probe_of, yes_odds
from rag.catalogue import catalogue
from rag.generator import Prompt

PROMPTS = [Prompt("Judge.", "Text: It is so.\n", "Is it?"), Prompt("Judge.", "Text: He left.\n", "Is it?")]


def test_the_odds_of_yes_against_no() -> None:
    assert yes_odds(ScriptedGenerator("", evidence=2.5), PROMPTS) == pytest.approx([2.5, 2.5])


def test_a_probe_scores_states() -> None:
    probe = Probe(7, np.array([0.5, 1.0], np.float32), -2.0)
    assert probe.scores(np.array([[2, 3], [0, 1]], np.float32)) == [2.0, -1.0]


@pytest.mark.parametrize("matter", get_args(Matter))
def test_the_default_model_has_its_probes(matter: Matter) -> None:
    probe = probe_of(catalogue().default, matter)
    assert probe is not None
    assert probe.weights.shape == (2 * 1536,)
    assert 0 < probe.layers <= 28
    assert probe_of("no such model", matter) is None
