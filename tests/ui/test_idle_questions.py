"""Questions made in idle time: they come, and whoever asks goes first."""

import threading
from collections.abc import Iterator, Sequence
from concurrent.futures import ThreadPoolExecutor
from pathlib import Path

import numpy as np
import pytest
from fakes import HashingEmbedder
from numpy.typing import NDArray
from scripted import ScriptedGenerator
from small_world import PIER

from index.build import build_index
from index.store import Index, open_index
from rag.answer import Answer
from rag.generator import Decoding, Prompt, StateReader
from rag.judgement import Decision, Scale
from rag.pipeline import Pipeline
from rag.prompting import template
from rag.suggestions import are_made, kept_questions
from ui.answering import Answering
from ui.idle_questions import IdleQuestions, _patient

from .gated import told, until

LEADS = "Who will lead the work in Tollwick?"
SHOWS_ALL = Decision(
    answer=Scale(intercept=9, weights={}, threshold=0.5), quote=Scale(intercept=-9, weights={}, threshold=0.5)
)


class Writer(ScriptedGenerator):
    """Writes the same question for every answer; `calls` notes which thread began each call."""

    def __init__(self) -> None:
        super().__init__("Ilse Brackmoor will lead the work.")
        self.calls: list[str] = []
        self.hold = threading.Event()
        self.hold.set()
        self.held = threading.Semaphore(0)
        self.answers = threading.Event()
        self.answers.set()

    def stream(self, prompt: Prompt, decoding: Decoding) -> Iterator[str]:
        self.calls.append(threading.current_thread().name)
        if prompt.system != template("suggest_system"):
            self.answers.wait()
            return super().stream(prompt, decoding)
        self.held.release()
        self.hold.wait()
        return iter([LEADS])

    def first_words(self, prompts: Sequence[Prompt], words: Sequence[str]) -> list[tuple[float, ...]]:
        self.calls.append(threading.current_thread().name)
        return super().first_words(prompts, words)


class Watched(IdleQuestions):
    """Counts how often it looks whether someone asks."""

    looks = 0

    def _is_needed(self) -> bool:
        self.looks += 1
        return super()._is_needed()


@pytest.fixture
def pier(tmp_path: Path, embedder: HashingEmbedder) -> Index:
    (tmp_path / "pier.txt").write_text(PIER, encoding="utf-8")
    build_index([tmp_path / "pier.txt"], tmp_path / "store", embedder)
    return open_index(tmp_path / "store", embedder.fingerprint)


@pytest.fixture
def writer() -> Writer:
    return Writer()


@pytest.fixture
def answering(pier: Index, embedder: HashingEmbedder, writer: Writer) -> Iterator[Answering]:
    made = Answering(Pipeline(pier, embedder, writer, decision=SHOWS_ALL))
    yield made
    made.close()
    assert made.ended(10)


@pytest.fixture
def questions(answering: Answering, writer: Writer, monkeypatch: pytest.MonkeyPatch) -> Iterator[Watched]:
    monkeypatch.setattr("ui.idle_questions._QUIET", 0.02)
    monkeypatch.setattr("ui.idle_questions._TICK", 0.005)
    made = Watched(answering)
    yield made
    writer.hold.set()
    made.stop()
    assert made.ended(10)


def test_an_article_without_questions_gets_some(
    answering: Answering, questions: IdleQuestions, pier: Index
) -> None:
    questions.start()
    until(lambda: are_made(pier.articles["pier.txt"]))
    assert kept_questions(pier.articles["pier.txt"]) == [LEADS]


def test_whoever_asks_waits_for_one_call_at_most(
    answering: Answering, questions: Watched, writer: Writer, pier: Index
) -> None:
    writer.hold.clear()
    writer.answers.clear()
    questions.start()
    writer.held.acquire()
    with ThreadPoolExecutor(1) as apart:
        asking = apart.submit(told, answering, "Who will lead the work?")
        until(lambda: answering.running == 1)
        looks, calls = questions.looks, writer.calls.count("questions")
        writer.hold.set()  # the call under way ends
        until(lambda: questions.looks > looks + 3)
        assert writer.calls.count("questions") == calls
        writer.answers.set()
        assert isinstance(asking.result()[-1], Answer)
    until(lambda: are_made(pier.articles["pier.txt"]))
    assert writer.calls.count("questions") > calls


def test_a_new_article_is_noticed_and_one_that_fails_is_left_alone(
    answering: Answering, questions: IdleQuestions, pier: Index, embedder: HashingEmbedder, tmp_path: Path
) -> None:
    class Broken(Writer):
        def stream(self, prompt: Prompt, decoding: Decoding) -> Iterator[str]:
            self.held.release()
            raise RuntimeError("the model broke")

    broken = Broken()
    whole = answering.pipeline
    answering.pipeline = whole.over(pier, broken)
    questions.start()
    broken.held.acquire()
    (tmp_path / "new.txt").write_text(f"{PIER} It is new.", encoding="utf-8")
    build_index([tmp_path / "pier.txt", tmp_path / "new.txt"], tmp_path / "store", embedder)
    index = open_index(tmp_path / "store", embedder.fingerprint)
    answering.pipeline = whole.over(index)
    questions.look()
    until(lambda: are_made(index.articles["new.txt"]))
    assert not are_made(index.articles["pier.txt"])


class Readable(ScriptedGenerator):
    """Lets its states be read."""

    def states(self, prompts: Sequence[Prompt], layers: int) -> NDArray[np.float32]:
        return np.full((len(prompts), 2), layers, np.float32)

    def states_and_first_words(
        self, prompts: Sequence[Prompt], layers: int, words: Sequence[str]
    ) -> tuple[NDArray[np.float32], list[tuple[float, ...]]]:
        return self.states(prompts, layers), self.first_words(prompts, words)


def test_states_stay_readable_only_where_they_were() -> None:
    waited: list[bool] = []
    assert not isinstance(_patient(ScriptedGenerator(""), lambda: waited.append(True)), StateReader)
    reader = _patient(Readable(""), lambda: waited.append(True))
    assert isinstance(reader, StateReader)
    prompts = [Prompt("", "", "Is it?")]
    states, chances = reader.states_and_first_words(prompts, 3, ("yes", "no"))
    assert (states == reader.states(prompts, 3)).all()
    assert chances == reader.first_words(prompts, ("yes", "no"))
    assert len(waited) == 3


def test_it_stops_while_it_waits_for_its_turn(answering: Answering, writer: Writer) -> None:
    writer.hold.clear()
    questions = IdleQuestions(answering)
    questions.start()
    writer.held.acquire()
    questions.stop()
    assert not questions.ended(0)
    writer.hold.set()
    assert questions.ended(10)
