"""What a Word document gives: all that is seen, nothing that is hidden, and where the headings are."""

import re
from collections.abc import Callable
from typing import Any

import pytest
from docx.document import Document
from docx.shared import RGBColor
from hypothesis import given, settings
from hypothesis import strategies as st

from index.article import Place
from index.documents.docx import extract
from index.documents.extract import UnreadableError

from .making import word_file, word_xml


def run(text: str, properties: str = "") -> str:
    return f'<w:r><w:rPr>{properties}</w:rPr><w:t xml:space="preserve">{text}</w:t></w:r>'


def paragraph(*runs: str, properties: str = "") -> str:
    return f"<w:p><w:pPr>{properties}</w:pPr>{''.join(runs)}</w:p>"


def text_of(*body: str) -> str:
    return extract(word_xml("".join(body))).text


def test_headings_lists_and_tables_are_lines_with_their_sections() -> None:
    def fill(document: Document) -> None:
        document.add_heading("Harbour report", 0)
        document.add_paragraph("The board\nvoted.")
        document.add_heading("Cost", 2)
        document.add_paragraph("one", style="List Bullet")
        document.add_paragraph("two", style="List Number")
        table = document.add_table(2, 2)
        for cell, text in zip(table._cells, ["What", "Cost", "Pier", "6.4"], strict=True):
            cell.text = text
        document.add_paragraph("The end.")

    found = extract(word_file(fill))
    assert found.text == (
        "Harbour report\n\nThe board\nvoted.\n\nCost\n\n- one\n- two\n\nWhat | Cost\nPier | 6.4\n\nThe end."
    )
    assert found.places == (Place(0, section="Harbour report", level=0), Place(34, section="Cost", level=2))


HIDING = [
    run("Marker", "<w:vanish/>"),
    run("Marker", '<w:vanish w:val="true"/>'),
    run("Marker", '<w:color w:val="FFFFFF"/>'),
    run("Marker", '<w:color w:val="ffffff"/><w:shd w:fill="auto"/>'),
    run("\U000e004d\U000e0041"),
]
DELETED = [
    "<w:del><w:r><w:delText>Marker</w:delText></w:r></w:del>",
    f"<w:moveFrom>{run('Marker')}</w:moveFrom>",
    "<w:r><w:instrText>Marker</w:instrText></w:r>",
]
SEEN = [
    run("Marker"),
    run("Marker", '<w:vanish w:val="0"/>'),
    run("Marker", '<w:color w:val="FFFFFF"/><w:highlight w:val="black"/>'),
    run("Marker", '<w:color w:val="FFFFFF"/><w:shd w:fill="000000"/>'),
    f"<w:ins>{run('Marker')}</w:ins>",
    f"<w:hyperlink>{run('Mar')}{run('ker')}</w:hyperlink>",
    f"<w:sdt><w:sdtContent>{run('Marker')}</w:sdtContent></w:sdt>",
    f"<w:fldSimple>{run('Marker')}</w:fldSimple>",
    f"<w:r><w:pict><w:txbxContent>{paragraph(run('Marker'))}</w:txbxContent></w:pict></w:r>",
]


@pytest.mark.parametrize("hiding", HIDING)
def test_hidden_runs_are_dropped_and_counted(hiding: str) -> None:
    found = extract(word_xml(paragraph(run("Be"), hiding, run("fore."))))
    assert (found.text, found.hidden) == ("Before.", 1)


@pytest.mark.parametrize("deleted", DELETED)
def test_what_was_deleted_is_not_there(deleted: str) -> None:
    assert text_of(paragraph(run("Be"), deleted, run("fore."))) == "Before."


@pytest.mark.parametrize("seen", SEEN)
def test_what_is_seen_stays(seen: str) -> None:
    assert "Marker" in text_of(paragraph(run("Before "), seen))


def test_a_style_hides_and_a_run_shows_again() -> None:
    def fill(document: Document) -> None:
        style = document.styles.add_style("Secret", 1)
        style.base_style = document.styles.add_style("Deep", 1)
        document.styles["Deep"].font.hidden = True
        document.add_paragraph("Marker", style="Secret").add_run(" shown").font.hidden = False
        document.add_paragraph("Plain.")

    found = extract(word_file(fill))
    assert (found.text, found.hidden) == ("shown\n\nPlain.", 1)


def test_a_hidden_row_and_a_hidden_text_box_are_dropped() -> None:
    box = f"<w:pict><w:txbxContent>{paragraph(run('Marker'))}</w:txbxContent></w:pict>"
    hidden_box = f"<w:r><w:rPr><w:vanish/></w:rPr>{box}</w:r>"
    cell = "<w:tc>{}</w:tc>".format
    rows = "<w:tr><w:trPr><w:hidden/></w:trPr>{0}{0}</w:tr><w:tr>{1}{1}</w:tr>".format(
        cell(paragraph(run("Marker"))), cell(paragraph(run("cell")))
    )
    assert text_of(paragraph(hidden_box), f"<w:tbl>{rows}</w:tbl>") == "cell | cell"


def test_a_white_letter_on_a_dark_cell_stays() -> None:
    white = paragraph(run("Head", '<w:color w:val="FFFFFF"/>'))
    dark = f'<w:tc><w:tcPr><w:shd w:fill="1F3864"/></w:tcPr>{white}</w:tc>'
    assert text_of(f"<w:tbl><w:tr>{dark}{dark}</w:tr></w:tbl>") == "Head | Head"


def test_a_table_of_one_column_is_a_frame_and_one_in_a_cell_runs_on() -> None:
    one = f"<w:tbl><w:tr><w:tc>{paragraph(run('One'))}{paragraph(run('Two'))}</w:tc></w:tr></w:tbl>"
    assert text_of(one) == "One\n\nTwo"
    two = f"<w:tbl><w:tr><w:tc>{one}</w:tc><w:tc>{paragraph(run('Three'))}</w:tc></w:tr></w:tbl>"
    assert text_of(two) == "One Two | Three"


@pytest.mark.parametrize(
    ("data", "message"),
    [
        (word_xml("<w:p/>", '<!DOCTYPE x [<!ENTITY e SYSTEM "file:///etc/passwd">]>'), "document type"),
        (word_xml("<w:p/>")[:-100], "cut off or damaged"),
    ],
)
def test_a_crafted_or_damaged_document_is_refused(data: bytes, message: str) -> None:
    with pytest.raises(UnreadableError, match=message):
        extract(data)


def test_a_document_that_unpacks_to_too_much_is_refused_before_it_is(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr("index.documents.docx.MAX_UNPACKED", 10_000)
    with pytest.raises(UnreadableError, match="unpacks to more than"):
        extract(word_xml("<w:p/>"))


WORDS = st.lists(st.text(st.characters(categories=["Ll", "Lu", "Nd"]), min_size=1, max_size=8), min_size=1)
KINDS = st.sampled_from(["Normal", "Heading 1", "List Bullet", "Table", "Hidden", "White"])


def add(document: Document, kind: str, words: list[str]) -> list[str]:
    """Adds a block; gives the words of it that are seen."""
    if kind == "Table":
        table = document.add_table(1, len(words))
        for cell, word in zip(table._cells, words, strict=True):
            cell.text = word
        return words
    if kind in {"Hidden", "White"}:
        added = document.add_paragraph().add_run(" ".join(words))
        added.font.hidden = kind == "Hidden" or None
        added.font.color.rgb = RGBColor(255, 255, 255) if kind == "White" else None
        return []
    document.add_paragraph(" ".join(words), style=kind)
    return words


@settings(max_examples=25)
@given(st.lists(st.tuples(KINDS, WORDS), max_size=6))
def test_every_visible_word_is_there_in_order(blocks: list[tuple[str, list[str]]]) -> None:
    expected: list[str] = []

    def fill(document: Document) -> None:
        for kind, words in blocks:
            expected.extend(add(document, kind, words))

    found = extract(word_file(fill))
    assert re.findall(r"\w+", found.text) == expected
    assert found.hidden == sum(kind in {"Hidden", "White"} for kind, _ in blocks)


def test_notes_follow_the_text() -> None:
    from docx.opc.constants import RELATIONSHIP_TYPE
    from docx.opc.packuri import PackURI
    from docx.opc.part import Part

    def with_note(document: Document) -> None:
        document.add_heading("Cost", 1)
        document.add_paragraph("Six million.")
        note: Callable[[str, str], str] = "<w:footnote{}>{}</w:footnote>".format
        xml = note(' w:type="separator"', paragraph(run("Line"))) + note("", paragraph(run("In pounds.")))
        blob = f'<w:footnotes xmlns:w="{NAMESPACE}">{xml}</w:footnotes>'.encode()
        part = Part(PackURI("/word/footnotes.xml"), KIND, blob, document.part.package)
        document.part.relate_to(part, RELATIONSHIP_TYPE.FOOTNOTES)

    found = extract(word_file(with_note))
    assert found.text == "Cost\n\nSix million.\n\nIn pounds."
    assert found.places[-1] == Place(20)


NAMESPACE = "http://schemas.openxmlformats.org/wordprocessingml/2006/main"
KIND: Any = "application/vnd.openxmlformats-officedocument.wordprocessingml.footnotes+xml"
