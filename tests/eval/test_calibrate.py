import random
import tomllib

import pytest
from scripted import ScriptedGenerator
from small_world import REPLIES, World

from eval.calibrate import Candidate, Example, collect, fit, to_toml
from rag.judgement import ANSWER_SIGNALS, QUOTE_SIGNALS, Decision


def examples(count: int = 200) -> list[Example]:
    """Right answers have high odds, wrong ones low; every tenth question is refused in any case.

    What may be quoted is right by its evidence and often is where the answer is wrong.
    """
    rng = random.Random(1)
    made = []
    for number in range(count):
        answerable, quotable = number % 2 == 0, number % 4 < 2
        answer = signals(rng, ANSWER_SIGNALS, "stated", answerable)
        quote = signals(rng, QUOTE_SIGNALS, "evidence", answerable and quotable)
        made.append(Example(answerable, *(None, None) if number % 10 == 0 else (answer, quote)))
    return made


def signals(rng: random.Random, names: tuple[str, ...], telling: str, right: bool) -> Candidate:
    noise = {name: rng.gauss(0, 1) for name in names}
    return Candidate(noise | {telling: rng.gauss(3 if right else -3, 1)}, right)


def test_the_fit_finds_the_signals_that_tell_and_thresholds_that_pay() -> None:
    decision, trust = fit(examples(), ["a.jsonl"], "scripted")
    for scale, telling in ((decision.answer, "stated"), (decision.quote, "evidence")):
        others = max(abs(weight) for name, weight in scale.weights.items() if name != telling)
        assert scale.weights[telling] > 3 * others
        assert 0.05 < scale.threshold < 0.97
    assert 0.85 <= trust <= 0.9  # a tenth of the questions is answerable and refused in any case


def test_a_right_quote_makes_up_for_a_wrong_answer() -> None:
    odds = [-3 + number % 7 / 10 for number in range(40)]
    wrong = [Candidate(dict.fromkeys(ANSWER_SIGNALS, odd), False) for odd in odds]
    right = [Candidate(dict.fromkeys(ANSWER_SIGNALS, -odd), True) for odd in odds]
    quotes = [Candidate(dict.fromkeys(QUOTE_SIGNALS, -odd), True) for odd in odds]
    none = [Candidate(dict.fromkeys(QUOTE_SIGNALS, odd), False) for odd in odds]
    made = [Example(True, a, q) for a, q in zip(wrong, quotes, strict=True)]
    made += [Example(True, a, q) for a, q in zip(right, none, strict=True)]
    assert fit(made, ["a.jsonl"], "scripted")[1] == 1


def test_the_same_examples_give_the_same_file_and_it_reads_back() -> None:
    decision, _ = fit(examples(), ["a.jsonl"], "scripted")
    assert to_toml(decision) == to_toml(fit(examples(), ["a.jsonl"], "scripted")[0])
    assert Decision.model_validate(tomllib.loads(to_toml(decision))) == decision
    assert decision.provenance["questions"] == 200
    assert decision.provenance["answers"] == 180
    assert decision.provenance["right"] == 80


def test_what_was_written_and_what_may_be_quoted_are_collected(
    world: World, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr("eval.calibrate.MiniLM", lambda: world.embedder)
    monkeypatch.setattr("eval.calibrate.LibraryMiniLM", lambda: world.embedder)
    replies = REPLIES | {"lead": "Rufus Tamsin will lead the work."}
    found = list(collect(world.gold, world.seeds, 7, ScriptedGenerator(replies, evidence=9)))
    assert len(found) == 7
    assert sum(one.answerable for one in found) == 5
    answers = [one.answer for one in found if one.answer]
    quotes = [one.quote for one in found if one.quote]
    assert [answer.right for answer in answers] == [True] * 4  # the wrong name failed its check
    assert quotes
    assert all(answer.signals.keys() >= set(ANSWER_SIGNALS) for answer in answers)
    assert all(quote.signals.keys() == set(QUOTE_SIGNALS) for quote in quotes)
    assert not any(one.quote and one.quote.right for one in found if not one.answerable)
