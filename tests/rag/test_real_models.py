"""The default model on the shipped article, with the network closed."""

import json
import subprocess
import sys
from pathlib import Path

import pytest
from conftest import ARTICLE, SEEDS

from index.build import build_index
from index.embedding import MiniLM
from index.store import open_index
from rag.answer import REFUSAL
from rag.pipeline import Pipeline
from rag.runtime import load_generator

pytestmark = pytest.mark.models

PLATFORM = "what platform will the new Fiesta use?"


@pytest.fixture(scope="module")
def walk(tmp_path_factory: pytest.TempPathFactory) -> Pipeline:
    """The whole of Footnote, as `footnote ask` opens it."""
    embedder = MiniLM()
    store = tmp_path_factory.mktemp("index")
    build_index([SEEDS], store, embedder)
    return Pipeline(open_index(store, embedder.fingerprint), embedder, load_generator())


def test_the_platform_of_the_fiesta_has_a_footnote_that_names_it(walk: Pipeline) -> None:
    answer = walk.ask(PLATFORM)
    assert not answer.refused
    assert "Amp" in answer.text
    text = walk.index.articles[ARTICLE].text
    assert all(text[c.start : c.end] == c.quote for c in answer.citations)
    assert any("Ampere Platform" in c.quote or "AmpR" in c.quote for c in answer.citations)


@pytest.mark.parametrize("question", ["Who is the CEO of Toyota?", "How much will the new Fiesta cost?"])
def test_what_the_article_does_not_say_is_refused(walk: Pipeline, question: str) -> None:
    answer = walk.ask(question)
    assert (answer.text, answer.refused, answer.citations) == (REFUSAL, True, ())


def test_the_same_question_has_the_same_answer(walk: Pipeline) -> None:
    question = "Who is the CEO of Ford?"
    first, second = walk.ask(question).to_json(), walk.ask(question).to_json()
    del first["timings"], second["timings"]
    assert first == second
    assert "Jim Farley" in str(first["answer"])


def test_the_command_walks_with_the_network_closed(tmp_path: Path) -> None:
    """Every socket but a local one fails: what `footnote ask` needs is on the machine."""
    closed = (
        "import socket\n"
        "def refuse(*_, **__): raise OSError('the network is closed')\n"
        "socket.socket.connect = refuse\n"
        "socket.getaddrinfo = refuse\n"
        "from ui.cli import main\n"
        "main()\n"
    )
    command = [sys.executable, "-c", closed, "ask", "--json", "--seeds", str(SEEDS), PLATFORM]
    done = subprocess.run(command, capture_output=True, text=True, check=True, cwd=tmp_path)
    answer = json.loads(done.stdout)
    text = (SEEDS / ARTICLE).read_text(encoding="utf-8")
    assert answer["citations"]
    assert all(text[c["start"] : c["end"]] == c["quote"] for c in answer["citations"])
