import math
import threading
from pathlib import Path

import numpy as np
import pytest
import torch
from tiny_gguf import write_tiny_gguf

from rag.conversion import convert
from rag.generator import Decoding, Noted, Prompt
from rag.generators import int8
from rag.generators.int8 import Int8Generator
from rag.kept_states import KeptStates
from rag.state import State

QUESTIONS = ["Where did it sit?", "Who sat?", "the the the"]


@pytest.fixture(scope="module")
def form(tmp_path_factory: pytest.TempPathFactory) -> Path:
    folder = tmp_path_factory.mktemp("model")
    target = folder / "form"
    target.mkdir()
    convert(write_tiny_gguf(folder / "tiny.gguf"), target, "int8", lambda done, of: None)
    return target


@pytest.fixture(scope="module")
def generator(form: Path) -> Int8Generator:
    return Int8Generator(form, "tiny", threads=1)


def prompt(question: str, keep: bool) -> Prompt:
    return Prompt("Be brief.", "The article: the cat sat on the mat.\n\n", question, keep)


def test_the_kept_prefix_changes_nothing(generator: Int8Generator) -> None:
    decoding = Decoding(max_tokens=24, stop=())
    for question in QUESTIONS * 2:
        plain = "".join(generator.stream(prompt(question, keep=False), decoding))
        kept = "".join(generator.stream(prompt(question, keep=True), decoding))
        assert plain == kept


def test_the_same_prompt_gives_the_same_text_within_the_token_limit(generator: Int8Generator) -> None:
    texts = {
        "".join(generator.stream(prompt("Who sat?", keep=True), Decoding(max_tokens=8, stop=())))
        for _ in range(3)
    }
    assert len(texts) == 1
    assert 0 < generator.count_tokens(texts.pop()) <= 16


def test_cancelling_ends_the_text_and_frees_the_model(generator: Int8Generator) -> None:
    decoding = Decoding(max_tokens=400, stop=())
    pieces = generator.stream(prompt("Who sat?", keep=True), decoding)
    next(pieces)
    decoding.cancelled.set()
    assert len(list(pieces)) < 399
    assert "".join(generator.stream(prompt("Who sat?", keep=True), Decoding(max_tokens=4, stop=())))


def test_leaving_early_frees_the_model_for_the_next(generator: Int8Generator) -> None:
    pieces = generator.stream(prompt("Who sat?", keep=True), Decoding(max_tokens=400, stop=()))
    next(pieces)
    pieces.close()  # type: ignore[attr-defined]
    done = threading.Event()

    def ask() -> None:
        list(generator.stream(prompt("the the", keep=True), Decoding(max_tokens=4, stop=())))
        done.set()

    threading.Thread(target=ask).start()
    assert done.wait(20)


def test_the_chances_of_the_first_word_agree_with_the_greedy_choice(generator: Int8Generator) -> None:
    asked = prompt("Who sat?", keep=False)
    letters = [chr(code) for code in range(33, 127)]
    (chances,) = generator.first_words([asked], letters)
    assert all(chance <= 0 for chance in chances)
    assert sum(math.exp(chance) for chance in chances) <= 1 + 1e-5
    first = next(generator.stream(asked, Decoding(max_tokens=1, stop=())))
    if first in letters:
        assert letters[chances.index(max(chances))] == first


def test_prompts_judged_together_give_what_each_gives_alone(generator: Int8Generator) -> None:
    asked = [prompt(question, keep=False) for question in QUESTIONS] + [Prompt("Another.", "", "Who sat?")]
    words = ("a", "the", "Z")
    together = generator.first_words(asked, words)
    for one, found in zip(asked, together, strict=True):
        assert generator.first_words([one], words)[0] == pytest.approx(found, abs=1e-4)


def test_states_are_those_of_the_last_token_and_the_mean(generator: Int8Generator) -> None:
    asked = prompt(QUESTIONS[0], keep=False)
    parts = generator._template.parts(asked)
    ids = generator._ids(parts.beginning + parts.rest)
    state = generator._decoder.blank().branch(len(ids))
    rows = generator._decoder.read_each([ids], [state], 1)[-len(generator._ids(parts.rest)) :].numpy()
    found = generator.states([asked], 1)[0]
    assert found == pytest.approx(np.concatenate([rows[-1], rows.mean(0)]), abs=1e-4)


def test_read_once_or_twice_states_and_first_words_are_the_same(generator: Int8Generator) -> None:
    asked = [prompt(question, keep=True) for question in QUESTIONS]
    states, chances = generator.states_and_first_words(asked, 1, "ab")
    assert states == pytest.approx(generator.states(asked, 1), abs=1e-4)
    assert np.array(chances) == pytest.approx(np.array(generator.first_words(asked, "ab")), abs=1e-4)


@pytest.mark.parametrize("keep", [True, False])
def test_what_is_noted_while_it_writes_are_the_states_and_changes_no_text(
    generator: Int8Generator, keep: bool
) -> None:
    asked, noted = prompt(QUESTIONS[0], keep), Noted(1)
    text = "".join(generator.stream(asked, Decoding(max_tokens=5, stop=(), noted=noted)))
    assert noted.states == pytest.approx(generator.states([asked], 1), abs=1e-4)
    assert text == "".join(generator.stream(asked, Decoding(max_tokens=5, stop=())))


def test_what_is_kept_of_a_judged_text_changes_nothing(form: Path) -> None:
    asked = [prompt(question, keep=True) for question in QUESTIONS]
    asked.append(Prompt("Be brief.", "Another text.\n", "Who sat?", keep=True))
    fresh, used = (Int8Generator(form, "tiny", threads=1) for _ in range(2))
    used.states([prompt("What else?", keep=True)], 1)
    read: list[int] = []
    plain = used._decoder.read_each

    def counting(texts: list[list[int]], states: list[State], *how: object) -> torch.Tensor:
        read.append(len(texts))
        return plain(texts, states, *how)  # type: ignore[arg-type]

    used._decoder.read_each = counting  # type: ignore[method-assign]
    assert (fresh.states(asked, 1) == used.states(asked, 1)).all()
    assert read == [1, 4]
    assert fresh.first_words(asked, "ab") == used.first_words(asked, "ab")


def test_the_longest_unused_state_is_forgotten(form: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    generator = Int8Generator(form, "tiny", threads=1)
    decoding = Decoding(max_tokens=4, stop=())
    long = [
        Prompt("Be brief.", f"{letter} sat on the mat. " * 4, "Who sat?", keep=True) for letter in "abcde"
    ]
    before = ["".join(generator.stream(one, decoding)) for one in long]
    most = sum(state.bytes for state in generator._kept.values()) // 2
    monkeypatch.setattr(int8, "_KEPT_BYTES", most)
    assert ["".join(generator.stream(one, decoding)) for one in long] == before
    assert 0 < sum(state.bytes for state in generator._kept.values()) <= most


def test_guesses_change_nothing(generator: Int8Generator, monkeypatch: pytest.MonkeyPatch) -> None:
    repeating = Prompt("Be brief.", "the cat sat. " * 12, "Who sat?", keep=False)
    asked = [prompt(question, keep=True) for question in QUESTIONS] + [repeating]
    for most in (1, 7, 40):
        decoding = Decoding(max_tokens=most, stop=())
        guessed = ["".join(generator.stream(one, decoding)) for one in asked]
        with monkeypatch.context() as patch:
            patch.setattr(int8, "GUESSED", 0)
            assert ["".join(generator.stream(one, decoding)) for one in asked] == guessed


def test_right_guesses_save_steps(generator: Int8Generator, monkeypatch: pytest.MonkeyPatch) -> None:
    asked = Prompt("Be brief.", "the cat sat. " * 12, "Who sat?", keep=False)
    written = list(generator._token_ids(asked, Decoding(max_tokens=40, stop=())))
    monkeypatch.setattr(
        int8, "guess", lambda seen, count: written[(at := len(seen) - prompt_length) : at + count]
    )
    prompt_length = len(generator._ids(asked.context)) + len(
        generator._ids(generator._template.parts(asked).rest)
    )
    steps = []
    monkeypatch.setattr(
        generator,
        "_likeliest",
        lambda states, plain=generator._likeliest: steps.append(len(states)) or plain(states),
    )
    assert list(generator._token_ids(asked, Decoding(max_tokens=40, stop=()))) == written
    assert len(steps) <= 1 + math.ceil(len(written) / (int8.GUESSED + 1))


@pytest.mark.parametrize("kept", [True, False])
def test_a_state_on_disk_is_not_read_again(form: Path, tmp_path: Path, kept: bool) -> None:
    decoding = Decoding(max_tokens=12, stop=())
    asked = prompt("Who sat?", keep=True)
    first = Int8Generator(form, "tiny", 1, KeptStates(tmp_path))
    text = "".join(first.stream(asked, decoding))
    second = Int8Generator(form, "tiny", 1, KeptStates(tmp_path) if kept else None)
    read: list[int] = []
    plain = second._decoder.read

    def counting(texts: list[list[int]], states: list[State], layers: int | None = None) -> torch.Tensor:
        read.extend(len(one) for one in texts)
        return plain(texts, states, layers)

    second._decoder.read = counting  # type: ignore[method-assign]
    assert "".join(second.stream(asked, decoding)) == text
    parts = second._template.parts(asked)
    assert sum(read) == (0 if kept else len(second._ids(parts.beginning)))
