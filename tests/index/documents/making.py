"""Makes the documents that the tests read: PDF with reportlab or by hand, Word with python-docx."""

import io
import zipfile
from collections.abc import Callable, Sequence
from typing import Any

import docx
from docx.document import Document
from reportlab.lib.pagesizes import A4
from reportlab.lib.styles import getSampleStyleSheet
from reportlab.pdfgen.canvas import Canvas
from reportlab.platypus import BaseDocTemplate, Flowable, Frame, PageTemplate, Paragraph

STYLES = getSampleStyleSheet()
WORD = "http://schemas.openxmlformats.org/wordprocessingml/2006/main"
Draw = Callable[[Canvas, int], None]


def drawn_pdf(draw: Callable[[Canvas], Any], **options: Any) -> bytes:  # noqa: ANN401
    """A PDF as a canvas draws it."""
    file = io.BytesIO()
    canvas = Canvas(file, pagesize=A4, **options)
    draw(canvas)
    canvas.save()
    return file.getvalue()


def flowing_pdf(
    story: Sequence[Flowable], columns: int = 1, on_page: Draw = lambda canvas, number: None
) -> bytes:
    """A PDF whose text flows over as many pages as it needs."""
    file = io.BytesIO()
    width = (A4[0] - 120) / columns
    frames = [Frame(60 + at * width, 80, width - 10, A4[1] - 160) for at in range(columns)]
    document = BaseDocTemplate(file, pagesize=A4)
    document.addPageTemplates(PageTemplate(frames=frames, onPage=lambda c, d: on_page(c, d.page)))
    document.build(list(story))
    return file.getvalue()


def said(text: str, style: str = "BodyText") -> Paragraph:
    """A paragraph of a flowing PDF."""
    return Paragraph(text, STYLES[style])


def raw_pdf(
    content: bytes, filters: bytes = b"", more: Sequence[bytes] = (), resources: bytes = b""
) -> bytes:
    """A PDF of one page with this content stream, object by object; `more` are objects from 6 on."""
    page = (
        b"<</Type/Page/Parent 2 0 R/MediaBox[0 0 600 800]/Contents 4 0 R/Resources<</Font<</F 5 0 R>>%s>>>>"
    )
    objects = [
        b"<</Type/Catalog/Pages 2 0 R>>",
        b"<</Type/Pages/Kids[3 0 R]/Count 1>>",
        page % resources,
        stream(content, filters),
        b"<</Type/Font/Subtype/Type1/BaseFont/Helvetica>>",
        *more,
    ]
    out, offsets = b"%PDF-1.7\n", []
    for number, one in enumerate(objects, 1):
        offsets.append(len(out))
        out += b"%d 0 obj\n%s\nendobj\n" % (number, one)
    table = b"".join(b"%010d 00000 n \n" % offset for offset in offsets)
    size = len(objects) + 1
    out += b"xref\n0 %d\n0000000000 65535 f \n%s" % (size, table)
    return out + b"trailer<</Size %d/Root 1 0 R>>\nstartxref\n%d\n%%%%EOF" % (size, out.rindex(b"xref\n0 "))


def stream(content: bytes, filters: bytes = b"") -> bytes:
    """A stream object."""
    return b"<<%s/Length %d>>stream\n%s\nendstream" % (filters, len(content), content)


def word_file(fill: Callable[[Document], Any]) -> bytes:
    """A Word document as a function fills it."""
    document = docx.Document()
    fill(document)
    file = io.BytesIO()
    document.save(file)
    return file.getvalue()


def word_xml(body: str, prolog: str = "") -> bytes:
    """A Word document whose body is this markup."""
    xml = f'<?xml version="1.0"?>{prolog}<w:document xmlns:w="{WORD}"><w:body>{body}</w:body></w:document>'
    whole, file = zipfile.ZipFile(io.BytesIO(word_file(lambda document: None))), io.BytesIO()
    with zipfile.ZipFile(file, "w", zipfile.ZIP_DEFLATED) as archive:
        for name in whole.namelist():
            archive.writestr(name, xml if name == "word/document.xml" else whole.read(name))
    return file.getvalue()
