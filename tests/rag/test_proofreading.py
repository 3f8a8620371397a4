"""A question is read as the articles spell its words, where it was mistyped."""

import pytest
from hypothesis import given
from hypothesis import strategies as st

from index.reading import source_of
from index.splitting import article_of
from rag.proofreading import Proofreader, is_english
from rag.words import known_words

TEXT = """Orlund lends instruments for a monthly fee. The receipt names the temperature of the harbour.
Members of the Kvennan club, there on Thursday, pay in November; the garantie ends with the guarantee."""
OTHER = "Tavasco builds trailers."


def _article(name: str, text: str) -> tuple[str, object]:
    return name, article_of(source_of(name, text.encode()))


READER = Proofreader(
    dict([_article("a.txt", TEXT), _article("b.txt", OTHER)]),  # type: ignore[arg-type]
    known_words({"a.txt": TEXT, "b.txt": OTHER}),
)


@pytest.mark.parametrize(
    ("typed", "meant"),
    [
        ("how much is the montly fee", "how much is the monthly fee"),
        ("lost my recipt, what now", "lost my receipt, what now"),
        ("what tempreature has the harber", "what temperature has the harber"),
        ("who runs Orlnud?", "who runs Orlund?"),
        ("WHAT ABOUT NOVMBER", "WHAT ABOUT NOVEMBER"),
        ("is it Kvenan's?", "is it Kvenan's?"),
        ("what if theyre late", "what if theyre late"),
        ("how do I recieve it", "how do I recieve it"),
        ("is the harbor warm", "is the harbor warm"),
        ("what is the mouthy fee", "what is the mouthy fee"),
        ("write to mothly@club.org or x/montly", "write to mothly@club.org or x/montly"),
        ("which garanteee", "which garanteee"),
    ],
)
def test_what_is_no_word_is_read_as_the_one_word_of_the_article_beside_it(typed: str, meant: str) -> None:
    assert READER.read(typed, "a.txt") == meant


def test_only_the_articles_that_are_asked_about_spell() -> None:
    assert READER.read("what does Tavsco build", "a.txt") == "what does Tavsco build"
    assert READER.read("what does Tavsco build", "b.txt") == "what does Tavasco build"
    assert READER.read("what does Tavsco lend montly", None) == "what does Tavasco lend monthly"


@given(st.lists(st.sampled_from(TEXT.split()), max_size=8), st.text(max_size=40))
def test_words_of_the_article_stay_and_reading_twice_is_reading_once(known: list[str], more: str) -> None:
    question = " ".join(known)
    assert READER.read(question, "a.txt") == question
    once = READER.read(f"{question} {more}", "a.txt")
    assert READER.read(once, "a.txt") == once


def test_both_spellings_are_english() -> None:
    assert is_english("kilometre")
    assert is_english("kilometer")
    assert not is_english("kilomter")
