"""Questions that ask for several things at once."""

import threading

import pytest
from conftest import ARTICLE
from fakes import HashingEmbedder
from scripted import ScriptedGenerator

from index.store import Index
from rag.answer import REFUSAL, REST, Answer, Event, Stage, Text
from rag.conversation import Turn, stand_alone
from rag.pipeline import CancelledError, Pipeline

BOTH = "Who is the CEO of Ford, and when will the two new Ford EVs arrive?"
CEO, ARRIVAL = "Jim Farley is the CEO of Ford.", "The two new Ford EVs arrive in 2028."


def asked(ford: Index, embedder: HashingEmbedder, question: str, replies: dict[str, str]) -> list[Event]:
    events = list(Pipeline(ford, embedder, ScriptedGenerator(replies)).stream(question))
    told = "".join(event.text for event in events if isinstance(event, Text))
    assert told == ("" if answer_in(events).refused else answer_in(events).text)
    return events


def answer_in(events: list[Event]) -> Answer:
    answer = events[-1]
    assert isinstance(answer, Answer)
    return answer


def test_each_part_is_answered_with_footnotes_of_its_own(ford: Index, embedder: HashingEmbedder) -> None:
    events = asked(ford, embedder, BOTH, {"CEO": CEO, "arrive": ARRIVAL})
    answer = answer_in(events)
    assert answer.text.startswith(f"{CEO} [1]")
    assert f" {ARRIVAL} [" in answer.text
    assert (answer.kind, answer.refused, answer.asked) == ("answer", False, BOTH)
    numbers = [citation.number for citation in answer.citations]
    assert numbers == list(range(1, len(numbers) + 1))
    assert len({(citation.start, citation.end) for citation in answer.citations}) == len(numbers) > 1
    for citation in answer.citations:
        assert ford.articles[ARTICLE].text[citation.start : citation.end] == citation.quote
    assert [event.name for event in events if isinstance(event, Stage)].count("searching") == 2
    passages = [found.passage for found in answer.passages]
    assert len(set(passages)) == len(passages)
    assert [verdict.sentence for verdict in answer.verdicts] == [CEO, ARRIVAL]


@pytest.mark.parametrize("silent", ["CEO", "arrive"])
def test_a_part_without_an_answer_is_said_to_have_none(
    ford: Index, embedder: HashingEmbedder, silent: str
) -> None:
    replies = {"CEO": CEO, "arrive": ARRIVAL} | {silent: REFUSAL}
    answer = answer_in(asked(ford, embedder, BOTH, replies))
    assert not answer.refused
    assert answer.text.startswith(ARRIVAL if silent == "CEO" else CEO)
    assert answer.text.endswith(f"] {REST}")
    assert answer.nearby is None


def test_without_any_answer_it_is_a_refusal_like_others(ford: Index, embedder: HashingEmbedder) -> None:
    answer = answer_in(asked(ford, embedder, BOTH, {"": REFUSAL}))
    assert (answer.text, answer.refusal, answer.citations, answer.kind) == (REFUSAL, "model", (), "refusal")
    assert answer.nearby is not None


def test_the_least_sure_part_sets_the_confidence(ford: Index, embedder: HashingEmbedder) -> None:
    answer = answer_in(asked(ford, embedder, BOTH, {"CEO": CEO, "arrive": ARRIVAL}))
    assert answer.confidence == min(verdict.confidence for verdict in answer.verdicts)


def test_a_part_leans_on_the_one_before(ford: Index, embedder: HashingEmbedder) -> None:
    generator = ScriptedGenerator({"arrive": ARRIVAL, "": CEO})
    Pipeline(ford, embedder, generator).ask("What will the new Ford EVs look like and when will they arrive?")
    assert [prompt.question.rpartition("Question: ")[2] for prompt in generator.prompts] == [
        "What will the new Ford EVs look like?",
        "When will the new Ford EVs arrive?",
    ]


def test_who_leaves_after_the_first_part_ends_it(ford: Index, embedder: HashingEmbedder) -> None:
    generator = ScriptedGenerator({"CEO": CEO, "arrive": ARRIVAL})
    cancelled = threading.Event()
    events = Pipeline(ford, embedder, generator).stream(BOTH, cancelled=cancelled)
    next(event for event in events if isinstance(event, Text))
    cancelled.set()
    with pytest.raises(CancelledError):
        list(events)
    assert len(generator.prompts) == 1


def test_a_later_question_may_lean_on_an_answer_to_a_part() -> None:
    history = [
        Turn("user", "Who directs the orchestra, and what does the choir cost?"),
        Turn("assistant", f"Lena Vogt directs the orchestra. [1] {REST}"),
    ]
    assert stand_alone("Where was she born?", history) == "Where was Lena Vogt born?"


def test_a_part_leans_on_the_part_before_it_however_much_it_says() -> None:
    before = [Turn("user", "What did Ford lose in EVs before?"), Turn("assistant", "")]
    part = "What sort of EVs does it hope to deliver now?"
    assert stand_alone(part, before) == part
    assert stand_alone(part, before, goes_on=True) == "What sort of EVs does Ford hope to deliver now?"
