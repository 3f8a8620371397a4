import pytest
from hypothesis import given
from hypothesis import strategies as st

from rag.compound import parts_of


@pytest.mark.parametrize(
    ("question", "parts"),
    [
        (
            "Who keeps the lighthouse, and in what year was it built?",
            ("Who keeps the lighthouse?", "In what year was it built?"),
        ),
        ("which bus goes there and who drives it", ("Which bus goes there?", "Who drives it?")),
        ("What is it? How much does it cost?", ("What is it?", "How much does it cost?")),
        ("how much is the rent and whats the fee", ("How much is the rent?", "What's the fee?")),
        (
            "Who was the king when the war began and when did he die?",
            ("Who was the king when the war began?", "When did he die?"),
        ),
        (
            "Which firms export oil and which import it?",
            ("Which firms export oil?", "Which import it?"),
        ),
        (
            "Who is the man who sold it? Who bought it?",
            ("Who is the man who sold it?", "Who bought it?"),
        ),
        (
            "Who wrote it, when was it printed, and how many copies are there?",
            ("Who wrote it, when was it printed?", "How many copies are there?"),
        ),
    ],
)
def test_questions_side_by_side_are_taken_apart(question: str, parts: tuple[str, ...]) -> None:
    assert parts_of(question) == parts


@pytest.mark.parametrize(
    "question",
    [
        "When and where was it built?",
        "Which of the bridge and the tower is older?",
        "Who decides who gets the money and how it is spent?",
        "Does it say who came and when they left?",
        "How does the pump work and what the plan costs?",
        "What did he say about salt and pepper?",
        "What explains why prices rose and why wages fell?",
        "What was the year when the war ended and when peace was signed?",
        "Who decides what is bought and what is sold?",
        "Who is the woman who wrote the book and who won the prize?",
        "What are the rules for who may vote and what may be sold?",
        "and when does it arrive?",
        "Why?",
        "",
        "Who is a? Who is b? Who is c? Who is d?",
    ],
)
def test_one_question_stays_as_it_is(question: str) -> None:
    assert parts_of(question) == (question,)


_WORDS = st.sampled_from(["who", "what", "and", "when", "in", "which", "the", "cat", "sat", "it", "?", ","])


@given(st.lists(_WORDS, max_size=14).map(" ".join))
def test_no_word_is_lost_but_those_that_join(question: str) -> None:
    parts = parts_of(question)
    assert 1 <= len(parts) <= 3
    plain = [word for word in question.lower().replace("?", " ").replace(",", " ").split() if word != "and"]
    kept = " ".join(parts).lower().replace("?", " ").replace(",", " ").split()
    assert [word for word in kept if word != "and"] == plain


@given(st.text(max_size=60))
def test_whatever_is_typed_stays_or_comes_apart_into_questions(question: str) -> None:
    parts = parts_of(question)
    assert parts == (question,) or all(part.endswith("?") for part in parts)
