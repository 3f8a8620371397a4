from hypothesis import given
from hypothesis import strategies as st

from rag.generator import until_stop


@given(
    st.lists(st.text(alphabet="ab\n#", max_size=4)),
    st.lists(st.sampled_from(["\n", "##", "#\n"]), max_size=3),
)
def test_stopping_does_not_depend_on_how_the_text_is_cut(pieces: list[str], stop: list[str]) -> None:
    whole = "".join(pieces)
    ends = [at for at in (whole.find(s) for s in stop) if at >= 0]
    expected = whole[: min(ends)] if ends else whole
    assert "".join(until_stop(iter(pieces), tuple(stop))) == expected


def test_nothing_is_pulled_after_the_stop() -> None:
    pulled: list[str] = []

    def pieces() -> object:
        for piece in ["a", "b\n", "c", "d"]:
            pulled.append(piece)
            yield piece

    assert "".join(until_stop(pieces(), ("\n",))) == "ab"  # type: ignore[arg-type]
    assert pulled == ["a", "b\n"]
