"""From a footnote to its words: on the page where it holds them, else on the server's page of the article."""

import re

from conftest import ARTICLE
from playwright.sync_api import Page, expect

from rag.pipeline import Pipeline

from ..browsing import IN_A_BROWSER
from ..conftest import PLATFORM, QUOTED
from .visiting import Visits, ask, chat, footnote, highlighted, launch
from .world import World

COST = "How much will the new Fiesta cost?"
WORDS = (
    "Ampere uses specific EV platforms like AmpR Small (for cars like Renault 5) and AmpR Medium, "
    "allowing for economies of scale."
)

pytestmark = IN_A_BROWSER


def words(text: str | None) -> str:
    return re.sub(r"\s+", " ", text or "").replace("\N{SOFT HYPHEN}", "")


def answered(page: Page) -> None:
    ask(page, PLATFORM)
    expect(footnote(page)).to_be_visible()


def test_every_sentence_of_the_article_is_found_on_the_page(
    visits: Visits, world: World, pipeline: Pipeline
) -> None:
    page = visits.open()
    quotes = [found.text for found in pipeline.index.passages]
    script = """async ([at, quotes]) => {
      const { Page } = await import(`${at}/src/finding.js`);
      const page = new Page([document.querySelector("#article")]);
      return quotes.map((quote) => page.find(quote, null)?.toString() ?? null);
    }"""
    assert len(quotes) > 10
    found = page.evaluate(script, [world.footnote, quotes])
    assert [quote for quote, text in zip(quotes, found, strict=True) if text is None] == []


def test_a_footnote_highlights_its_words_and_leaves_the_page_as_it_is(visits: Visits) -> None:
    page = visits.open()
    launch(page)
    answered(page)
    before = page.evaluate("document.querySelector('main').innerHTML")
    link = footnote(page)
    link.click()
    page.wait_for_function("CSS.highlights.has('footnote-quote')")
    assert words(highlighted(page)) == WORDS
    expect(page.locator("code").first).to_be_in_viewport()
    expect(link).to_have_attribute("aria-current", "true")
    expect(page.locator("[role=status]")).to_have_text("Highlighted on this page.")
    assert page.evaluate("document.querySelector('main').innerHTML") == before
    assert len(page.context.pages) == 1
    page.get_by_role("button", name="New conversation").click()
    assert highlighted(page) is None
    assert page.evaluate("document.adoptedStyleSheets.length") == 0


def test_without_highlights_of_the_browser_bars_are_drawn_and_follow(visits: Visits) -> None:
    page = visits.open(script="delete CSS.highlights;")
    launch(page)
    answered(page)
    footnote(page).click()
    bars = page.locator(".layer > div")
    expect(bars.first).to_be_visible()
    script = """() => {
      const box = (element) => element.getBoundingClientRect();
      const bars = [...document.querySelector("footnote-chat").shadowRoot.querySelectorAll(".layer > div")];
      const { top } = box(document.querySelector("code"));
      return bars.some((bar) => Math.abs(box(bar).top - top) < 6 && box(bar).width > 0);
    }"""
    page.wait_for_function(script)
    page.evaluate("scrollBy(0, 60)")
    page.wait_for_function(script)


def test_a_page_that_does_not_hold_the_words_leads_to_the_servers(
    visits: Visits, world: World, pipeline: Pipeline
) -> None:
    page = visits.open("/desk")
    ask(page, PLATFORM)
    link = page.get_by_role("link", name="Footnote 1: ")
    expect(link).to_have_accessible_name(f"Footnote 1: “{WORDS}” (opens in a new tab)")
    start = pipeline.index.articles[ARTICLE].text.index(WORDS)
    with page.context.expect_page() as opening:
        link.click()
    opened = opening.value
    opened.wait_for_load_state()
    assert opened.url == f"{world.footnote}/articles/{ARTICLE}#{start}-{start + len(WORDS)}"
    expect(opened.locator("mark").first).to_be_in_viewport()
    assert opened.evaluate("window.opener") is None
    assert page.evaluate("CSS.highlights.size") == 0


def test_the_page_hears_of_a_footnote_and_may_show_it_itself(visits: Visits) -> None:
    page = visits.open()
    launch(page)
    answered(page)
    page.evaluate(
        """document.addEventListener("footnote:citation", (event) => {
          window.cited = event.detail;
          event.preventDefault();
        })"""
    )
    footnote(page).click()
    cited = page.evaluate("window.cited")
    assert cited["isHere"] is True
    assert cited["citation"]["quote"] == WORDS
    assert highlighted(page) is None
    assert len(page.context.pages) == 1


def test_of_equal_words_those_in_the_same_place_are_taken(visits: Visits, world: World) -> None:
    page = visits.open("/desk")
    text = "Sunday: closed. The doors open at nine. Monday: busy. The doors open at nine. Tuesday: quiet."
    page.evaluate(
        """(text) => {
          for (const one of text.split(/(?<=\\.) /)) {
            document.querySelector("main").append(document.createElement("p"));
            document.querySelector("main").lastChild.textContent = one;
          }
        }""",
        text,
    )
    quote = "The doors open at nine."
    starts = [text.index(quote), text.rindex(quote)]
    for start in starts:
        found = page.evaluate(
            """async ([at, text, quote, start]) => {
              const { Page, contextOf } = await import(`${at}/src/finding.js`);
              const context = contextOf(text, start, start + quote.length);
              const range = new Page([document.body]).find(quote, context);
              return range.startContainer.parentElement.previousElementSibling.textContent;
            }""",
            [world.footnote, text, quote, start],
        )
        assert found == text[: start - 1].split(". ")[-1]


def test_a_narrow_page_makes_room_for_the_words_and_leads_back(visits: Visits) -> None:
    page = visits.open(width=320, height=640)
    launch(page)
    answered(page)
    link = footnote(page)
    link.click()
    expect(page.get_by_role("dialog")).to_be_hidden()
    expect(page.locator("code").first).to_be_in_viewport()
    back = page.get_by_role("button", name="Back to the answer")
    expect(back).to_be_focused()
    page.keyboard.press("Enter")
    expect(page.get_by_role("dialog")).to_be_visible()
    expect(link).to_be_focused()
    page.keyboard.press("Escape")
    expect(page.get_by_role("button", name="Ask a question")).to_be_focused()


def test_an_inline_chat_that_is_scrolled_away_leads_back(visits: Visits) -> None:
    page = visits.open("/?mode=inline")
    ask(page, COST)
    nearby = page.locator(".nearby a")
    nearby.click()
    expect(page.locator("#article p", has_text="This new partnership")).to_be_in_viewport()
    ask(page, PLATFORM)
    expect(footnote(page)).to_be_visible()
    footnote(page).click()
    back = page.get_by_role("button", name="Back to the answer")
    back.click()
    expect(footnote(page)).to_be_focused()
    expect(footnote(page)).to_be_in_viewport()
    expect(back).to_be_hidden()


def test_the_named_source_is_looked_through_and_nothing_else(visits: Visits) -> None:
    page = visits.open()
    chat(page).evaluate("chat => chat.setAttribute('source', 'h1, .byline')")
    launch(page)
    answered(page)
    expect(footnote(page)).to_have_accessible_name(re.compile("opens in a new tab"))
    chat(page).evaluate("chat => chat.removeAttribute('source')")
    expect(footnote(page)).not_to_have_accessible_name(re.compile("opens in a new tab"))
    ask(page, QUOTED)
    expect(page.locator("blockquote.answer .mark")).to_be_visible()
    page.locator("blockquote.answer .mark").click()
    page.wait_for_function("CSS.highlights.has('footnote-quote')")
    assert words(highlighted(page)).startswith('Jim Farley, Ford CEO, said, "The strategic')
