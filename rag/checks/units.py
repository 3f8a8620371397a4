"""Units of measure and currencies by their written forms, and the magnitudes that multiply a number."""

from fractions import Fraction

MAGNITUDES = {
    "hundred": 100,
    "thousand": 1000,
    "million": 10**6,
    "billion": 10**9,
    "trillion": 10**12,
}
SHORT_MAGNITUDES = {"k": 1000, "m": 10**6, "mn": 10**6, "bn": 10**9, "tn": 10**12}
"""Only after a currency sign: elsewhere ``m`` is a metre."""

SIGNS = {"$": "dollar", "£": "pound", "€": "euro", "¥": "yen", "₹": "rupee"}

_CURRENCIES = (
    "dollar euro pound yen rupee crown franc yuan peso krona krone ruble rouble lira mark cent penny"
)
_SCALED: dict[str, list[tuple[str, Fraction]]] = {
    "time": [
        ("ms msec millisecond milliseconds", Fraction(1, 1000)),
        ("second seconds sec secs", Fraction(1)),
        ("minute minutes min mins", Fraction(60)),
        ("hour hours hr hrs h", Fraction(3600)),
        ("day days", Fraction(86_400)),
        ("week weeks wk wks", Fraction(604_800)),
    ],
    "months": [
        ("month months", Fraction(1)),
        ("year years yr yrs", Fraction(12)),
        ("decade decades", Fraction(120)),
    ],
    "length": [
        ("mm millimetre millimetres millimeter millimeters", Fraction(1, 1000)),
        ("cm centimetre centimetres centimeter centimeters", Fraction(1, 100)),
        ("m metre metres meter meters", Fraction(1)),
        ("km kilometre kilometres kilometer kilometers", Fraction(1000)),
    ],
    "mile": [("mile miles", Fraction(1))],
    "foot": [("foot feet ft", Fraction(1))],
    "inch": [("inch inches", Fraction(1))],
    "yard": [("yard yards", Fraction(1))],
    "mass": [
        ("mcg µg μg microgram micrograms", Fraction(1, 10**6)),
        ("mg milligram milligrams milligramme milligrammes", Fraction(1, 1000)),
        ("g gram grams gramme grammes", Fraction(1)),
        ("kg kilogram kilograms kilo kilos", Fraction(1000)),
        ("tonne tonnes", Fraction(10**6)),
    ],
    "ton": [("ton tons", Fraction(1))],
    "ounce": [("oz ounce ounces", Fraction(1))],
    "volume": [
        ("ml mL millilitre millilitres milliliter milliliters", Fraction(1, 1000)),
        ("cl centilitre centilitres centiliter centiliters", Fraction(1, 100)),
        ("dl decilitre decilitres deciliter deciliters", Fraction(1, 10)),
        ("l L litre litres liter liters", Fraction(1)),
    ],
    "power": [
        ("W watt watts", Fraction(1)),
        ("kW kilowatt kilowatts", Fraction(1000)),
        ("MW megawatt megawatts", Fraction(10**6)),
        ("GW gigawatt gigawatts", Fraction(10**9)),
    ],
    "horsepower": [("hp bhp horsepower", Fraction(1))],
    "energy": [
        ("Wh", Fraction(1, 1000)),
        ("kWh", Fraction(1)),
        ("MWh", Fraction(1000)),
        ("GWh", Fraction(10**6)),
    ],
    "calorie": [("kcal kilocalorie kilocalories calorie calories", Fraction(1))],
    "joule": [("kJ kilojoule kilojoules", Fraction(1)), ("MJ megajoule megajoules", Fraction(1000))],
    "charge": [("mAh", Fraction(1)), ("Ah", Fraction(1000))],
    "current": [("mA milliamp milliamps", Fraction(1, 1000)), ("amp amps ampere amperes", Fraction(1))],
    "frequency": [
        ("Hz hertz", Fraction(1)),
        ("kHz kilohertz", Fraction(1000)),
        ("MHz megahertz", Fraction(10**6)),
        ("GHz gigahertz", Fraction(10**9)),
    ],
    "data": [
        ("KB kB kilobyte kilobytes", Fraction(1000)),
        ("MB megabyte megabytes", Fraction(10**6)),
        ("GB gigabyte gigabytes", Fraction(10**9)),
        ("TB terabyte terabytes", Fraction(10**12)),
    ],
    "data rate": [("kbps", Fraction(1000)), ("Mbps", Fraction(10**6)), ("Gbps", Fraction(10**9))],
    "pixel": [("px pixel pixels", Fraction(1)), ("MP megapixel megapixels", Fraction(10**6))],
    "pressure": [("mbar millibar millibars", Fraction(1, 1000)), ("bar", Fraction(1))],
    "pascal": [
        ("hPa hectopascal hectopascals", Fraction(1)),
        ("kPa kilopascal kilopascals", Fraction(10)),
        ("MPa megapascal megapascals", Fraction(10_000)),
    ],
    "psi": [("psi", Fraction(1))],
    "rotation": [("rpm", Fraction(1))],
    "loudness": [("dB decibel decibels", Fraction(1))],
    "degree": [("° °C °F degree degrees", Fraction(1))],
    "volt": [("V volt volts", Fraction(1))],
    "speed": [("mph", Fraction(1))],
    "area": [("hectare hectares ha", Fraction(1))],
    "acre": [("acre acres", Fraction(1))],
    "percent": [("% percent percentage", Fraction(1))],
}

_IRREGULAR = {
    "pence": "penny",
    "pennies": "penny",
    "kronor": "krona",
    "kroner": "krone",
    "cents": "cent",
    "lb": "pound",
    "lbs": "pound",
}


def _forms() -> dict[str, tuple[str, Fraction]]:
    """Every written form with its dimension and its factor."""
    forms = {
        form: (dimension, factor)
        for dimension, rows in _SCALED.items()
        for written, factor in rows
        for form in written.split()
    }
    for name in _CURRENCIES.split():
        forms[name] = forms[name + "s"] = (name, Fraction(1))
    forms |= {sign: (name, Fraction(1)) for sign, name in SIGNS.items()}
    return forms | {form: (name, Fraction(1)) for form, name in _IRREGULAR.items()}


UNITS = _forms()

CURRENCIES = frozenset(_CURRENCIES.split()) | frozenset(SIGNS.values())
"""The units of sums of money."""


def unit_of(word: str) -> tuple[str, Fraction] | None:
    """The dimension and factor of a written unit; letters alone count only as they are written."""
    found = UNITS.get(word)
    if found is None and len(word) > 2:
        found = UNITS.get(word.casefold())
    return found
