import math
import threading

import pytest
from tiny_gguf import write_tiny_gguf

from rag.conversion import convert
from rag.generator import Decoding, Prompt
from rag.generators.ctranslate import CTranslateGenerator

QUESTIONS = ["Where did it sit?", "Who sat?", "the the the"]


@pytest.fixture(scope="module")
def generator(tmp_path_factory: pytest.TempPathFactory) -> CTranslateGenerator:
    folder = tmp_path_factory.mktemp("model")
    target = folder / "form"
    target.mkdir()
    convert(write_tiny_gguf(folder / "tiny.gguf"), target, "ctranslate2", lambda done, of: None)
    return CTranslateGenerator(target, "tiny", threads=1)


def prompt(question: str, keep: bool) -> Prompt:
    return Prompt("Be brief.", "The article: the cat sat on the mat.\n\n", question, keep)


def test_the_kept_prefix_changes_nothing(generator: CTranslateGenerator) -> None:
    decoding = Decoding(max_tokens=24, stop=())
    for question in QUESTIONS * 2:
        plain = "".join(generator.stream(prompt(question, keep=False), decoding))
        kept = "".join(generator.stream(prompt(question, keep=True), decoding))
        assert plain == kept


def test_the_same_prompt_gives_the_same_text_within_the_token_limit(generator: CTranslateGenerator) -> None:
    texts = {
        "".join(generator.stream(prompt("Who sat?", keep=True), Decoding(max_tokens=8, stop=())))
        for _ in range(3)
    }
    assert len(texts) == 1
    assert 0 < generator.count_tokens(texts.pop()) <= 16


def test_cancelling_ends_the_text_and_frees_the_model(generator: CTranslateGenerator) -> None:
    decoding = Decoding(max_tokens=400, stop=())
    pieces = generator.stream(prompt("Who sat?", keep=True), decoding)
    next(pieces)
    decoding.cancelled.set()
    assert len(list(pieces)) < 399
    assert "".join(generator.stream(prompt("Who sat?", keep=True), Decoding(max_tokens=4, stop=())))


def test_leaving_early_frees_the_model_for_the_next(generator: CTranslateGenerator) -> None:
    pieces = generator.stream(prompt("Who sat?", keep=True), Decoding(max_tokens=400, stop=()))
    next(pieces)
    pieces.close()  # type: ignore[attr-defined]
    done = threading.Event()

    def ask() -> None:
        list(generator.stream(prompt("the the", keep=True), Decoding(max_tokens=4, stop=())))
        done.set()

    threading.Thread(target=ask).start()
    assert done.wait(20)


def test_an_error_of_the_model_reaches_the_one_who_asked(generator: CTranslateGenerator) -> None:
    with pytest.raises(ValueError, match="max"):
        list(generator.stream(prompt("Who sat?", keep=True), Decoding(max_tokens=0, stop=())))


def test_the_chances_of_the_first_word_agree_with_the_greedy_choice(generator: CTranslateGenerator) -> None:
    asked = prompt("Who sat?", keep=False)
    letters = [chr(code) for code in range(33, 127)]
    chances = generator.first_word(asked, letters)
    assert all(chance <= 0 for chance in chances)
    assert sum(math.exp(chance) for chance in chances) <= 1 + 1e-9
    first = next(generator.stream(asked, Decoding(max_tokens=1, stop=())))
    if first in letters:
        assert letters[chances.index(max(chances))] == first
