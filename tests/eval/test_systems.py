from collections.abc import Callable
from pathlib import Path

import pytest
from fakes import HashingEmbedder
from scripted import ScriptedGenerator

from eval.goldset import Turn
from eval.indexes import temporary_index
from eval.systems.choice import KINDS, Tools, asks_a_model, kind_of, systems_of
from eval.systems.system import System
from index.errors import BadInputError
from index.store import Index

SAID = "Jim Farley is the CEO of Ford."
Make = Callable[..., tuple[System, ScriptedGenerator]]


@pytest.fixture
def make(ford: Index, embedder: HashingEmbedder) -> Make:
    """Makes a system over the shipped article, with the generator that it asks."""

    def made(name: str, reply: str = SAID) -> tuple[System, ScriptedGenerator]:
        generator = ScriptedGenerator(reply)
        return kind_of(name).make(ford, Tools(embedder, lambda which: generator)), generator

    return made


@pytest.mark.parametrize("name", KINDS)
def test_every_system_gives_the_same_object(make: Make, name: str) -> None:
    system, _ = make(name)
    answer, ranking = system.ask("Who is the CEO of Ford?", "ford-renault.txt", ())
    assert system.name == name
    fields = ["question", "answer", "refused", "citations", "passages", "model", "timings"]
    assert [key for key in answer if key in fields] == fields
    assert answer["timings"].keys() >= {"first_token", "total"}
    assert [(one["article"], one["start"], one["end"]) for one in answer["passages"]] == list(ranking)
    assert not answer["refused"]


def test_the_best_sentence_is_quoted_to_the_letter_with_any_question(make: Make, ford: Index) -> None:
    system, generator = make("best_sentence")
    for question in ("Who is the CEO of Ford?", "How high is the Eiffel tower?"):
        answer, _ = system.ask(question, None, ())
        (citation,) = answer["citations"]
        text = ford.articles[citation["article"]].text
        assert answer["answer"] == f"{text[citation['start'] : citation['end']]} [1]"
        assert citation["start"], citation["end"] in {
            (s.start, s.end) for s in ford.articles["ford-renault.txt"].sentences
        }
    assert generator.prompts == []


def test_the_best_sentence_never_refuses_even_when_it_sounds_so(
    embedder: HashingEmbedder, tmp_path: Path
) -> None:
    (tmp_path / "a.txt").write_text("The origin of the name is not known.", encoding="utf-8")
    index = temporary_index([tmp_path / "a.txt"], embedder)
    system = kind_of("best_sentence").make(index, Tools(embedder, lambda which: _none()))
    answer, _ = system.ask("What is the origin of the name?", None, ())
    assert (answer["refused"], answer["answer"]) == (False, "The origin of the name is not known. [1]")


def _none() -> ScriptedGenerator:
    raise AssertionError("no language model is asked")


def test_the_model_alone_sees_no_article(make: Make) -> None:
    system, generator = make("model_alone")
    answer, ranking = system.ask("Who is the CEO of Ford?", "ford-renault.txt", ())
    assert (answer["answer"], ranking) == (SAID, ())
    assert generator.prompts[0].context == ""


def test_the_plain_prompt_shows_the_best_passages_and_adds_no_footnotes(make: Make) -> None:
    system, generator = make("plain_prompt")
    answer, _ = system.ask("Who is the CEO of Ford?", "ford-renault.txt", ())
    assert answer["citations"] == []
    assert "Jim Farley, Ford CEO" in generator.prompts[0].context
    assert "Use only the passages" in generator.prompts[0].system


@pytest.mark.parametrize("reply", ["", "The article does not say.", "The passages do not mention it."])
@pytest.mark.parametrize("name", ["plain_prompt", "model_alone", "plain_transformers"])
def test_saying_nothing_is_a_refusal(make: Make, name: str, reply: str) -> None:
    answer, _ = make(name, reply)[0].ask("Who is the mayor?", None, ())
    assert (answer["refused"], answer["answer"], answer["citations"]) == (
        True,
        "The article does not say.",
        [],
    )


def test_earlier_turns_are_understood_by_all(make: Make) -> None:
    system, generator = make("model_alone")
    system.ask(
        "and when does it arrive?", None, [Turn("user", "What is the Fiesta?"), Turn("assistant", "A car.")]
    )
    assert "Fiesta" in generator.prompts[0].question


def test_each_half_of_retrieval_ranks_by_itself(make: Make) -> None:
    question = "Who is the CEO of Ford?"
    scores = {
        name: make(name)[0].ask(question, None, ()).answer["passages"] for name in ("bm25_only", "dense_only")
    }
    assert scores["bm25_only"] != scores["dense_only"]


def test_systems_are_named_and_others_refused() -> None:
    assert systems_of("product, best_sentence,product") == ("product", "best_sentence")
    assert [asks_a_model([name]) for name in ("product", "best_sentence")] == [True, False]
    with pytest.raises(BadInputError, match=r"'oracle'.*plain_transformers"):
        systems_of("product,oracle")
