"""How the page looks to people: narrow, dark or on paper, and with articles that try to be more than text."""

import re

import pytest
from conftest import ARTICLE
from fakes import HashingEmbedder
from playwright.sync_api import Browser, Page, expect

from index.build import build_index
from index.store import open_index
from rag.pipeline import Pipeline
from rag.suggestions import keep_questions

from .browsing import IN_A_BROWSER, ask, barriers, opened
from .conftest import ENDLESS, PLATFORM, QUOTED, SlowGenerator, made, serving

COST = "How much will the new Fiesta cost?"
RED_GREEN_BLUE = re.compile(r"\d+")

pytestmark = IN_A_BROWSER


@pytest.mark.parametrize("dark", [False, True])
def test_no_state_of_the_page_keeps_anybody_out(
    browser: Browser, address: str, pipeline: Pipeline, dark: bool
) -> None:
    keep_questions(pipeline.index.articles[ARTICLE], [PLATFORM, QUOTED])
    for page in opened(browser, address, dark=dark):
        assert (luminance(page) < 0.2) is dark
        assert barriers(page) == []
        ask(page, ENDLESS)
        expect(page.locator("#talk .answer")).to_be_visible()
        assert barriers(page) == []
        page.keyboard.press("Escape")
        expect(page.locator("#talk .halted")).to_be_visible()
        ask(page, QUOTED)
        expect(page.locator("#talk blockquote")).to_be_visible()
        ask(page, "x" * 2001)
        expect(page.locator("#talk .problem")).to_be_visible()
        ask(page, PLATFORM)
        page.locator("#talk .exchange").last.locator(".mark").click()
        expect(page.locator("#article-text mark")).to_be_visible()
        assert barriers(page) == []
        ask(page, "How much will it cost?")
        expect(page.locator("#talk .refusal")).to_be_visible()
        expect(page.locator("#talk .understood")).to_be_visible()
        assert barriers(page) == []
        for opener, dialog in (("#open-help", "#help"), ("#talk .rate >> nth=-1", "#rating")):
            page.locator(opener).click()
            expect(page.locator(dialog)).to_be_visible()
            assert barriers(page) == []
            page.keyboard.press("Escape")
            expect(page.locator(opener)).to_be_focused()
        page.get_by_role("button", name="Dark or light").click()
        assert (luminance(page) < 0.2) is not dark
        assert barriers(page) == []


@pytest.mark.parametrize("dark", [False, True])
def test_on_a_narrow_page_the_article_is_a_sheet(browser: Browser, address: str, dark: bool) -> None:
    for page in opened(browser, address, 320, dark):
        ask(page, PLATFORM)
        footnote, mark = page.locator("#talk .mark"), page.locator("#article-text mark")
        expect(page.locator("#article-text")).to_be_hidden()
        footnote.focus()
        page.keyboard.press("Enter")
        expect(page.get_by_role("dialog", name=ARTICLE)).to_be_visible()
        expect(mark).to_be_in_viewport()
        expect(mark).to_be_focused()
        assert barriers(page) == []
        for _ in range(12):
            page.keyboard.press("Tab")
            assert page.evaluate("!document.querySelector('#chat').contains(document.activeElement)")
        page.keyboard.press("Escape")
        expect(page.locator("#article-text")).to_be_hidden()
        expect(footnote).to_be_focused()
        page.get_by_role("button", name="Article").click()
        page.get_by_role("button", name="Close the article").click()
        expect(page.get_by_role("button", name="Article")).to_be_focused()
        for question, part in ((QUOTED, "blockquote"), (COST, ".refusal"), ("x" * 2001, ".problem")):
            ask(page, question)
            expect(page.locator(f"#talk {part}")).to_be_visible()
        assert page.evaluate("document.documentElement.scrollWidth") <= 320
        assert barriers(page) == []


def test_on_paper_there_are_questions_and_answers_alone(browser: Browser, address: str) -> None:
    for page in opened(browser, address):
        for question in (PLATFORM, QUOTED):
            ask(page, question)
            expect(page.locator("#log .exchange").last.locator(".mark")).to_be_visible()
        page.emulate_media(media="print")
        for part in ("#article", "#entry", ".tools", "#talk .actions >> nth=0"):
            expect(page.locator(part)).to_be_hidden()
        assert page.locator("#talk").evaluate("(talk) => talk.scrollHeight <= talk.clientHeight")
        assert page.evaluate("document.documentElement.scrollWidth <= innerWidth")
        expect(page.locator("#talk .note").first).to_be_visible()


def luminance(page: Page) -> float:
    """Relative luminance of the page's ground, as WCAG defines it."""
    colour = page.evaluate("getComputedStyle(document.body).backgroundColor")
    parts = [int(value) / 255 for value in RED_GREEN_BLUE.findall(colour)[:3]]
    linear = [value / 12.92 if value <= 0.04045 else ((value + 0.055) / 1.055) ** 2.4 for value in parts]
    return 0.2126 * linear[0] + 0.7152 * linear[1] + 0.0722 * linear[2]


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
            choice = page.get_by_label("Article to read")
            expect(choice).to_have_value("a first.txt")
            ask(page, "When is the gate open at noon each day?")
            footnote = page.locator("#talk .mark")
            footnote.click()
            expect(choice).to_have_value("hostile.txt")
            expect(page.locator("#article-text mark")).to_be_visible()
            quote = footnote.get_attribute("data-quote")
            assert quote == "The ![b](http://evil.example/b.png) gate {{x}} ${x} opens at noon 🚪 each day."
            assert page.locator("#article-text mark").text_content() == quote
            text = two_articles.index.articles["hostile.txt"].text
            assert page.locator("#article-text").text_content() == text
            assert page.locator("#article img, #log img").count() == 0
            page.get_by_label("Ask about").select_option("a first.txt")
            expect(choice).to_have_value("a first.txt")
            ask(page, "When is the gate open at noon each day?")
            expect(page.locator("#talk .refusal")).to_be_visible()
            choice.select_option("hostile.txt")
            expect(page.locator("#article-text")).to_contain_text("was read in 1999")
