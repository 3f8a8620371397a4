"""What the page shows under a question: how far it is, and each kind of answer."""

from dataclasses import replace

import pytest

from rag.answer import REFUSAL, Answer, Stage, Text
from ui.chat_conversation import Conversation, Exchange
from ui.chat_reply import FOUND, ordinal, reply_html
from ui.walk import Queued

from .reading import HOSTILE, Reader, citation

TIMES = {"total": 1.25}
ANSWER = Answer("Q?", "So it is. [1]", None, (citation(1, "So it\nis."),), (), "m", TIMES)
QUOTE = replace(ANSWER, kind="quote")
REFUSED = Answer("Q?", REFUSAL, "model", (), (), "m", TIMES, kind="refusal", nearby=citation(1, "So it\nis."))
HELLO = Answer("Hi!", "Hello! Ask [1] away.", None, (), (), "m", TIMES, kind="small_talk")


def reply(exchange: Exchange, *suggestions: str) -> Reader:
    return Reader(reply_html(exchange, suggestions))


def reply_of(answer: Answer, *suggestions: str) -> Reader:
    exchange = Exchange(answer.question)
    exchange.take(answer)
    return reply(exchange, *suggestions)


def test_how_far_it_is_and_what_was_found_are_shown_before_the_first_words() -> None:
    exchange = Exchange("Q?")
    assert reply(exchange).text == "Waiting"
    exchange.take(Queued(2))
    assert reply(exchange).text == "Waiting: 2nd in line"
    exchange.take(Stage("searching"))
    assert [one["class"] for one in reply(exchange).of_class("step")] == [
        "step now",
        "step next",
        "step next",
    ]
    exchange.take(Stage("reading", citation(1, "So it\nis.", page=3)))
    assert [one["class"] for one in reply(exchange).of_class("step")] == [
        "step done",
        "step now",
        "step next",
    ]
    assert f"{FOUND}“So it is.”a.txt, page 3" in reply(exchange).text
    exchange.take(Stage("checking"))
    assert FOUND in reply(exchange).text
    exchange.asked -= 5
    assert "5 s" in reply(exchange).text


def test_what_was_found_gives_way_to_what_is_verified() -> None:
    exchange = Exchange("Q?")
    exchange.take(Stage("reading", citation(1)))
    exchange.take(Text("It is so. [1]", (citation(1),)))
    assert FOUND not in reply(exchange).text
    assert "It is so.1" in reply(exchange).text
    assert "Writing" in reply(exchange).text
    exchange.take(replace(REFUSED, nearby=None))
    assert reply(exchange).text == REFUSAL


def test_an_answer_ends_in_its_footnotes() -> None:
    reader = reply_of(ANSWER)
    assert reader.text == "So it is.1Footnote 1So it is. a.txt"
    assert len(reader.marks()) == len(reader.of_class("note")) == 1


def test_a_refusal_shows_the_nearest_words_and_what_can_be_asked() -> None:
    reader = reply_of(REFUSED, "Q?", "A?", "B?", "C?", "D?")
    assert reader.of_class("refusal")
    (near,) = reader.of_class("note")
    assert (near["data-article"], near["data-start"], near["data-end"]) == ("a.txt", "3", "12")
    assert reader.text.startswith(f"{REFUSAL}Nearest in the article:Footnote 1So it is. a.txt")
    assert [one["data-question"] for one in reader.of_class("suggestion")] == ["A?", "B?", "C?"]


def test_a_refusal_far_from_the_article_offers_nothing_that_is_not_there() -> None:
    assert reply_of(replace(REFUSED, nearby=None)).text == REFUSAL


def test_the_own_words_of_the_article_are_marked_as_such() -> None:
    reader = reply_of(QUOTE)
    assert reader.text == "The article's own words:“So it is.”1a.txt"
    assert [mark["aria-label"] for mark in reader.marks()] == ["Footnote 1"]


def test_brackets_in_quoted_words_stay_text() -> None:
    quote = citation(1, "Built in 1990.[1]")
    reader = reply_of(replace(QUOTE, text="Built in 1990.[1] [1]", citations=(quote,)))
    assert "“Built in 1990.[1]”1" in reader.text
    assert len(reader.marks()) == 1


def test_small_talk_is_plain() -> None:
    reader = reply_of(HELLO)
    assert reader.text == "Hello! Ask [1] away."
    assert {tag for tag, _ in reader.tags} == {"p"}


@pytest.mark.parametrize("stopped", [True, False])
def test_what_was_not_answered_can_be_asked_again(stopped: bool) -> None:
    exchange = Exchange('Who "is" it?')
    exchange.take(Text("It is so. [1]", ()))
    if stopped:
        exchange.stop()
    else:
        exchange.fail("The server is busy.")
    reader = reply(exchange)
    assert ("Stopped." if stopped else "The server is busy.") in reader.text
    assert ("It is so." in reader.text) is stopped
    (again,) = reader.of_class("again")
    assert again["data-question"] == 'Who "is" it?'


@pytest.mark.parametrize("answer", [ANSWER, QUOTE, REFUSED, HELLO])
def test_no_kind_of_answer_lets_markup_through(answer: Answer) -> None:
    hostile = citation(1, f'"{HOSTILE}', article=f'"{HOSTILE}')
    cited = (hostile,) if answer.citations else ()
    reader = reply_of(
        replace(answer, text=HOSTILE, citations=cited, nearby=hostile if answer.refused else None),
        f'"{HOSTILE}',
    )
    assert reader.has_only_known_markup()
    assert reader.text.count(HOSTILE) == {"answer": 3, "quote": 2, "refusal": 4, "small_talk": 1}[answer.kind]


def test_what_was_found_and_problems_let_no_markup_through() -> None:
    exchange = Exchange(HOSTILE)
    exchange.take(Stage("reading", citation(1, HOSTILE, article=HOSTILE)))
    assert reply(exchange).has_only_known_markup()
    assert reply(exchange).text.count(HOSTILE) == 2
    conversation = Conversation([exchange])
    conversation.exchanges[0].fail(HOSTILE)
    assert reply(exchange).has_only_known_markup()


@pytest.mark.parametrize(
    ("number", "place"),
    [(1, "1st"), (2, "2nd"), (3, "3rd"), (4, "4th"), (11, "11th"), (112, "112th"), (21, "21st")],
)
def test_a_place_in_the_line_is_said_as_people_say_it(number: int, place: str) -> None:
    assert ordinal(number) == place
