import random
import tomllib

from eval.calibrate import Example, fit, to_toml
from rag.judgement import SIGNALS, Decision


def examples(count: int = 200) -> list[Example]:
    """Right answers have high odds, wrong ones low; every tenth question is refused in any case."""
    rng = random.Random(1)
    made = []
    for number in range(count):
        right = number % 2 == 0
        signals = {name: rng.gauss(0, 1) for name in SIGNALS} | {"log_odds": rng.gauss(3 if right else -3, 1)}
        made.append(Example(right, right and number % 10 != 0, None if number % 10 == 0 else signals))
    return made


def test_the_fit_finds_the_signal_that_tells_and_a_threshold_that_pays() -> None:
    decision, trust = fit(examples(), ["a.jsonl"], "scripted")
    others = max(abs(decision.weights[name]) for name in SIGNALS if name != "log_odds")
    assert decision.weights["log_odds"] > 3 * others
    assert 0.85 <= trust <= 0.9  # a tenth of the questions is answerable and refused in any case
    assert 0.05 < decision.threshold < 0.95


def test_the_same_examples_give_the_same_file_and_it_reads_back() -> None:
    decision, _ = fit(examples(), ["a.jsonl"], "scripted")
    assert to_toml(decision) == to_toml(fit(examples(), ["a.jsonl"], "scripted")[0])
    assert Decision.model_validate(tomllib.loads(to_toml(decision))) == decision
    assert decision.provenance["questions"] == 200
