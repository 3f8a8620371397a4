import copy

from rag.answer import Stage, Text
from ui.chat_conversation import Conversation, Exchange
from ui.walk import Queued

from .reading import answered, citation


def test_what_was_shown_stays_when_stopped() -> None:
    exchange = Exchange("Q?")
    conversation = Conversation([exchange])
    exchange.take(Text("It is so. [1]", ()))
    conversation.stop()
    exchange.take(Text(" And more. [1]", ()))
    assert (exchange.status, exchange.text) == ("stopped", "It is so. [1]")
    assert conversation.pending is None
    exchange.fail("Too late.")
    assert exchange.status == "stopped"


def test_it_knows_its_place_in_line_and_what_was_found() -> None:
    exchange = Exchange("Q?")
    exchange.take(Queued(3))
    exchange.take(Queued(2))
    assert (exchange.status, exchange.place) == ("waiting", 2)
    exchange.take(Stage("reading", citation(1)))
    exchange.take(Stage("checking"))
    assert (exchange.status, exchange.found) == ("checking", citation(1))


def test_the_next_question_leans_on_answered_ones_alone() -> None:
    conversation = answered("One. [1]", citation(1))
    conversation.pose("Second?")
    conversation.pose("Third?")
    assert [exchange.status for exchange in conversation.exchanges] == ["answered", "stopped", "waiting"]
    assert [(turn.role, turn.content) for turn in conversation.history()] == [
        ("user", "Q?"),
        ("assistant", "One. [1]"),
    ]


def test_what_has_no_answer_gives_way_when_it_is_asked_again() -> None:
    conversation = answered("One. [1]", citation(1))
    conversation.pose("Q?")
    conversation.stop()
    conversation.pose("Q?", "a.txt")
    assert [exchange.status for exchange in conversation.exchanges] == ["answered", "waiting"]
    assert conversation.exchanges[-1].article == "a.txt"
    conversation.stop()
    conversation.pose("Another?")
    assert len(conversation.exchanges) == 3


def test_a_conversation_is_bounded_and_can_begin_anew() -> None:
    conversation = Conversation()
    for number in range(60):
        conversation.pose(f"{number}?")
    assert len(conversation.exchanges) == 50
    last, known = conversation.exchanges[-1], conversation.id
    conversation.clear()
    assert last.status == "stopped"
    assert not conversation.exchanges
    conversation.pose("Anew?")
    assert known != conversation.id != ""


def test_a_new_page_has_a_conversation_of_its_own() -> None:
    empty = Conversation()
    copied = copy.deepcopy(empty)
    copied.pose("Q?")
    assert not empty.exchanges
