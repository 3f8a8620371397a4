"""What text files may look like, and what is refused."""

import pytest
from hypothesis import given
from hypothesis import strategies as st

from index.decoding import UndecodableError, decode

SENTENCE = "“Renault’s Ampere” is a company, says Ford’s CEO. It costs 5 €. Café."
PLAIN = st.text(
    st.characters(exclude_categories=["Cs", "Cc"], exclude_characters="\ufeff\ufffd"), min_size=1
).map(lambda text: "A text. " * 3 + text)


@pytest.mark.parametrize(
    ("data", "text"),
    [
        pytest.param(SENTENCE.encode(), SENTENCE, id="utf-8"),
        pytest.param(SENTENCE.encode("utf-8-sig"), SENTENCE, id="utf-8 with mark"),
        pytest.param(b"\xff\xfe" + SENTENCE.encode("utf-16-le"), SENTENCE, id="utf-16-le"),
        pytest.param(b"\xfe\xff" + SENTENCE.encode("utf-16-be"), SENTENCE, id="utf-16-be"),
        pytest.param(SENTENCE.encode("cp1252"), SENTENCE, id="cp1252"),
        pytest.param(b"One.\r\nTwo.\rThree.\n", "One.\nTwo.\nThree.\n", id="line ends"),
        pytest.param(b"a\tb\x0cc", "a\tb\x0cc", id="tab and form feed"),
        pytest.param("这是一篇文章。".encode(), "这是一篇文章。", id="chinese"),
    ],
)
def test_reads(data: bytes, text: str) -> None:
    assert decode(data) == text


@pytest.mark.parametrize(
    ("data", "reason"),
    [
        (SENTENCE.encode("utf-16-le"), "looks like UTF-16-LE without"),
        (SENTENCE.encode("utf-16-be"), "looks like UTF-16-BE without"),
        (SENTENCE.encode("utf-32"), "UTF-32"),
        (b"\xff\xfe" + b"a\x00\x00\xd8", "byte order mark says UTF-16-LE"),
        (b"%PDF-1.7 text", "PDF"),
        (b"PK\x03\x04rest", "ZIP"),
        (b"text\x00and \x01\x02 more", "byte 4 is zero"),
        (b"colour \x1b[31m", "U+001B"),
        ("Привет, мир. ".encode("koi8-r") * 5, "not ASCII"),
        ("日本語の文章です。".encode("shift-jis") * 5, "not "),
        (SENTENCE.encode() + b" caf\xe9", "mixes two encodings"),
        (SENTENCE.encode()[:-2], "mixes two encodings or is cut off"),
        (b"plain words and one odd byte \x81 here, nothing else", "nor Windows-1252"),
        ("lost \ufffd letters".encode(), "U+FFFD"),
    ],
)
def test_refuses(data: bytes, reason: str) -> None:
    with pytest.raises(UndecodableError, match=reason.replace("+", r"\+")):
        decode(data)


@given(PLAIN)
def test_every_encoding_gives_the_same_text(text: str) -> None:
    for encoding in ("utf-8", "utf-8-sig", "utf-16"):
        assert decode(text.encode(encoding)) == text


@given(st.binary())
def test_any_bytes_are_read_or_refused(data: bytes) -> None:
    try:
        text = decode(data)
    except UndecodableError:
        return
    assert "\r" not in text
    assert "\x00" not in text
