import math
import threading

import pytest
from tiny_gguf import write_tiny_gguf

from rag.conversion import convert
from rag.generator import Decoding, Prompt
from rag.generators import int8
from rag.generators.int8 import Int8Generator

QUESTIONS = ["Where did it sit?", "Who sat?", "the the the"]


@pytest.fixture(scope="module")
def generator(tmp_path_factory: pytest.TempPathFactory) -> Int8Generator:
    folder = tmp_path_factory.mktemp("model")
    target = folder / "form"
    target.mkdir()
    convert(write_tiny_gguf(folder / "tiny.gguf"), target, "int8", lambda done, of: None)
    return Int8Generator(target, "tiny", threads=1)


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


def test_the_longest_unused_state_is_forgotten(
    generator: Int8Generator, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(int8, "_KEPT_TOKENS", 200)
    decoding = Decoding(max_tokens=4, stop=())
    long = [
        Prompt("Be brief.", f"{letter} sat on the mat. " * 4, "Who sat?", keep=True) for letter in "abcde"
    ]
    before = ["".join(generator.stream(one, decoding)) for one in long]
    assert sum(state.length for state in generator._kept.values()) <= 200
    assert ["".join(generator.stream(one, decoding)) for one in long] == before
