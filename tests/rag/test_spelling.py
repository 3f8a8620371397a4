import pytest
from hypothesis import given
from hypothesis import strategies as st

from rag.spelling import as_spelt
from rag.words import content_keys


@pytest.mark.parametrize(
    ("sentence", "text", "expected"),
    [
        ("It is nine meters tall.", "No wall may exceed nine metres.", "It is nine metres tall."),
        ("Gray ORGANIZATIONS pay.", "The grey organisations pay.", "Grey ORGANISATIONS pay."),
        ("About 30 percent came.", "Some 30 per cent came.", "About 30 per cent came."),
        ("Its colour is red.", "A red color.", "Its color is red."),
        ("The center is a centre.", "The center is new, the centre old.", "The center is a centre."),
        ("They traveled far.", "They went far.", "They traveled far."),
        ("The filed form is filled.", "The form was filed.", "The filed form is filled."),
        (
            "There are 14 stations.",
            "Take it to one of the fourteen stations.",
            "There are fourteen stations.",
        ),
        ("23 came.", "Some twenty-three people came.", "Twenty-three came."),
        ("Twelve people came.", "A group of 12 came.", "12 people came."),
        ("No one paid 7 or 8.", "It costs 1, seven or 8.", "No one paid seven or 8."),
        (
            "It grew 14% by 14:30 on 14.5 beds, for £14.",
            "Of fourteen.",
            "It grew 14% by 14:30 on 14.5 beds, for £14.",
        ),
        ("Four died on 4 July.", "Four died that day.", "Four died on 4 July."),
        ("It ran from 4 to 8 March.", "Four or eight rooms.", "It ran from 4 to 8 March."),
        ("It opens at 8 am, on Line 8.", "Eight rooms.", "It opens at 8 am, on Line 8."),
        ("Apollo 8 took 8 days.", "It took eight days.", "Apollo 8 took eight days."),
        ("Type 2 is common.", "Of two kinds.", "Type 2 is common."),
        ("7 Main Street is hers.", "Seven rooms.", "7 Main Street is hers."),
        ("Seven Sisters has seven rooms.", "It has 7 rooms.", "Seven Sisters has 7 rooms."),
        ("The 14 stay. About 14 I know.", "Fourteen.", "The fourteen stay. About fourteen I know."),
        ("A 14-year term of 14 years.", "A 14 and a fourteen.", "A 14-year term of 14 years."),
    ],
)
def test_words_are_spelt_as_the_article_spells_them(sentence: str, text: str, expected: str) -> None:
    assert as_spelt(sentence, [text]) == expected


def test_a_number_stays_as_the_question_writes_it() -> None:
    said, text, asked = (
        "All 14 stations have 8 gates.",
        "Fourteen stations have eight gates.",
        "The 14 stations?",
    )
    assert as_spelt(said, [text], asked) == "All 14 stations have eight gates."


_WORDS = st.sampled_from(
    "colour color metre meter the program programme per cent percent 14 fourteen 1 one 32 thirty-two".split()
)


@given(st.lists(_WORDS), st.lists(_WORDS))
def test_spelling_changes_no_meaning_and_settles(said: list[str], held: list[str]) -> None:
    text = " ".join(held)
    spelt = as_spelt(" ".join(said), [text])
    assert as_spelt(spelt, [text]) == spelt
    assert _meant(spelt) == _meant(" ".join(said))


def _meant(text: str) -> frozenset[str]:
    """What the text says, whatever the form of a number and of "per cent"."""
    numbers = {"14": "fourteen", "1": "one", "32": "thirty-two"}
    words = " ".join(numbers.get(word, word) for word in text.casefold().split())
    return content_keys(words) - {"per", "cent", "percent"}
