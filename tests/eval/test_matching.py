import pytest

from eval.matching import holds, normalise


@pytest.mark.parametrize(
    ("text", "expected"),
    [
        ("The Fiesta’s successor", "fiesta s successor"),  # article dropped, apostrophe is a word's end
        ("An over-the-air update", "over air update"),  # hyphens part words, then "the" is an article
        ("ＡｍｐＲ ﬁrst", "ampr first"),  # NFKC
        ("STRASSE straße", "strasse strasse"),  # case folding, not lower case
        ("1,234,567 litres", "1234567 litres"),  # both thousands separators
        ("2\u202f400 and 2\u00a0400 and 2 400", "2400 and 2400 and 2400"),  # narrow, hard and plain spaces
        ("12,34 and 1,2345", "12 34 and 1 2345"),  # three digits must follow
        ("£6.4 million.", "£6.4 million"),  # a point inside a number stays, the full stop goes
        ("37.5 % of 5€", "37.5 % of 5€"),
        ("“CAR OS,”", "car os"),
        ("A290 and a car", "a290 and car"),
        ("the", ""),
    ],
)
def test_normalise(text: str, expected: str) -> None:
    assert normalise(text) == expected


@pytest.mark.parametrize(
    ("needle", "text", "expected"),
    [
        ("Fiesta", "the new FIESTA.", True),
        ("Europe", "core European segments", True),  # from the start of a word, longer than three characters
        ("pean", "core European segments", False),  # not from a word's start
        ("fun", "fundamental", False),  # three characters: whole words only
        ("fun", "fun, capable", True),
        ("No", "Nobody knows.", False),
        ("no", "The answer is no", True),
        ("two", "2028 saw two.", True),
        ("60", "600 hours", False),
        ("2,400", "up to 2 400 litres", True),
        ("£6.4", "It costs £6.4m.", True),
        ("6.4", "It costs £6.4m.", False),  # the sign of the currency starts the word
        ("a phone", "upgrading the phone", True),  # articles do not count
        ("4 °C to 35 °C", "4 °C to 35 °C.", True),
        ("over-the-air", "over the air updates", True),
        ("driving dynamics", "dynamics of driving", False),
        ("the", "the the the", False),  # nothing is left of the needle
        ("", "anything", False),
        ("x", "", False),
    ],
)
def test_holds(needle: str, text: str, expected: bool) -> None:
    assert holds(needle, text) is expected
