import pytest
from layers import layer

import rag.packing
from rag.linear import PackedLinear, PlainLinear
from rag.packing import Form, changes_results, has_fbgemm, packed, quickest_form, rounding
from rag.seven_bits import SevenBitLinear


def stored() -> PlainLinear:
    return PlainLinear(*layer(0, 32, 64, True))  # type: ignore[arg-type]


@pytest.mark.parametrize(
    ("vnni", "fbgemm", "form"),
    [(True, True, "packed"), (True, False, "packed"), (False, True, "seven bits"), (False, False, "stored")],
)
def test_the_form_is_the_quickest_that_the_machine_has(
    monkeypatch: pytest.MonkeyPatch, vnni: bool, fbgemm: bool, form: str
) -> None:
    monkeypatch.setattr(rag.packing, "has_vnni", lambda: vnni)
    monkeypatch.setattr(rag.packing, "has_fbgemm", lambda: fbgemm)
    assert quickest_form() == form


@pytest.mark.parametrize(
    ("form", "kind"), [("packed", PackedLinear), ("seven bits", SevenBitLinear), ("stored", PlainLinear)]
)
def test_layers_come_in_that_form_under_their_names(
    monkeypatch: pytest.MonkeyPatch, form: Form, kind: type
) -> None:
    if form == "seven bits" and not has_fbgemm():
        pytest.skip("this torch was built without FBGEMM")
    monkeypatch.setattr(rag.packing, "quickest_form", lambda: form)
    made = dict(packed({"a": stored(), "b": stored()}, 2))
    assert list(made) == ["a", "b"]
    assert all(type(one) is kind for one in made.values())
    assert changes_results() == (form == "seven bits")


def test_states_of_forms_with_other_results_are_kept_apart(monkeypatch: pytest.MonkeyPatch) -> None:
    names = {}
    for form in ("packed", "seven bits", "stored"):
        monkeypatch.setattr(rag.packing, "quickest_form", lambda form=form: form)
        names[form] = rounding()
    assert names["packed"] == names["stored"] != names["seven bits"]
