"""Decodes a web page: by its byte order mark, else by the encoding that it names, else as any text file."""

import codecs
import re

from index.decoding import UndecodableError, decode

_MARKS = (codecs.BOM_UTF8, codecs.BOM_UTF16_LE, codecs.BOM_UTF16_BE, codecs.BOM_UTF32_LE)
_HEAD = 1024
_NAMED = re.compile(
    rb"""<meta\b[^<>]*?\bcharset\s*=\s*["']?\s*([\w.:-]+)|<\?xml[^<>]*?\bencoding\s*=\s*["']([\w.:-]+)""",
    re.IGNORECASE,
)
_KNOWN = re.compile(
    r"utf-?8|us-ascii|ascii|latin-?1|iso-?8859-?\d{1,2}|windows-?125\d|cp125\d|koi8-[ru]|macintosh|"
    r"big5|gb2312|gbk|gb18030|shift[_-]?jis|euc-jp|euc-kr|iso-2022-jp",
    re.IGNORECASE,
)
# Browsers read these as the encodings that grew out of them.
_GROWN = {
    "ascii": "cp1252",
    "iso8859-1": "cp1252",
    "iso8859-9": "cp1254",
    "gb2312": "gb18030",
    "gbk": "gb18030",
    "shift_jis": "cp932",
    "euc_kr": "cp949",
}


def decode_page(data: bytes) -> str:
    """The text of a page's bytes.

    Raises:
        UndecodableError: when they are no text, or not in the encoding that the page names.
    """
    named = None if data.startswith(_MARKS) else _NAMED.search(data, 0, _HEAD)
    if named is None or b"\x00" in data[:_HEAD]:
        return decode(data)
    label = (named.group(1) or named.group(2)).decode("ascii", "replace")
    if label.lower() in {"utf-16", "utf-16le", "utf-16be"}:  # a page whose ASCII can be read is not UTF-16
        return decode(data)
    if not _KNOWN.fullmatch(label):
        raise UndecodableError(f"it names the encoding {label[:40]!r}, which is not one that pages may use")
    encoding = codecs.lookup(label).name
    try:
        text = data.decode(_GROWN.get(encoding, encoding))
    except UnicodeDecodeError as error:
        byte = data[error.start]
        raise UndecodableError(
            f"it names the encoding {label}, but byte {error.start} (0x{byte:02X}) is not in it"
        ) from None
    return decode(text.encode())
