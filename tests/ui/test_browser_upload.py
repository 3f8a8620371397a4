"""Articles that people add on the page: how far it is, and asking about them at once."""

from collections.abc import Iterator
from pathlib import Path

import pytest
from fakes import HashingEmbedder
from playwright.sync_api import Browser, FilePayload, Page, expect

from index.build import build_index
from index.store import open_index
from rag.pipeline import Pipeline
from ui.settings import Settings, UploadSettings

from ..index.documents.making import flowing_pdf, said, word_file
from .browsing import ask, barriers, opened
from .conftest import SlowGenerator, made, serving

pytestmark = [
    pytest.mark.browser,
    pytest.mark.enable_socket,
    pytest.mark.allow_hosts(["127.0.0.1"]),
    pytest.mark.filterwarnings("ignore:'future.no_silent_downcasting' is deprecated"),
    pytest.mark.filterwarnings("ignore:.*:DeprecationWarning:reportlab"),
]

PLACES = ("harbour", "lighthouse", "bakery", "library", "museum")
SAYS = "The {} of Tollwick opens at {} each day."
HOURS = dict(zip(PLACES, ("seven", "eight", "nine", "ten", "eleven"), strict=True))
REPLIES = {place: SAYS.format(place, hour) for place, hour in HOURS.items()}


def files() -> Iterator[tuple[str, FilePayload]]:
    """A file of each format, with the place that it is about."""
    texts = {place: REPLIES[place] for place in PLACES}
    contents = {
        "harbour.txt": texts["harbour"].encode(),
        "lighthouse.md": f"# Light\n\n{texts['lighthouse']}".encode(),
        "bakery.html": f"<h1>Bread</h1><p>{texts['bakery']}</p>".encode(),
        "library.pdf": flowing_pdf([said(texts["library"])]),
        "museum.docx": word_file(lambda document: document.add_paragraph(texts["museum"])),
    }
    for name, content in contents.items():
        payload: FilePayload = {"name": name, "mimeType": "application/octet-stream", "buffer": content}
        yield name.partition(".")[0], payload


@pytest.fixture(scope="module")
def address(tmp_path_factory: pytest.TempPathFactory, embedder: HashingEmbedder) -> Iterator[str]:
    folder = tmp_path_factory.mktemp("added")
    (folder / "first.txt").write_text("The gate of Tollwick is green.", encoding="utf-8")
    store = folder / "store"
    build_index([folder], store, embedder)
    pipeline = Pipeline(
        open_index(store), embedder, SlowGenerator(REPLIES | {"": "The article does not say."})
    )
    with serving(made(pipeline, Settings(upload=UploadSettings(allow=True)), store)) as at:
        yield at


def test_a_file_of_each_format_can_be_asked_about_at_once(page: Page) -> None:
    expect(page.locator("#scope")).to_be_hidden()
    assert barriers(page) == []
    for place, payload in files():
        page.locator("#file").set_input_files(payload)
        expect(page.locator("#article-choice")).to_have_value(payload["name"])
        expect(page.locator("#article-text")).to_contain_text(REPLIES[place])
        ask(page, f"When does the {place} of Tollwick open each day?")
        answer = page.locator("#log .exchange").last
        expect(answer.locator(".mark")).to_have_attribute("data-quote", REPLIES[place])
        expect(answer.locator(".place")).to_contain_text(payload["name"])
    expect(page.locator("#adding")).to_be_hidden()
    page.get_by_label("Ask about").select_option("first.txt")
    expect(page.locator("#article-choice")).to_have_value("first.txt")
    ask(page, "When does the harbour of Tollwick open each day?")
    expect(page.locator("#log .exchange").last.locator(".verdict")).to_be_visible()


def test_what_can_not_be_added_is_told_in_a_line(browser: Browser, address: str) -> None:
    for page in opened(browser, address, lasting=False):  # the browser itself complains of a status of 4xx
        unreadable: FilePayload = {"name": "a.pdf", "mimeType": "application/pdf", "buffer": b"%PDF-none"}
        page.locator("#file").set_input_files(unreadable)
        expect(page.locator("#adding-problem")).to_contain_text("a.pdf: The file can't be read")
        unknown: FilePayload = {"name": "a.exe", "mimeType": "application/x", "buffer": b"MZ"}
        page.locator("#file").set_input_files(unknown)
        expect(page.locator("#adding-problem")).to_contain_text("a.exe: ")
        expect(page.locator("#adding")).to_be_hidden()
        assert barriers(page) == []


def test_a_file_can_be_dropped_on_the_page(page: Page) -> None:
    page.evaluate(
        """() => {
          const carried = new DataTransfer();
          carried.items.add(new File(["The quay of Tollwick is old."], "dropped.txt"));
          const given = { bubbles: true, cancelable: true, dataTransfer: carried };
          document.querySelector("#talk").dispatchEvent(new DragEvent("dragover", given));
          document.querySelector("#talk").dispatchEvent(new DragEvent("drop", given));
        }"""
    )
    expect(page.locator("#article-choice")).to_have_value("dropped.txt")


def test_nothing_of_it_is_there_where_it_is_not_allowed(
    browser: Browser, tmp_path: Path, embedder: HashingEmbedder
) -> None:
    (tmp_path / "first.txt").write_text("The gate of Tollwick is green.", encoding="utf-8")
    build_index([tmp_path], tmp_path / "store", embedder)
    pipeline = Pipeline(open_index(tmp_path / "store"), embedder, SlowGenerator(REPLIES))
    with serving(made(pipeline, store=tmp_path / "store")) as at:
        for page in opened(browser, at):
            assert page.locator(":is(#add, #file, #adding, #drop)").count() == 0
