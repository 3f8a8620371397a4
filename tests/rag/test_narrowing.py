import pytest
from hypothesis import given
from hypothesis import strategies as st

from rag.narrowing import narrowed
from rag.sources import SourceSentence
from rag.words import content_keys

LONG = (
    "The board voted on Monday to rebuild the north pier of Tollwick; the work will cost 6.4 million pounds, "
    "which the county will pay, but it will not begin before the ferry has moved."
)


def source(text: str = LONG) -> SourceSentence:
    return SourceSentence("a.txt", 100, 100 + len(text), text, 0.5)


@pytest.mark.parametrize(
    ("sentence", "question", "text", "kept"),
    [
        (
            "On Monday.",
            "When did the board vote to rebuild the pier?",
            "The board voted on Monday to rebuild the pier; the work will cost 6.4 million pounds.",
            "The board voted on Monday to rebuild the pier",
        ),
        (
            "It costs 6.4 million pounds.",
            "What does the work cost?",
            "The board voted on Monday to rebuild the pier; the work will cost 6.4 million pounds.",
            "the work will cost 6.4 million pounds.",
        ),
        (  # what denies stays
            "It costs 6.4 million pounds.",
            "What does the work cost?",
            "The work will cost 6.4 million pounds, but the county will not pay a penny of it.",
            "The work will cost 6.4 million pounds, but the county will not pay a penny of it.",
        ),
        (  # a denial in a word of its own stays
            "He was in Rome.",
            "Where was the man?",
            "The mother says that the man was in Rome at the time — a claim that his lawyer denies.",
            "The mother says that the man was in Rome at the time — a claim that his lawyer denies.",
        ),
        (
            "The rent is 900 euros.",
            "What is the rent?",
            "The rent of the flat is 900 euros; the deposit of two months is disputed by the tenant.",
            "The rent of the flat is 900 euros; the deposit of two months is disputed by the tenant.",
        ),
        (  # the label before a colon stays
            "Two pills daily.",
            "How many pills?",
            "Adults: two pills daily with some food; children under 12: one every other day.",
            "Adults: two pills daily with some food",
        ),
        (  # what is leant on stays
            "The county pays it.",
            "Who pays?",
            "The new pier will cost 6.4 million pounds, which the county will pay at once.",
            "The new pier will cost 6.4 million pounds, which the county will pay at once.",
        ),
        (  # a quotation stays whole
            "The work is hard.",
            "How is the work?",
            "“The work is hard and slow this year; the crew is happy with it all,” she said.",
            "“The work is hard and slow this year; the crew is happy with it all,” she said.",
        ),
        (  # too short to be understood
            "It is red.",
            "What colour?",
            "It is red; the roof of the house on the hill is green.",
            "It is red; the roof of the house on the hill is green.",
        ),
    ],
)
def test_a_footnote_is_as_narrow_as_it_can_be(sentence: str, question: str, text: str, kept: str) -> None:
    assert narrowed(source(text), sentence, question).text == kept


@given(st.sets(st.sampled_from(LONG.split())), st.sets(st.sampled_from(LONG.split())))
def test_all_words_of_answer_and_question_stay_and_offsets_slice(said: set[str], asked: set[str]) -> None:
    sentence, question = " ".join(sorted(said)), " ".join(sorted(asked))
    whole = source()
    found = narrowed(whole, sentence, question)
    assert whole.text[found.start - whole.start : found.end - whole.start] == found.text
    wanted = (content_keys(sentence) | content_keys(question)) & content_keys(whole.text)
    assert wanted <= content_keys(found.text)
    assert "not begin" in found.text


def test_a_word_that_only_begins_as_a_denial_does_keeps_no_clause() -> None:
    text = (
        "The mill was sold to the town in 1931, which underpins the unit of the old university to this day."
    )
    found = narrowed(source(text), "It was sold in 1931.", "When was the mill sold?")
    assert found.text == text[: text.index(", which")]
