from pathlib import Path

import pytest
from fakes import HashingEmbedder
from hypothesis import given, settings
from hypothesis import strategies as st
from scripted import ScriptedGenerator

from index.build import build_index
from index.store import Index, open_index
from rag.answer import Answer, Text
from rag.overview import ARTICLES, SENTENCES, Overviews
from rag.pipeline import Pipeline

POLICY = """# Travel at Orrery Works

This text applies to all employees from 1 March. It replaces the text of 2021.

## Hotels

A room may cost up to 140 euros a night. In Zurich the limit is 220 euros. Friends who put you up get 35.

## Meals

The daily allowance for meals is 28 euros. Alcohol is not reimbursed at all.

## Cars

1. Call the desk before you rent a car.

Fines are always paid by whoever drove the car.
"""
ABOUT = "What is this document about?"


def index_of(folder: Path, embedder: HashingEmbedder, **texts: str) -> Index:
    seeds = folder / "seeds"
    seeds.mkdir()
    for name, text in texts.items():
        (seeds / f"{name}.md").write_text(text, encoding="utf-8")
    build_index([seeds], folder / "store", embedder)
    return open_index(folder / "store", embedder.fingerprint)


@pytest.fixture
def policy(tmp_path: Path, embedder: HashingEmbedder) -> Index:
    return index_of(tmp_path, embedder, travel=POLICY)


def told(index: Index, embedder: HashingEmbedder, question: str, article: str | None = None) -> list[str]:
    draft = Overviews(index, embedder).draft(question, article, None)
    return [] if draft is None else [citation.quote for citation in draft.citations]


def test_an_overview_begins_with_the_first_sentence_and_keeps_the_order(
    policy: Index, embedder: HashingEmbedder
) -> None:
    quotes = told(policy, embedder, ABOUT)
    text = policy.articles["travel.md"].text
    assert quotes[0] == "This text applies to all employees from 1 March."
    assert len(quotes) == SENTENCES
    assert [text.index(quote) for quote in quotes] == sorted(text.index(quote) for quote in quotes)


def test_headings_list_items_and_what_leans_on_another_sentence_are_left_out(
    policy: Index, embedder: HashingEmbedder
) -> None:
    allowed = {
        "This text applies to all employees from 1 March.",
        "A room may cost up to 140 euros a night.",
        "The daily allowance for meals is 28 euros.",
        "Fines are always paid by whoever drove the car.",
    }
    assert set(told(policy, embedder, ABOUT)) <= allowed


def test_a_section_is_told_by_its_first_sentences(policy: Index, embedder: HashingEmbedder) -> None:
    quotes = told(policy, embedder, "What are the rules for hotels?")
    assert quotes == [
        "A room may cost up to 140 euros a night.",
        "In Zurich the limit is 220 euros.",
        "Friends who put you up get 35.",
    ]
    assert told(policy, embedder, "What does it say about meals?")[1:] == [
        "Alcohol is not reimbursed at all."
    ]


@pytest.mark.parametrize(
    "question", ["What does it say about trains?", "tell me about it all the time", "How much is a room?"]
)
def test_other_questions_get_none(policy: Index, embedder: HashingEmbedder, question: str) -> None:
    assert told(policy, embedder, question) == []


def test_a_heading_that_two_articles_share_names_no_section(
    tmp_path: Path, embedder: HashingEmbedder
) -> None:
    both = index_of(tmp_path, embedder, a=POLICY, b=POLICY.replace("140", "150"))
    assert told(both, embedder, "What are the rules for hotels?") == []
    assert "150 euros" in told(both, embedder, "What are the rules for hotels?", "b.md")[0]


def test_of_several_articles_each_says_one_sentence(tmp_path: Path, embedder: HashingEmbedder) -> None:
    texts = {f"n{number}": f"The boat number {number} sails at noon." for number in range(ARTICLES + 2)}
    many = index_of(tmp_path, embedder, **texts)
    draft = Overviews(many, embedder).draft("Summarise the articles", None, None)
    assert draft is not None
    assert [citation.article for citation in draft.citations] == sorted(many.articles)[:ARTICLES]


def test_the_answer_quotes_the_article_word_for_word_and_the_model_is_not_asked(
    policy: Index, embedder: HashingEmbedder
) -> None:
    generator = ScriptedGenerator("Something else.")
    *events, answer = Pipeline(policy, embedder, generator).stream("Summarise this, please")
    assert isinstance(answer, Answer)
    assert (answer.kind, answer.refused, len(generator.prompts)) == ("quote", False, 0)
    assert "".join(event.text for event in events if isinstance(event, Text)) == answer.text
    assert {"retrieve", "first_token", "total"} <= set(answer.timings)
    for citation in answer.citations:
        assert policy.articles[citation.article].text[citation.start : citation.end] == citation.quote
        assert f"{citation.quote} [{citation.number}]" in answer.text


def test_where_nothing_can_be_told_the_model_reads(tmp_path: Path, embedder: HashingEmbedder) -> None:
    generator = ScriptedGenerator("The article does not say.")
    prices = index_of(tmp_path, embedder, prices="tea 2\n\ncoffee 3")
    assert Pipeline(prices, embedder, generator).ask(ABOUT).refused


@settings(max_examples=30)
@given(
    st.lists(st.text("abc .!?\n#“”123", min_size=1, max_size=80), min_size=1, max_size=8), st.integers(0, 3)
)
def test_any_text_is_told_by_pieces_of_itself(
    tmp_path_factory: pytest.TempPathFactory, embedder: HashingEmbedder, blocks: list[str], head: int
) -> None:
    text = "#" * head + " Words\n\n" + "\n\n".join(blocks)
    index = index_of(tmp_path_factory.mktemp("any"), embedder, any=text)
    quotes = told(index, embedder, ABOUT)
    assert len(quotes) <= SENTENCES
    assert all(quote in index.articles["any.md"].text for quote in quotes)
