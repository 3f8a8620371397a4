from hypothesis import given
from hypothesis import strategies as st

from rag.lookup import guess

TOKENS = st.lists(st.integers(0, 3), max_size=40)


def test_a_text_goes_on_as_it_did_before() -> None:
    assert guess([1, 2, 3, 4, 5, 9, 2, 3], 2) == [4, 5]
    assert guess([1, 2, 3, 4, 1, 2, 3, 5, 1, 2, 3], 1) == [5]  # the most recent place
    assert guess([7, 2, 3, 4, 1, 8, 3, 5, 2, 3], 1) == [4]  # the longer tail that stood before
    assert guess([1, 2, 3], 4) == []
    assert guess([], 4) == []


@given(TOKENS, st.integers(0, 8))
def test_a_guess_is_what_followed_an_earlier_tail(seen: list[int], count: int) -> None:
    found = guess(seen, count)
    assert len(found) <= count
    if found:
        tail = seen[-2:]
        joined = [*tail, *found]
        assert any(seen[at : at + len(joined)] == joined for at in range(len(seen) - len(joined) + 1))
