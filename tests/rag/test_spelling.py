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
    ],
)
def test_words_are_spelt_as_the_article_spells_them(sentence: str, text: str, expected: str) -> None:
    assert as_spelt(sentence, [text]) == expected


_WORDS = st.sampled_from("colour color metre meter the harbour program programme per cent percent".split())


@given(st.lists(_WORDS), st.lists(_WORDS))
def test_spelling_changes_no_meaning_and_settles(said: list[str], held: list[str]) -> None:
    text = " ".join(held)
    spelt = as_spelt(" ".join(said), [text])
    assert as_spelt(spelt, [text]) == spelt
    assert content_keys(spelt) - {"per", "cent", "percent"} == content_keys(" ".join(said)) - {
        "per",
        "cent",
        "percent",
    }
