"""The encoding of a web page: by its mark, by what it names, or as any text; never garbled."""

import codecs

import pytest

from index.decoding import UndecodableError
from index.documents.charset import decode_page

WORDS = "<p>Café – “naïve” Żółć</p>"
GREEK = "<p>Λιμάνι</p>"


def meta(label: str, rest: str = "") -> str:
    return f"<html><head><meta charset={label}></head>{rest}"


@pytest.mark.parametrize(
    ("data", "text"),
    [
        (WORDS.encode(), WORDS),
        (codecs.BOM_UTF8 + WORDS.encode(), WORDS),
        (codecs.BOM_UTF16_LE + WORDS.encode("utf-16-le"), WORDS),
        (codecs.BOM_UTF16_BE + meta("ascii", WORDS).encode("utf-16-be"), meta("ascii", WORDS)),
        (codecs.BOM_UTF8 + meta("latin1", WORDS).encode(), meta("latin1", WORDS)),
        (meta("'UTF-8'", WORDS).encode(), meta("'UTF-8'", WORDS)),
        (meta("utf-16", WORDS).encode(), meta("utf-16", WORDS)),
        (meta("iso-8859-1", "“é”").encode("cp1252"), meta("iso-8859-1", "“é”")),
        (meta('"windows-1250"', "Żółć").encode("cp1250"), meta('"windows-1250"', "Żółć")),
        (meta("iso-8859-7", GREEK).encode("iso8859-7"), meta("iso-8859-7", GREEK)),
        (meta("koi8-r", "Пирс").encode("koi8-r"), meta("koi8-r", "Пирс")),
        (meta("Shift_JIS", "①港").encode("cp932"), meta("Shift_JIS", "①港")),
        (meta("gb2312", "镕").encode("gb18030"), meta("gb2312", "镕")),
        ("<p>café</p>".encode("cp1252"), "<p>café</p>"),
        (b"<p>One\r\nTwo\rThree</p>", "<p>One\nTwo\nThree</p>"),
    ],
)
def test_a_page_is_decoded(data: bytes, text: str) -> None:
    assert decode_page(data) == text


@pytest.mark.parametrize(
    "named",
    [
        '<meta http-equiv="Content-Type" content="text/html; charset=iso-8859-2">',
        '<META CHARSET = "ISO-8859-2" />',
        '<?xml version="1.0" encoding="iso-8859-2"?>',
    ],
)
def test_each_way_to_name_an_encoding_counts(named: str) -> None:
    page = f"{named}<p>Żółć</p>"
    assert decode_page(page.encode("iso8859-2")) == page


@pytest.mark.parametrize(
    ("data", "message"),
    [
        (meta("utf-8", "café").encode("cp1252"), r"names the encoding utf-8, but byte 42 \(0xE9\)"),
        (meta("windows-1252", "\x81").encode("latin1"), r"names the encoding windows-1252, but byte 46"),
        (meta("utf-7", "+ADw-script+AD4-").encode(), r"names the encoding 'utf-7', which is not one"),
        (meta("x-user-defined").encode(), "'x-user-defined', which is not one"),
        (meta("base64").encode(), "'base64', which is not one"),
        (b"%PDF-1.7 <html>", "it is a PDF document"),
        (b"<p>One\x00two</p>", "binary"),
        (codecs.BOM_UTF32_LE + "<p>".encode("utf-32-le"), "UTF-32"),
        ("<p>�����</p>".encode(), "letters were lost"),
    ],
)
def test_what_is_not_certain_is_refused(data: bytes, message: str) -> None:
    with pytest.raises(UndecodableError, match=message):
        decode_page(data)
