"""What a PDF document gives: paragraphs, pages, sections; no running lines, nothing that is hidden."""

import re
from collections.abc import Callable
from typing import Any

import pytest
from hypothesis import example, given, settings
from hypothesis import strategies as st
from reportlab.lib.pagesizes import A4
from reportlab.lib.utils import ImageReader
from reportlab.pdfgen.canvas import Canvas
from reportlab.platypus import Table

from index.article import Place
from index.documents.extract import UnreadableError
from index.documents.pdf import extract

from .making import drawn_pdf, flowing_pdf, raw_pdf, said

PIER = (
    "The board of Tollwick voted to rebuild the north pier. The work will cost 6.4 million pounds, and "
    "nobody on the board minds that much. Ilse Brackmoor will lead the work from the first day to the last. "
)


def words(text: str) -> list[str]:
    return re.findall(r"\w+", text)


@pytest.mark.parametrize("columns", [1, 2])
def test_lines_are_joined_to_paragraphs_over_columns_and_pages(columns: int) -> None:
    paragraphs = [f"{PIER * 3}This is number {number}." for number in range(12)]
    found = extract(flowing_pdf([said(text) for text in paragraphs], columns))
    assert found.text == "\n\n".join(" ".join(text.split()) for text in paragraphs)
    assert [place.page for place in found.places] == list(range(1, len(found.places) + 1))


def test_headings_stand_alone_and_table_rows_are_lines() -> None:
    table = Table([["What", "Cost"], ["North pier", "6.4"], ["South quay", "2.1"]], [200, 100])
    story = [said("Delivery", "Heading1"), said(PIER * 2), table, said("After the table comes this.")]
    assert extract(flowing_pdf(story)).text == (
        f"Delivery\n\n{(PIER * 2).strip()}\n\n"
        "What | Cost\nNorth pier | 6.4\nSouth quay | 2.1\n\nAfter the table comes this."
    )


def test_running_headers_footers_and_page_numbers_are_dropped() -> None:
    def furniture(canvas: Canvas, number: int) -> None:
        canvas.drawString(60, 800, "Annual harbour report")
        canvas.drawCentredString(300, 40, f"Page {number} of 9")

    story = [said(f"Part {number}. {PIER * 15}") for number in range(9)]
    found = extract(flowing_pdf(story, on_page=furniture))
    assert found.places[-1].page is not None
    assert found.places[-1].page > 2
    assert "Annual" not in found.text
    assert "Page" not in found.text
    assert found.text.count("Part ") == 9


def test_a_line_that_one_page_has_stays() -> None:
    found = extract(drawn_pdf(lambda canvas: canvas.drawString(60, 800, "Annual report, page 1")))
    assert found.text == "Annual report, page 1"


@pytest.mark.parametrize(
    ("first", "second", "rest", "text"),
    [
        ("the impor-", "tance of it", "", "the importance of it"),
        ("a well-", "known fact", "It is well known, and known well.", "a well-known fact"),
        ("the Anglo-", "French plan", "", "the Anglo-French plan"),
        ("from 2030-", "31 on", "", "from 2030-31 on"),
        ("the plan -", "if it is one", "", "the plan - if it is one"),
    ],
)
def test_a_word_broken_at_the_end_of_a_line_is_whole(first: str, second: str, rest: str, text: str) -> None:
    def draw(canvas: Canvas) -> None:
        lines = ["a line that is longer than every other one", first, second, "", rest]
        for number, line in enumerate(lines):
            canvas.drawString(60, 700 - 14 * number, line)

    assert f"other one {text}" in extract(drawn_pdf(draw)).text


def test_the_outline_names_the_sections() -> None:
    def draw(canvas: Canvas) -> None:
        for number, title in enumerate(["Delivery", "Cost"]):
            canvas.bookmarkHorizontal(title, 0, 720)
            canvas.addOutlineEntry(title, title)
            canvas.drawString(60, 740, "An earlier line.")
            canvas.drawString(60, 700, title)
            canvas.drawString(60, 660, f"About number {number}.")
            canvas.showPage()

    found = extract(drawn_pdf(draw))
    assert found.text.startswith("An earlier line.\n\nDelivery\n\nAbout number 0.\n\nAn earlier")
    second = found.text.index("An", 3)
    assert found.places == (
        Place(0, 1),
        Place(18, 1, "Delivery"),
        Place(second, 2, "Delivery"),
        Place(second + 18, 2, "Cost"),
    )


def white(canvas: Canvas) -> None:
    canvas.setFillColorRGB(1, 1, 1)
    canvas.drawString(60, 600, "Marker words")


def clear(canvas: Canvas) -> None:
    canvas.setFillAlpha(0)
    canvas.drawString(60, 600, "Marker words")


def without_ink(canvas: Canvas) -> None:
    text = canvas.beginText(60, 600)
    text.setTextRenderMode(3)
    text.textLine("Marker words")
    text.setTextRenderMode(0)
    canvas.drawText(text)


def off_the_page(canvas: Canvas) -> None:
    canvas.drawString(60, -200, "Marker words")


def tagged(canvas: Canvas) -> None:
    canvas.setFillColorRGB(1, 1, 1)
    canvas.rect(0, 0, *A4, stroke=0, fill=1)
    white(canvas)


def dark_box(canvas: Canvas) -> None:
    canvas.rect(50, 590, 300, 30, fill=1)
    white(canvas)


def scanned(canvas: Canvas) -> None:
    from PIL import Image

    canvas.drawImage(ImageReader(Image.new("L", (10, 10), 200)), 0, 0, *A4)
    without_ink(canvas)


@pytest.mark.parametrize("draw", [white, clear, without_ink, off_the_page, tagged])
def test_hidden_letters_are_dropped_and_counted(draw: Callable[[Canvas], Any]) -> None:
    def page(canvas: Canvas) -> None:
        draw(canvas)
        canvas.setFillAlpha(1)
        canvas.setFillColorRGB(0, 0, 0)
        canvas.drawString(60, 500, "The visible line.")

    found = extract(drawn_pdf(page))
    assert (found.text, found.hidden) == ("The visible line.", 1)


@pytest.mark.parametrize("draw", [dark_box, scanned])
def test_white_on_dark_and_recognized_text_stay(draw: Callable[[Canvas], Any]) -> None:
    found = extract(drawn_pdf(draw))
    assert (found.text, found.hidden) == ("Marker words", 0)


def test_a_document_that_needs_a_password_is_refused_and_one_that_opens_is_read() -> None:
    from reportlab.lib.pdfencrypt import StandardEncryption

    def draw(canvas: Canvas) -> None:
        canvas.drawString(60, 700, "Tollwick")

    with pytest.raises(UnreadableError, match="it needs a password; save it without one"):
        extract(drawn_pdf(draw, encrypt=StandardEncryption("secret")))
    assert extract(drawn_pdf(draw, encrypt=StandardEncryption("", "owner"))).text == "Tollwick"


def test_a_scan_gives_no_text_and_letters_without_meaning_are_refused() -> None:
    assert extract(drawn_pdf(lambda canvas: canvas.rect(60, 60, 90, 90))).text == ""
    encoded = b"BT /F 12 Tf 72 700 Td <%s> Tj ET" % b"EE80".hex().encode()
    assert "EE80" in extract(raw_pdf(encoded)).text


def test_pages_that_point_to_themselves_are_refused() -> None:
    with pytest.raises(UnreadableError, match="damaged"):
        extract(raw_pdf(b"").replace(b"Kids[3 0 R]", b"Kids[2 0 R]"))


# No digits and no letters of Roman numbers: a page number is dropped.
WORD = st.text("abdefghjkmnopqrstuwyzABDEFGHé", min_size=1, max_size=9)
PARAGRAPHS = st.lists(st.lists(WORD, min_size=1, max_size=60).map(" ".join), min_size=1, max_size=12)


@settings(max_examples=30)
@example(["A", "A"], 1)
@example(["A", "A", "é", "bd A", "A"], 1)
@given(PARAGRAPHS, st.integers(1, 2))
def test_every_word_is_there_in_order(paragraphs: list[str], columns: int) -> None:
    found = extract(flowing_pdf([said(text) for text in paragraphs], columns))
    assert words(found.text) == words(" ".join(paragraphs))
    assert all(0 <= place.start < len(found.text) for place in found.places)
