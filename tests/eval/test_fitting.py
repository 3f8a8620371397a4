import random
import tomllib

from eval.fitting import FLOORED, Candidate, Example, fit, to_toml
from rag.judgement import ANSWER_SIGNALS, QUOTE_SIGNALS, Decision

KNOWN_OF_ANSWERS = tuple(dict.fromkeys((*ANSWER_SIGNALS, FLOORED)))


def examples(count: int = 200) -> list[Example]:
    """Right answers have high odds, wrong ones low; every tenth question is refused in any case.

    What may be quoted is right by its evidence and often is where the answer is wrong.
    """
    rng = random.Random(1)
    made = []
    for number in range(count):
        answerable, quotable = number % 2 == 0, number % 4 < 2
        answer = signals(rng, KNOWN_OF_ANSWERS, "stated", answerable)
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
    wrong = [Candidate(dict.fromkeys(KNOWN_OF_ANSWERS, odd), False) for odd in odds]
    right = [Candidate(dict.fromkeys(KNOWN_OF_ANSWERS, -odd), True) for odd in odds]
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


def test_answers_to_questions_that_mislead_are_under_both_bars() -> None:
    sure = {name: 3.0 for name in KNOWN_OF_ANSWERS}
    ours = [Example(True, Candidate(sure, True), None), Example(False, None, None)] * 20
    lured = Candidate(sure | {"faithful": -2.0}, False)
    others = [Example(number % 2 == 0, Candidate(sure, True), None, sampled=True) for number in range(20)]
    others = [one if one.answerable else Example(False, lured, None, sampled=True) for one in others]
    quote = Candidate(dict.fromkeys(QUOTE_SIGNALS, 0.0), False)
    quotable = [Example(False, None, quote)] * 10 + [
        Example(True, None, Candidate(dict.fromkeys(QUOTE_SIGNALS, 3.0), True))
    ] * 10
    decision, _ = fit([*ours, *others, *quotable], ["a.jsonl"], "scripted")
    assert not decision.answer.allows(dict(lured.signals))
    assert not decision.answer.allows(dict(lured.signals), decision.answer.unquoted)
    assert decision.answer.allows(dict(sure))
