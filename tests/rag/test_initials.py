import pytest

from rag.initials import initials, spelt_out

TEXT = """The Federal Bureau of Investigation sends over-the-air updates.

Annual general
meeting of members, European affairs. Union dues bear value-added tax.
The Board of Arts, Letters and Sport met."""


@pytest.mark.parametrize(
    ("name", "is_spelt_out"),
    [
        ("FBI", True),
        ("OTA", True),
        ("AGM", True),
        ("VAT", True),
        ("BALS", True),
        ("FB", True),
        ("UA", False),
        ("EAU", False),
        ("EU", False),
        ("MOM", False),
        ("F", False),
        ("Fbi", False),
    ],
)
def test_an_abbreviation_is_spelt_out_within_a_phrase(name: str, is_spelt_out: bool) -> None:
    assert spelt_out(name, initials(TEXT)) == is_spelt_out
