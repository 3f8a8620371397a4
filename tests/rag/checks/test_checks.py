"""What every check lets pass and stops, one table a check."""

import pytest
from claims import claim_of
from hypothesis import given
from hypothesis import strategies as st

from rag.checks import CHECKS, failures

FROST = "Frost damage is not covered by the guarantee."
FEES = "Adults pay 12 euros and children 5 euros."
HEADS = "Jim Farley, Ford’s chief executive, and Luca de Meo, Renault’s chief, signed it."
MIXED = "Wood, steel and glass cost 5, 7 and 9 euros, respectively."
DESIGN = (
    "The interior was designed by Juno Abel, for 18,000 crowns; the sound by Rufus Tam, for 7,200 crowns."
)


STOPPED = [
    ("names", "It will be sold by Nissan.", "Who sells it?", "Ford sells it."),
    ("names", "Ford.", "Is it Ford, or who, Ford or Renault, that builds it?", "The vans come from Renault."),
    ("negation", "Frost damage is covered.", "What of frost?", FROST),
    ("negation", "Prices rose by 5%.", "What happened to prices?", "In May prices fell by 5%."),
    (
        "negation",
        "The court rejected the letter.",
        "What did the court do?",
        "The court accepted the letter.",
    ),
    (
        "negation",
        "The pump does not restart by itself.",
        "What then?",
        "The pump restarts by itself once cool.",
    ),
    (
        "negation",
        "There is a canteen in the building.",
        "What is there?",
        "There is no canteen in the building.",
    ),
    (
        "negation",
        "The board agreed to the plan.",
        "What did it do?",
        "The board refused to agree to the plan.",
    ),
    ("pairing", "Children pay 12 euros.", "How much do children pay?", FEES),
    ("pairing", "Adults pay 5 euros.", "How much do adults pay?", FEES),
    ("pairing", "Luca de Meo is the head of Ford.", "Who is the head of Ford?", HEADS),
    ("pairing", "Steel costs 5 euros.", "How much is steel?", MIXED),
    ("pairing", "18,000 crowns.", "How much did Tam get for the sound?", DESIGN),
    (
        "premise",
        "Lenin.",
        "Who called it the lowest stage of all?",
        "Lenin called it the highest stage of all.",
    ),
    ("asked_kind", "It was signed in 1880.", "Who signed the treaty?", "The treaty was signed in 1880."),
    ("asked_kind", "It was built of wood.", "How many rooms does it have?", "It was built of wood."),
    ("asked_kind", "The hall was made of wood.", "When was the hall opened?", "The hall was made of wood."),
    ("told", "The treaty was signed.", "Who signed the treaty?", "The treaty was signed by Ada Brook."),
    (
        "premise",
        "The lease ended.",
        "Why did the shop close in 1990?",
        "The shop closed in 1980: the lease ended.",
    ),
    ("premise", "Jim Farley.", "Who is the CEO of Renault?", "Jim Farley, Ford CEO, said so."),
    ("premise", "It was dear.", "Why did sales of vans increase?", "Sales of vans decreased as it was dear."),
    ("premise", "It was dear.", "Why did the board approve the plan?", "The board did not approve the plan."),
    ("premise", "Nylon.", "What is the Tarn 50 made of?", "The housing of the Tarn 40 is nylon."),
    ("premise", "Ada.", "Who led the three vans?", "Ada led the two vans there."),
    ("premise", "Ada.", "Who carries a load of 12 kg?", "Ada carries a load of 10 kg."),
    ("premise", "Steam.", "What drives my Tarn 50?", "Steam drives the Tarn 40."),
    ("premise", "It was sold.", "Why is parking no longer free?", "Parking stays free."),
]

PASSED = [
    ("names", "Ford sells it.", "Who sells it?", "Ford sells it."),
    ("names", "Yes, Ford does.", "Does Ford sell it?", "Ford sells it."),
    ("premise", "Ada.", "Who bought the hall?", "Bob sold the hall to Ada."),
    ("premise", "20%.", "How much tax is due on $30,000?", "Income above $20,000 is taxed at 20%."),
    (
        "premise",
        "The sender.",
        "Who pays for a load of 12 kg?",
        "The sender pays for a load exceeding 10 kg.",
    ),
    ("premise", "They are taxed.", "What of stays of 40 nights?", "Stays beyond 30 nights are taxed."),
    ("negation", "Frost damage is not covered.", "What of frost?", FROST),
    ("negation", "Prices fell in May.", "What happened to prices?", "Prices rose in April and fell in May."),
    (
        "negation",
        "The mill closed early.",
        "What closed?",
        "The mill closed early, and the shop opened late.",
    ),
    ("negation", "No, frost damage is excluded.", "Is it covered?", FROST),
    ("negation", "The shop opened in 1990.", "When did it open?", "The shop did not open until 1990."),
    ("negation", "It sells vans.", "What does it sell?", "It sells not only vans but cars."),
    ("negation", "They were tired.", "Why?", "They did not stop, but they were tired."),
    ("pairing", "Children pay 5 euros.", "How much do children pay?", FEES),
    ("pairing", "Adults pay 12 euros.", "How much do adults pay?", FEES),
    ("pairing", "Jim Farley is the head of Ford.", "Who is the head of Ford?", HEADS),
    ("pairing", "Steel costs 7 euros.", "How much is steel?", MIXED),
    ("pairing", "7,200 crowns.", "How much did Tam get for the sound?", DESIGN),
    ("pairing", "1880.", "When did the school begin?", "Founded in 1880, the school closed in 1990."),
    (
        "premise",
        "40 kWh.",
        "How big is the battery of the new car?",
        "The new car has 40 kWh, in a small battery.",
    ),
    ("asked_kind", "The council.", "Who decided it?", "The council decided it."),
    ("asked_kind", "Workers at the plant.", "Who decided it?", "Workers at the plant decided it."),
    ("asked_kind", "Next spring.", "When does it open?", "It opens next spring."),
    ("asked_kind", "After the storm.", "When did it close?", "It closed after the storm."),
    ("asked_kind", "It doubled.", "How much did it grow?", "It doubled."),
    ("asked_kind", "On the south quay.", "Where is it?", "It is on the south quay."),
    ("told", "By Ada Brook.", "Who signed the treaty?", "The treaty was signed by Ada Brook."),
    ("told", "Yes.", "Was the treaty signed?", "The treaty was signed."),
    ("told", "Both.", "Which of the two was signed?", "Both were signed."),
    ("told", "In May.", "When may it open?", "It may open in May."),
    ("premise", "The lease ended.", "Why did the shop close in 1980?", "It closed: the lease ended."),
    ("premise", "In 1950.", "When did the firm of 1903 move?", "The firm moved in 1950."),
    ("premise", "Jim Farley.", "Who is the CEO of Ford?", "Jim Farley, Ford CEO, said so."),
    (
        "premise",
        "36 months.",
        "How long if I do not register it?",
        "It is 36 months, or 60 if you register it.",
    ),
    (
        "premise",
        "Thirty days.",
        "I have 3 years of service: what leave?",
        "From 2 years of service: 30 days.",
    ),
    (
        "premise",
        "A plaque.",
        "What does a gift of 200 euros bring?",
        "Gifts of 150 euros or more bring a plaque.",
    ),
    (
        "premise",
        "It spoils seals.",
        "Why must no vinegar be used?",
        "Vinegar is bad because it spoils seals.",
    ),
    (
        "premise",
        "The board.",
        "Who may cut trees that are not ill?",
        "The board rules out cutting ill trees.",
    ),
    (
        "numbers",
        "A gift of 200 euros brings a plaque.",
        "I give 200 euros: what do I get?",
        "Gifts from 150 euros bring a plaque.",
    ),
    (
        "premise",
        "It must be unplugged.",
        "Mine was built in 2019: what now?",
        "If built before May 2021, unplug it.",
    ),
]


@pytest.mark.parametrize(("check", "sentence", "question", "source"), STOPPED)
def test_a_wrong_claim_is_stopped(check: str, sentence: str, question: str, source: str) -> None:
    problem = CHECKS[check](claim_of(sentence, question, source))
    assert problem is not None
    assert problem.endswith(".")


@pytest.mark.parametrize(("check", "sentence", "question", "source"), PASSED)
def test_a_right_claim_passes(check: str, sentence: str, question: str, source: str) -> None:
    assert failures(claim_of(sentence, question, source)) == {}


def test_checks_can_be_skipped_and_failures_are_named() -> None:
    claim = claim_of("The treaty was signed.", "Who signed the treaty?", "The treaty was signed by Ada.")
    assert set(failures(claim)) == {"asked_kind", "told"}
    assert set(failures(claim, skip=frozenset({"told"}))) == {"asked_kind"}


def test_an_answer_with_nothing_cited_has_its_numbers_and_names_missing() -> None:
    assert {"numbers", "names"} <= set(failures(claim_of("It was Ada in 1880.", "What?")))


PIECES = st.lists(
    st.sampled_from(
        "no not yes 5 million £5 12% 3 May 2027 on 8:30 pm , ; . ( ) - – half two-thirds 40S A290 Ford "
        "Renault the chief of and or while respectively instead who when is was covered open close 1754–63 $ "
        "first".split()
    )
    | st.text(max_size=6),
    max_size=14,
).map(" ".join)


@given(PIECES, PIECES, st.lists(PIECES, max_size=3))
def test_no_text_makes_a_check_fail(sentence: str, question: str, sources: list[str]) -> None:
    for problem in failures(claim_of(sentence, question, *sources)).values():
        assert problem


@given(PIECES)
def test_a_sentence_of_the_article_passes_by_itself(sentence: str) -> None:
    found = failures(claim_of(sentence, "", sentence))
    assert not found.keys() & {"numbers", "dates", "names", "negation", "pairing"}
