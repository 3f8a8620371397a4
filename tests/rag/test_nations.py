import pytest

from rag.nations import is_nation, speaks_of
from rag.words import content_keys


@pytest.mark.parametrize(
    ("one", "other"),
    [("Spanish", "Spain"), ("Dutch", "Netherlands"), ("Finns", "Finnish"), ("British", "United Kingdom")],
)
def test_words_for_the_same_country_meet_both_ways(one: str, other: str) -> None:
    assert all(speaks_of(key, content_keys(other)) for key in content_keys(one))
    assert all(speaks_of(key, content_keys(one)) for key in content_keys(other))


@pytest.mark.parametrize(
    ("one", "other"), [("Austrian", "Australia"), ("Niger", "Nigeria"), ("UK", "United")]
)
def test_other_countries_do_not(one: str, other: str) -> None:
    (key,) = content_keys(one)
    assert is_nation(key)
    assert not speaks_of(key, content_keys(other))


def test_a_part_of_a_name_is_no_country() -> None:
    assert not any(is_nation(key) for key in content_keys("united states"))
