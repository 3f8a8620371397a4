import pytest
from claims import claim_of

from rag.checks.numbers import missing_number
from rag.checks.readings import coded, held_quantities


def _problem(sentence: str, source: str) -> str | None:
    return missing_number(claim_of(sentence, "What?", source))


@pytest.mark.parametrize(
    ("sentence", "source"),
    [
        ("500 mg.", "Take 500mg twice a day."),
        ("500mg.", "Take 500 mg twice a day."),
        ("0.5 g.", "Take 500mg twice a day."),
        ("250 mg.", "Adults take 500mg, children 250mg."),
        ("200–400 mg.", "Take 200mg to 400mg."),
        ("512 GB.", "It has 512GB of storage."),
        ("10 megabytes.", "Attachments may have 10MB."),
        ("5,000 mAh.", "The battery has 5000mAh."),
        ("12 megapixels.", "The camera has 12MP."),
        ("At 120 Hz.", "The 120Hz screen is bright."),
        ("250 calories.", "A bar has 250kcal."),
        ("2.5 bar.", "Keep the tyres at 2.5bar."),
        ("5 pounds.", "It weighs 5lb."),
        ("500.", "The fine is 500kr."),
        ("500 kr.", "The fine is 500kr."),
        ("500kr.", "The fine is 500 kr."),
        ("180 C.", "Bake it at 180C."),
        ("One hour.", "It lasted an hour."),
        ("12 months.", "The lease runs for a year."),
        ("90 minutes.", "The tour takes an hour and a half."),
        ("In 2012.", "In 2012 GB won 29 golds."),
    ],
)
def test_a_unit_may_be_glued_to_its_number(sentence: str, source: str) -> None:
    assert _problem(sentence, source) is None


@pytest.mark.parametrize(
    ("sentence", "source"),
    [
        ("500 ml.", "Take 500mg twice a day."),
        ("50 mg.", "Take 500mg twice a day."),
        ("500mg.", "Take 500 ml twice a day."),
        ("512 MB.", "It has 512GB of storage."),
        ("2.5 psi.", "Keep the tyres at 2.5bar."),
        ("500 kg.", "The fine is 500kr."),
        ("500dr.", "The fine is 500 kr."),
        ("12 units.", "The vitamin B12 is rare."),
        ("380 seats.", "The A380 is large."),
        ("40.", "The Tarn 40S is made of steel."),
        ("5 networks.", "It offers 5G."),
    ],
)
def test_another_unit_or_a_name_does_not_hold_the_number(sentence: str, source: str) -> None:
    assert _problem(sentence, source) is not None


@pytest.mark.parametrize(
    "source",
    [
        "Take it twice a day.",
        "It costs 25 euros a day.",
        "It takes half a day.",
        "It takes a quarter of a day.",
        "Open for several hours a day.",
        "It takes a day and a half.",
    ],
)
def test_a_rate_or_a_part_is_not_one(source: str) -> None:
    assert _problem("One day.", source) is not None


def test_other_letters_after_a_number_are_a_reading_of_their_own() -> None:
    assert [one.raw for one in coded("40 px and 12 elks")] == [40, 12, "12elks"]
    assert [str(one.raw) for one in held_quantities("A fine of 500kr.")] == ["500kr", "500"]
