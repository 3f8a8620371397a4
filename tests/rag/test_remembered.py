from fakes import HashingEmbedder
from hypothesis import given
from hypothesis import strategies as st
from scripted import ScriptedGenerator

from index.store import Index
from rag.answer import Answer, Text
from rag.pipeline import Pipeline
from rag.remembered import RememberedAnswers

PLATFORM = "What platform will the new Fiesta use?"
GOOD = "The new Fiesta will use the AmpR small EV platform."


@given(st.lists(st.sampled_from("abcdef"), max_size=30))
def test_the_latest_are_remembered(asked: list[str]) -> None:
    remembered = RememberedAnswers(most=3)
    for question in asked:
        if remembered.find(question, None) is None:
            remembered.keep(question, None, Answer(question, question, None, (), (), "m"))
    latest = list(dict.fromkeys(reversed(asked)))[:3]
    for question in "abcdef":
        found = remembered.find(question, None)
        assert (found is not None) == (question in latest)
        assert found is None or found.text == question


def test_a_question_asked_again_is_not_read_again(ford: Index, embedder: HashingEmbedder) -> None:
    generator = ScriptedGenerator(GOOD)
    walk = Pipeline(ford, embedder, generator)
    first = walk.ask(PLATFORM).to_json()
    events = list(walk.stream(f"  {PLATFORM} "))
    again = events[-1]
    assert isinstance(again, Answer)
    assert "".join(event.text for event in events if isinstance(event, Text)) == again.text
    assert {**again.to_json(), "timings": None} == {**first, "timings": None}
    assert again.timings.keys() == {"retrieve", "first_token", "total"}
    assert len(generator.prompts) == 1


def test_a_refusal_is_remembered_and_streams_nothing(ford: Index, embedder: HashingEmbedder) -> None:
    generator = ScriptedGenerator("It will be the Zephyr 9.")
    walk = Pipeline(ford, embedder, generator)
    assert walk.ask(PLATFORM).refused
    (again,) = walk.stream(PLATFORM)
    assert isinstance(again, Answer)
    assert again.refused
    assert len(generator.prompts) == 1


def test_another_article_or_meaning_is_another_question(ford: Index, embedder: HashingEmbedder) -> None:
    generator = ScriptedGenerator(GOOD)
    walk = Pipeline(ford, embedder, generator)
    walk.ask(PLATFORM)
    walk.ask(PLATFORM, article="ford-renault")
    walk.ask("What platform will the new Ford use?")
    assert len(generator.prompts) == 3
