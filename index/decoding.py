r"""Decodes the bytes of a text file: UTF-8, UTF-16 with a byte order mark, or Windows-1252.

Anything else is refused with a reason, so that no answer ever quotes garbled words. Line ends become ``\n``
as they do in ``Path.read_text``, and a byte order mark is dropped, so offsets are those of the text that
``path.read_text(encoding="utf-8-sig")`` gives.
"""

import codecs
import re

_SIGNATURES = {
    b"%PDF": "a PDF document",
    b"PK\x03\x04": "a ZIP archive (or an Office document)",
    b"\x7fELF": "a program",
    b"\x89PNG": "a PNG picture",
    b"\xff\xd8\xff": "a JPEG picture",
    b"GIF8": "a GIF picture",
    b"\x1f\x8b": "a gzip archive",
    b"{\\rtf": "an RTF document",
}
_MARKS = {
    codecs.BOM_UTF8: "utf-8",
    codecs.BOM_UTF16_LE: "utf-16-le",
    codecs.BOM_UTF16_BE: "utf-16-be",
}
_UTF32_MARKS = (codecs.BOM_UTF32_LE, codecs.BOM_UTF32_BE)
_CONTROL = re.compile(r"[\x00-\x08\x0e-\x1f\x7f]")
_UTF8_SEQUENCE = re.compile(rb"[\xc2-\xdf][\x80-\xbf]|[\xe0-\xef][\x80-\xbf]{2}|[\xf0-\xf4][\x80-\xbf]{3}")
MAX_DAMAGED = 0.001
MAX_FOREIGN = 0.3


class UndecodableError(ValueError):
    """The bytes are not a text that can be read; the message says what was found."""


def decode(data: bytes) -> str:
    """The text of a file's bytes.

    Raises:
        UndecodableError: when they are no text, or their encoding is not certain.
    """
    for signature, kind in _SIGNATURES.items():
        if data.startswith(signature):
            raise UndecodableError(f"it is {kind}")
    text = _decoded(data)
    if control := _CONTROL.search(text):
        raise UndecodableError(
            f"it holds the control character U+{ord(control.group()):04X} at character {control.start()}, "
            "so it is binary or damaged"
        )
    if text.count("\ufffd") > MAX_DAMAGED * len(text):
        raise UndecodableError("it is full of U+FFFD marks, so its letters were lost before")
    return text.replace("\r\n", "\n").replace("\r", "\n")


def _decoded(data: bytes) -> str:
    if data.startswith(_UTF32_MARKS):
        raise UndecodableError("its byte order mark says UTF-32")
    for mark, encoding in _MARKS.items():
        if data.startswith(mark):
            return _strictly(data[len(mark) :], encoding)
    if b"\x00" in data:
        raise UndecodableError(_what_has_zeros(data))
    try:
        return data.decode("utf-8")
    except UnicodeDecodeError as error:
        return _western(data, error)


def _strictly(data: bytes, encoding: str) -> str:
    try:
        return data.decode(encoding)
    except UnicodeDecodeError as error:
        raise UndecodableError(
            f"its byte order mark says {encoding.upper()}, but byte {error.start} is {error.reason}"
        ) from None


def _what_has_zeros(data: bytes) -> str:
    """Names UTF-16 without a byte order mark apart from binary data: half of its bytes are zero."""
    for encoding, zeros in (("UTF-16-LE", data[1::2]), ("UTF-16-BE", data[::2])):
        if zeros.count(0) > 0.6 * len(zeros):
            return f"it looks like {encoding} without a byte order mark"
    return f"it is binary: byte {data.index(0)} is zero"


def _western(data: bytes, error: UnicodeDecodeError) -> str:
    """Windows-1252, if the bytes can't well be something else."""
    where = f"it is not UTF-8 (byte {error.start} is 0x{data[error.start]:02X})"
    foreign = len(data.translate(None, bytes(range(128))))
    in_sequences = sum(len(match) for match in _UTF8_SEQUENCE.findall(data))
    if in_sequences >= foreign / 2:
        raise UndecodableError(f"{where}, though most of it is: it mixes two encodings or is cut off")
    if foreign > MAX_FOREIGN * len(data.translate(None, b" \t\r\n")):
        raise UndecodableError(f"{where}, and too much of it is not ASCII to be Windows-1252")
    try:
        return data.decode("cp1252")
    except UnicodeDecodeError as undefined:
        byte = data[undefined.start]
        raise UndecodableError(f"{where} nor Windows-1252 (byte {undefined.start} is 0x{byte:02X})") from None
