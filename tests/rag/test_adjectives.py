import pytest

from rag.follow_up.adjectives import is_adjective, is_superlative


@pytest.mark.parametrize("word", ["longest", "biggest", "driest", "safest", "newest", "greenest", "worst"])
def test_a_superlative_is_told_from_its_form(word: str) -> None:
    assert is_superlative(word)
    assert is_adjective(word)


@pytest.mark.parametrize("word", ["forest", "harvest", "interest", "guest", "request", "priest", "longer"])
def test_a_thing_may_end_like_one(word: str) -> None:
    assert not is_superlative(word)


@pytest.mark.parametrize(
    "word", ["faster", "missing", "different", "readable", "dangerous", "roughly", "free"]
)
def test_what_is_said_of_a_thing_is_none(word: str) -> None:
    assert is_adjective(word)


@pytest.mark.parametrize("word", ["aspirin", "breakfast", "inflation", "parking", "winter", "dinner"])
def test_a_thing_is_one(word: str) -> None:
    assert not is_adjective(word)
