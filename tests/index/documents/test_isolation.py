"""Documents are read in a process of their own: bombs and damage end in a message."""

import re
import tracemalloc
import zlib
from contextlib import suppress

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st
from reportlab.pdfgen.canvas import Canvas

from index.documents import isolation
from index.documents.extract import Extract, UnreadableError
from index.documents.isolation import SUFFIXES, extract

from .making import drawn_pdf, flowing_pdf, raw_pdf, said, stream, word_file, word_xml


def two_pages(canvas: Canvas) -> None:
    for number in (1, 2):
        canvas.drawString(60, 700, f"This is page number {number}.")
        canvas.showPage()


WHOLE = {
    ".pdf": drawn_pdf(two_pages, pageCompression=1),
    ".docx": word_file(lambda document: document.add_heading("This is a heading.")),
    ".html": b"<h1>This is a heading.</h1><p>And a <b>text</b> <!-- not this --> after it.",
}


def test_a_document_of_each_kind_comes_back_whole() -> None:
    found = {suffix: extract(data, suffix) for suffix, data in WHOLE.items()}
    assert found[".pdf"].text == "This is page number 1.\n\nThis is page number 2."
    assert [(place.start, place.page) for place in found[".pdf"].places] == [(0, 1), (24, 2)]
    assert [place.section for place in found[".docx"].places] == ["This is a heading."]
    assert found[".html"].text == "This is a heading.\n\nAnd a text after it."
    assert found[".html"].hidden == 1


def nested_flate() -> bytes:
    """A stream of 64 gigabytes."""
    packer = zlib.compressobj(9)
    header, zeros = packer.flush(zlib.Z_FULL_FLUSH)[:2], packer.compress(bytes(1 << 24))
    block = zeros + packer.flush(zlib.Z_FULL_FLUSH)
    packed = header + block * 4096 + packer.flush()
    return raw_pdf(zlib.compress(packed, 9), b"/Filter[/FlateDecode/FlateDecode]")


def doubling_forms() -> bytes:
    """A form that draws another twice, and so on: 2 to the power of 40 pieces of text."""
    header = b"/Type/XObject/Subtype/Form/BBox[0 0 600 800]/Resources<</XObject<</X %d 0 R>>>>"
    forms = [stream(b"/X Do /X Do", header % (number + 7)) for number in range(40)]
    last = stream(b"BT /F 12 Tf (boom) Tj ET", header % 6)
    return raw_pdf(b"/X Do", more=[*forms, last], resources=b"/XObject<</X 6 0 R>>")


def laughing_word() -> bytes:
    entities = "".join(f'<!ENTITY e{n} "{f"&e{n - 1};" * 10}">' for n in range(1, 10))
    return word_xml("<w:p><w:r><w:t>&e9;</w:t></w:r></w:p>", f'<!DOCTYPE x [<!ENTITY e0 "ha">{entities}]>')


BOMBS = {
    "a PDF stream packed twice": (nested_flate, ".pdf"),
    "PDF forms that double": (doubling_forms, ".pdf"),
    "a Word archive of zeros": (lambda: word_xml(" " * 250_000_000), ".docx"),
    "Word entities that multiply": (laughing_word, ".docx"),
    "Word parts without end": (lambda: word_xml("<w:sdt>" * 5000 + "</w:sdt>" * 5000), ".docx"),
    "a page without bottom": (lambda: b"<div>" * 1_000_000 + b"deep", ".html"),
    "a page of many elements": (lambda: b"<p>w" * 12_000_000, ".html"),
}


@pytest.mark.parametrize("bomb", BOMBS)
def test_a_bomb_is_refused_and_takes_no_memory_here(bomb: str) -> None:
    make, suffix = BOMBS[bomb]
    data = make()
    tracemalloc.start()
    try:
        with pytest.raises(UnreadableError, match=r"; (save|split) "):
            extract(data, suffix)
        assert tracemalloc.get_traced_memory()[1] < 5_000_000
    finally:
        tracemalloc.stop()


def test_the_limits_hold(monkeypatch: pytest.MonkeyPatch) -> None:
    many = flowing_pdf([said("A line of text. " * 40) for _ in range(400)])
    with monkeypatch.context() as patch:
        patch.setattr(isolation, "CPU_SECONDS", 0)
        with pytest.raises(UnreadableError, match="takes more than 0 seconds"):
            extract(many, ".pdf")
    with monkeypatch.context() as patch:
        patch.setattr(isolation, "SECONDS", 0.01)
        with pytest.raises(UnreadableError, match=r"takes more than 0\.01 seconds"):
            extract(many, ".pdf")


@pytest.mark.parametrize(
    ("data", "suffix", "message"),
    [
        (b"Just text.", ".pdf", "not a PDF document, whatever its name says"),
        (WHOLE[".pdf"], ".docx", "not a Word document, whatever its name says"),
        (b"\xd0\xcf\x11\xe0\xa1\xb1\x1a\xe1" * 99, ".docx", "old Word document or has a password"),
        (WHOLE[".docx"], ".html", "a ZIP archive"),
        (b"%PDF-1.4", ".pdf", "cut off or damaged"),
        (b"PK\x03\x04", ".docx", "cut off or damaged"),
    ],
)
def test_what_is_not_what_its_name_says_is_refused(data: bytes, suffix: str, message: str) -> None:
    with pytest.raises(UnreadableError, match=message):
        extract(data, suffix)


def test_code_in_the_current_folder_is_not_run(
    monkeypatch: pytest.MonkeyPatch, tmp_path_factory: pytest.TempPathFactory
) -> None:
    folder = tmp_path_factory.mktemp("hostile")
    for name in ("json.py", "lxml.py", "index.py", "resource.py"):
        folder.joinpath(name).write_text("raise SystemExit(9)", encoding="utf-8")
    monkeypatch.chdir(folder)
    assert extract(b"<p>Safe.", ".html").text == "Safe."


CONTROL = re.compile("[\x00-\x08\x0b-\x1f\x7f\ud800-\udfff]")
CHANGES = st.lists(st.tuples(st.floats(0, 1), st.integers(0, 255)), max_size=20)


@settings(max_examples=25)
@given(st.sampled_from(sorted(WHOLE)), CHANGES, st.floats(0, 1))
def test_a_damaged_document_gives_a_text_or_a_reason(
    suffix: str, changes: list[tuple[float, int]], share: float
) -> None:
    data = bytearray(WHOLE[suffix])
    for place, byte in changes:
        data[int(place * (len(data) - 1))] = byte
    kept = bytes(data[: int(len(data) * share)]) if share < 0.5 else bytes(data)
    found = Extract("")
    with suppress(UnreadableError):
        found = extract(kept, suffix)
    assert not CONTROL.search(found.text)
    assert all(0 <= place.start < len(found.text) for place in found.places)


def test_the_recipe_names_each_library() -> None:
    assert {part.rpartition("-")[0] for part in isolation.recipe().split()} == {
        *["lxml", "pypdfium2", "python-docx"]
    }
    assert set(WHOLE) < set(SUFFIXES)
