"""Where in its file a character of an article stands."""

from hypothesis import given
from hypothesis import strategies as st

from index.article import Article, Place


def article(*places: Place) -> Article:
    return Article("a.pdf", "text" * 9, "0" * 64, (), (), places)


def test_a_place_is_good_until_the_next() -> None:
    first, second = Place(3, 1), Place(7, 2, "Cost")
    found = article(first, second)
    assert [found.place(offset) for offset in (3, 6, 7, 99)] == [first, first, second, second]
    assert found.place(2) == Place(0)
    assert article().place(5) == Place(0)


@given(st.sets(st.integers(0, 30)), st.integers(0, 30))
def test_the_place_is_the_last_that_began(starts: set[int], offset: int) -> None:
    found = article(*(Place(start, start + 1) for start in sorted(starts))).place(offset)
    begun = [start for start in starts if start <= offset]
    assert found.page == (max(begun) + 1 if begun else None)
