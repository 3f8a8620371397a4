"""The page as people use it: a real server and a real browser, with a scripted model."""

import time

import pytest
from conftest import ARTICLE
from playwright.sync_api import Browser, Page, expect

from rag.pipeline import Pipeline

from .browsing import ask, opened
from .conftest import PLATFORM, SlowGenerator

COST = "How much will the new Fiesta cost?"
ARRIVAL = "When do the new Ford EVs arrive?"

pytestmark = [
    pytest.mark.browser,
    pytest.mark.enable_socket,
    pytest.mark.allow_hosts(["127.0.0.1"]),
    pytest.mark.filterwarnings("ignore:'future.no_silent_downcasting' is deprecated"),
]


def test_a_footnote_leads_to_the_exact_words(page: Page) -> None:
    ask(page, PLATFORM)
    footnote = page.get_by_role("button", name="Footnote 1")
    expect(footnote).to_be_visible()
    expect(page.get_by_role("log")).to_contain_text("The new Fiesta will use the AmpR small EV platform.")
    expect(page.locator("#spoken [role=status]")).to_contain_text("Answer 1: The new Fiesta will use")
    footnote.click()
    mark = page.locator("#article-text mark")
    expect(mark).to_be_in_viewport()
    assert mark.all_inner_texts() == [footnote.get_attribute("title")]
    assert footnote.get_attribute("aria-current") == "true"


def test_the_article_beside_the_chat_is_the_very_text(page: Page, pipeline: Pipeline) -> None:
    text = pipeline.index.articles[ARTICLE].text
    assert page.locator("#article-text").text_content() == text
    ask(page, PLATFORM)
    page.get_by_role("button", name="Footnote 1").click()
    expect(page.locator("#article-text mark")).to_have_count(1)
    assert page.locator("#article-text").text_content() == text


def test_the_keyboard_is_enough(page: Page) -> None:
    ask(page, PLATFORM)
    footnote = page.get_by_role("button", name="Footnote 1")
    expect(footnote).to_be_visible()
    footnote.focus()
    page.keyboard.press("Enter")
    expect(page.locator("#article-text mark")).to_be_focused()
    page.keyboard.press("Escape")
    expect(footnote).to_be_focused()


def test_an_example_is_asked_with_one_click_and_a_new_conversation_begins_anew(page: Page) -> None:
    page.get_by_role("button", name=PLATFORM).click()
    expect(page.get_by_role("button", name="Footnote 1")).to_be_visible()
    expect(page.locator("#examples")).to_be_hidden()
    page.get_by_role("button", name="New conversation").click()
    expect(page.get_by_role("log")).to_contain_text("Ask a question about the article.")
    expect(page.get_by_role("button", name=PLATFORM)).to_be_visible()


def test_a_refusal_is_muted_and_leads_to_the_nearest_words(page: Page) -> None:
    ask(page, COST)
    expect(page.locator("#log .refusal")).to_have_text("The article does not say.")
    nearby = page.get_by_role("button", name="Nearest in the article")
    nearby.click()
    mark = page.locator("#article-text mark")
    expect(mark).to_be_in_viewport()
    expect(nearby).to_contain_text(f"“{mark.text_content()}”")
    page.keyboard.press("Escape")
    expect(nearby).to_be_focused()


def test_small_talk_has_neither_footnote_nor_time(page: Page) -> None:
    ask(page, "Hello!")
    expect(page.locator("#log .answer")).to_contain_text("What would you like to know")
    expect(page.locator("#log :is(.footnote, .note)")).to_have_count(0)


def test_bad_input_is_one_friendly_line(page: Page) -> None:
    ask(page, "x" * 2001)
    expect(page.locator("#log .problem")).to_contain_text("2,000 is the limit")
    expect(page.get_by_role("button", name="Ask", exact=True)).to_be_visible()


def test_stop_keeps_what_was_shown_and_ends_the_model(page: Page, generator: SlowGenerator) -> None:
    ask(page, ARRIVAL)
    expect(page.locator("#log .answer")).to_contain_text("arrive in 2028")
    page.get_by_role("button", name="Stop").click()
    expect(page.locator("#log .note")).to_have_text("Stopped.")
    expect(page.locator("#log .answer")).to_contain_text("arrive in 2028")
    expect(page.get_by_role("button", name="Ask", exact=True)).to_be_visible()
    wait_until_idle(generator, 1)
    ask(page, PLATFORM)
    expect(page.get_by_role("button", name="Footnote 1")).to_be_visible()


def test_a_question_asked_meanwhile_stops_the_one_before(page: Page) -> None:
    ask(page, ARRIVAL)
    expect(page.locator("#log .stage")).to_be_visible()
    ask(page, PLATFORM)
    expect(page.locator("#log .exchange").nth(0)).to_contain_text("Stopped.")
    expect(page.get_by_role("button", name="Footnote 1")).to_be_visible()
    expect(page.get_by_role("button", name="Ask", exact=True)).to_be_visible()


def test_a_closed_page_ends_the_model(browser: Browser, address: str, generator: SlowGenerator) -> None:
    for page in opened(browser, address):
        ask(page, ARRIVAL)
        expect(page.locator("#log .answer")).to_be_visible()
        assert generator.running == 1
    wait_until_idle(generator, 3)


def wait_until_idle(generator: SlowGenerator, seconds: float) -> None:
    end = time.monotonic() + seconds
    while generator.running and time.monotonic() < end:
        time.sleep(0.02)
    assert generator.running == 0


def test_two_pages_share_nothing(browser: Browser, address: str, page: Page) -> None:
    ask(page, COST)
    expect(page.locator("#log .refusal")).to_be_visible()
    for other in opened(browser, address):
        expect(other.get_by_role("log")).to_contain_text("Ask a question about the article.")
