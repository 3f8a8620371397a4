"""How the page looks to people: narrow or dark, and with articles that try to be more than text."""

import re

import pytest
from fakes import HashingEmbedder
from playwright.sync_api import Browser, Page, expect

from index.build import build_index
from index.store import open_index
from rag.pipeline import Pipeline

from .browsing import ask, opened
from .conftest import PLATFORM, QUOTED, SlowGenerator, made, serving

COST = "How much will the new Fiesta cost?"
RED_GREEN_BLUE = re.compile(r"\d+")

pytestmark = [
    pytest.mark.browser,
    pytest.mark.enable_socket,
    pytest.mark.allow_hosts(["127.0.0.1"]),
    pytest.mark.filterwarnings("ignore:'future.no_silent_downcasting' is deprecated"),
]


@pytest.mark.parametrize("dark", [False, True])
def test_a_narrow_page_scrolls_to_the_words_and_back(browser: Browser, address: str, dark: bool) -> None:
    for page in opened(browser, address, 320, dark):
        ask(page, PLATFORM)
        footnote = page.get_by_role("button", name="Footnote 1")
        footnote.click()
        expect(page.locator("#article-text mark")).to_be_in_viewport()
        expect(footnote).not_to_be_in_viewport()
        back = page.get_by_role("button", name="Back to the answer")
        expect(back).to_be_in_viewport()
        back.click()
        expect(footnote).to_be_in_viewport()
        ask(page, QUOTED)
        expect(page.locator("#log blockquote")).to_be_visible()
        ask(page, COST)
        expect(page.locator("#log .nearby")).to_be_visible()
        assert page.evaluate("document.documentElement.scrollWidth") <= 320


@pytest.mark.parametrize("dark", [False, True])
def test_text_stands_out_from_its_ground(browser: Browser, address: str, dark: bool) -> None:
    for page in opened(browser, address, dark=dark):
        ask(page, QUOTED)
        expect(page.locator("#log blockquote")).to_be_visible()
        ask(page, COST)
        expect(page.locator("#log .refusal")).to_be_visible()
        ask(page, "How much will it weigh?")
        expect(page.locator("#log .understood")).to_be_visible()
        ask(page, PLATFORM)
        page.locator("#log .answer .footnote").click()
        expect(page.locator("#article-text mark")).to_be_visible()
        ground = luminance(colours(page, "body")[1])
        assert (ground < 0.2) is dark
        for part in (
            "#log .question",
            "#log .answer",
            "#log .understood",
            "#log blockquote",
            "#log .refusal",
            "#log .nearby",
            "#log .note",
            "#log .footnote",
            "#ask",
            "mark",
        ):
            assert contrast(*colours(page, part)) >= 4.5, part


def colours(page: Page, part: str) -> list[str]:
    """The colour of a part's text, and that of the nearest ground behind it."""
    script = """(part) => {
      const clear = (colour) => colour === "rgba(0, 0, 0, 0)";
      let behind = document.querySelector(part);
      const ink = getComputedStyle(behind).color;
      while (clear(getComputedStyle(behind).backgroundColor)) behind = behind.parentElement;
      return [ink, getComputedStyle(behind).backgroundColor];
    }"""
    found: list[str] = page.evaluate(script, part)
    return found


def luminance(colour: str) -> float:
    """Relative luminance as WCAG defines it."""
    parts = [int(value) / 255 for value in RED_GREEN_BLUE.findall(colour)[:3]]
    linear = [value / 12.92 if value <= 0.04045 else ((value + 0.055) / 1.055) ** 2.4 for value in parts]
    return 0.2126 * linear[0] + 0.7152 * linear[1] + 0.0722 * linear[2]


def contrast(ink: str, ground: str) -> float:
    dark, light = sorted((luminance(ink), luminance(ground)))
    return (light + 0.05) / (dark + 0.05)


HOSTILE = (
    "\n🚗🚗 The 🚗 notice <img src=http://evil.example/a.png onerror=alert(1)> was read in 1999.\n\n"
    "  The ![b](http://evil.example/b.png) gate {{x}} ${x} opens at noon 🚪 each day.\r\n"
)


@pytest.fixture(scope="module")
def two_articles(tmp_path_factory: pytest.TempPathFactory, embedder: HashingEmbedder) -> Pipeline:
    folder = tmp_path_factory.mktemp("articles")
    (folder / "a first.txt").write_text("The library opens on Monday.", encoding="utf-8")
    (folder / "hostile.txt").write_bytes(HOSTILE.encode())
    build_index([folder], folder / "store", embedder)
    quoting = {
        "gate": "The ![b](http://evil.example/b.png) gate {{x}} ${x} opens at noon 🚪 each day.",
        "library": "The library opens on Monday.",
    }
    return Pipeline(open_index(folder / "store"), embedder, SlowGenerator(quoting))


def test_of_several_articles_the_cited_one_is_shown(browser: Browser, two_articles: Pipeline) -> None:
    with serving(made(two_articles)) as address:
        for page in opened(browser, address):
            expect(page.locator("#article-name")).to_have_text("a first.txt")
            ask(page, "When is the gate open at noon each day?")
            footnote = page.get_by_role("button", name="Footnote 1")
            footnote.click()
            expect(page.locator("#article-name")).to_have_text("hostile.txt")
            expect(page.locator("#article-text mark")).to_be_visible()
            quote = footnote.get_attribute("title")
            assert quote == "The ![b](http://evil.example/b.png) gate {{x}} ${x} opens at noon 🚪 each day."
            assert page.locator("#article-text mark").text_content() == quote
            text = two_articles.index.articles["hostile.txt"].text
            assert page.locator("#article-text").text_content() == text
            assert page.locator("#article img, #log img").count() == 0
            page.get_by_label("Ask about").click()
            page.get_by_role("option", name="a first.txt").click()
            expect(page.locator("#article-name")).to_have_text("a first.txt")
            ask(page, "When is the gate open at noon each day?")
            expect(page.locator("#log .refusal")).to_be_visible()
