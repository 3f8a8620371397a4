import numpy as np
import pytest
from fakes import HashingEmbedder
from scripted import ScriptedGenerator

from eval.train_context_probe import FOLDS, Focused, guesses, in_focus, padded, prompts_of
from eval.train_probe import Pair
from index.store import Index
from rag.belief import Probe
from rag.retrieval import Retriever
from rag.sources import SourceSentence


def pair(question: str, article: str, states_it: bool, text: str = "It is so.") -> Pair:
    return Pair(question, SourceSentence(article, 0, len(text), text, 0.0), states_it)


def test_in_focus_is_what_is_believed_most_by_those_that_know_other_articles() -> None:
    rng = np.random.default_rng(0)
    pairs = [
        pair(f"q{n}", f"{name}.txt", right) for name in "edcba" for n in range(12) for right in (False, True)
    ]
    rows = rng.normal(0, 1, (len(pairs), 6)).astype(np.float32)
    rows[:, 1] += [6.0 * one.states_it for one in pairs]
    focused = in_focus(pairs, rows)
    assert len(focused) == len(pairs) / 2
    assert [one.pair.source.article for one in focused] == sorted(one.pair.source.article for one in focused)
    assert np.mean([one.pair.states_it for one in focused]) > 0.9


def test_what_the_question_gives_away_is_left_to_the_guess() -> None:
    rng = np.random.default_rng(0)
    right = rng.random(600) < 0.5
    read = (right + rng.normal(0, 0.5, 600)).astype(np.float32)
    betrayed = (right + rng.normal(0, 0.5, 600)).astype(np.float32)
    rows = np.stack([read, betrayed, np.zeros(600, np.float32)], 1)
    naive = padded(rows, right, 3)
    rows[:, 2] = 4 * betrayed - 2
    probe = padded(rows, right, 3)
    assert probe.weights[2] == naive.weights[2] == 0
    assert naive.weights[1] == pytest.approx(naive.weights[0], rel=0.3)
    assert abs(probe.weights[1]) < probe.weights[0] / 10
    assert np.mean(probe.scores(rows)) == pytest.approx(0, abs=0.5)


def test_what_the_present_probe_knows_stays_and_what_it_lacks_is_added() -> None:
    rng = np.random.default_rng(0)
    right = rng.random(600) < 0.5
    rows = np.stack([*(right + rng.normal(0, 0.7, (2, 600))), np.zeros(600)], 1).astype(np.float32)
    present = Probe(3, np.array([2.0, 0.0], np.float32), -1.0)
    probe = padded(rows, right, 3, present=present)
    assert probe.weights[0] > 3 * probe.weights[1] > 0
    assert probe.weights[2] == 0
    assert np.mean(probe.scores(rows)) == pytest.approx(0, abs=0.5)


def test_a_guess_comes_from_the_question_of_other_articles(embedder: HashingEmbedder) -> None:
    def asked(name: str, n: int) -> Pair:
        return pair(f"{'why not' if n % 2 else 'who leads'} {name}{n}?", f"{name}.txt", bool(n % 2))

    focused = [Focused(asked(name, n), 0.0) for name in "abcde"[:FOLDS] for n in range(20)]
    guessed = guesses(focused, embedder)
    right = np.array([one.pair.states_it for one in focused])
    assert guessed[right].min() > guessed[~right].max()


def test_the_sentence_stands_before_the_question_over_its_article(
    ford: Index, embedder: HashingEmbedder
) -> None:
    name = next(iter(ford.articles))
    focused = [Focused(pair("Who builds it?", name, True, "Renault builds it."), 1.0)]
    (prompt,) = prompts_of(focused, ford, Retriever(ford, embedder), ScriptedGenerator(""))
    assert prompt.question.index("Renault builds it.") < prompt.question.index("Who builds it?")
    assert ford.articles[name].text[:200] in prompt.context
