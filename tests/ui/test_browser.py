"""The page as people use it: a real server and a real browser, with a scripted model."""

import json
import re
from pathlib import Path

import pytest
from conftest import ARTICLE
from playwright.sync_api import Browser, Page, expect

from rag.pipeline import Pipeline
from rag.suggestions import keep_questions
from ui.feedback import feedback_file

from .browsing import IN_A_BROWSER, ask, opened
from .conftest import ENDLESS, PLATFORM, QUOTED, SlowGenerator
from .gated import until

COST = "How much will the new Fiesta cost?"

pytestmark = IN_A_BROWSER


@pytest.fixture(autouse=True)
def _questions(pipeline: Pipeline) -> None:
    """Two questions that are suggested."""
    keep_questions(pipeline.index.articles[ARTICLE], [PLATFORM, QUOTED])


def test_a_footnote_leads_to_the_exact_words(page: Page, pipeline: Pipeline) -> None:
    text = pipeline.index.articles[ARTICLE].text
    assert page.locator("#article-text").text_content() == text
    ask(page, PLATFORM)
    footnote = page.locator("#talk .mark")
    expect(footnote).to_be_visible()
    expect(page.get_by_role("log")).to_contain_text("The new Fiesta will use the AmpR small EV platform.")
    expect(page.locator("#spoken [role=status]")).to_contain_text("Answer 1: The new Fiesta will use")
    footnote.click()
    mark = page.locator("#article-text mark")
    expect(mark).to_be_in_viewport()
    quote = footnote.get_attribute("data-quote") or ""
    assert mark.all_inner_texts() == [quote]
    assert page.locator("#talk .note[aria-current]").count() == 1
    assert page.locator("#article-text").text_content() == text
    alone = page.locator("#article-alone").get_attribute("href") or ""
    start, end = re.fullmatch(rf".*/articles/{ARTICLE}#(\d+)-(\d+)", alone).groups()  # type: ignore[union-attr]
    assert text[int(start) : int(end)] == quote


def test_the_words_under_a_footnote_are_shown_on_hover_and_on_focus(page: Page) -> None:
    ask(page, PLATFORM)
    footnote, words = page.locator("#talk .mark"), page.get_by_role("tooltip")
    footnote.hover()
    expect(words).to_contain_text(footnote.get_attribute("data-quote") or "")
    words.hover()
    expect(words).to_be_visible()
    page.mouse.move(5, 5)
    expect(words).to_have_count(0)
    page.keyboard.press("Tab")
    footnote.focus()
    expect(words).to_contain_text(ARTICLE)
    page.keyboard.press("Escape")
    expect(words).to_have_count(0)
    expect(footnote).to_be_focused()


def test_the_keyboard_is_enough(page: Page) -> None:
    page.keyboard.type("What")
    page.keyboard.press("Shift+Enter")
    page.keyboard.type("platform will the new Fiesta use?")
    expect(page.locator("#log .exchange")).to_have_count(0)
    page.keyboard.press("Enter")
    footnote = page.locator("#talk .mark")
    expect(footnote).to_be_visible()
    expect(page.get_by_role("textbox", name="Your question")).to_be_focused()
    footnote.focus()
    page.keyboard.press("Enter")
    expect(page.locator("#article-text mark")).to_be_focused()
    page.keyboard.press("Escape")
    expect(footnote).to_be_focused()
    page.keyboard.press("a")
    expect(page.locator("#article-text")).to_be_focused()
    page.keyboard.press("/")
    expect(page.get_by_role("textbox", name="Your question")).to_be_focused()
    footnote.focus()
    page.keyboard.press("?")
    expect(page.get_by_role("dialog", name="Help")).to_be_visible()
    page.get_by_role("checkbox").uncheck()
    page.keyboard.press("Escape")
    expect(footnote).to_be_focused()
    page.keyboard.press("Shift+N")
    expect(footnote).to_be_focused()
    page.keyboard.press("?")
    expect(page.get_by_role("dialog")).to_have_count(0)
    page.locator("#open-help").press("Enter")
    page.get_by_role("checkbox").check()
    page.keyboard.press("Escape")
    page.keyboard.press("Shift+N")
    expect(page.locator("#log .exchange")).to_have_count(0)


def test_a_suggestion_is_asked_with_one_click_and_a_new_conversation_begins_anew(page: Page) -> None:
    page.get_by_role("button", name=PLATFORM).click()
    expect(page.locator("#talk .mark")).to_be_visible()
    expect(page.locator("#log .welcome")).to_have_count(0)
    page.get_by_role("button", name="New conversation").click()
    expect(page.get_by_role("log")).to_contain_text("Ask about the article")
    expect(page.get_by_role("button", name=PLATFORM)).to_be_visible()
    ask(page, COST)
    expect(page.locator("#talk .refusal")).to_be_visible()
    expect(page.locator("#talk .exchange")).to_have_count(1)


def test_a_refusal_leads_to_the_nearest_words_and_to_what_can_be_asked(page: Page) -> None:
    ask(page, COST)
    expect(page.locator("#talk .refusal .verdict")).to_have_text("The article does not say.")
    nearby = page.locator("#talk .refusal .note")
    nearby.click()
    mark = page.locator("#article-text mark")
    expect(mark).to_be_in_viewport()
    expect(nearby).to_contain_text(" ".join((mark.text_content() or "").split()))
    page.keyboard.press("Escape")
    expect(nearby).to_be_focused()
    page.locator("#talk .refusal").get_by_role("button", name=QUOTED).click()
    expect(page.locator("#talk blockquote")).to_be_visible()


def test_a_follow_up_is_shown_as_it_was_understood(page: Page) -> None:
    ask(page, PLATFORM)
    expect(page.locator("#talk .mark")).to_be_visible()
    ask(page, "How much will it cost?")
    expect(page.locator("#talk .understood")).to_contain_text(
        "Understood as: How much will the new Fiesta cost?"
    )


def test_small_talk_has_neither_footnote_nor_time(page: Page) -> None:
    ask(page, "Hello!")
    expect(page.locator("#talk .answer")).to_contain_text("What would you like to know")
    expect(page.locator("#talk :is(.footnote, .took, .actions)")).to_have_count(0)


def test_bad_input_is_one_friendly_line(page: Page) -> None:
    ask(page, "x" * 2001)
    expect(page.locator("#talk .problem")).to_contain_text("2,000 is the limit")
    expect(page.get_by_role("button", name="Ask", exact=True)).to_be_visible()


def test_escape_stops_the_model_keeps_what_was_shown_and_it_can_be_asked_again(
    page: Page, generator: SlowGenerator
) -> None:
    ask(page, ENDLESS)
    expect(page.locator("#talk .answer")).to_contain_text("arrive in 2028")
    page.keyboard.press("Escape")
    expect(page.locator("#talk .halted")).to_contain_text("Stopped.")
    expect(page.locator("#talk .answer")).to_contain_text("arrive in 2028")
    expect(page.get_by_role("button", name="Ask", exact=True)).to_be_visible()
    wait_until_idle(generator)
    page.get_by_role("button", name="Ask again").click()
    expect(page.locator("#talk .stage")).to_be_visible()
    expect(page.locator("#talk .exchange")).to_have_count(1)
    page.get_by_role("button", name="Stop").click()
    expect(page.locator("#talk .halted")).to_be_visible()


def test_a_question_asked_meanwhile_stops_the_one_before(page: Page) -> None:
    ask(page, ENDLESS)
    expect(page.locator("#talk .stage")).to_be_visible()
    ask(page, PLATFORM)
    expect(page.locator("#talk .exchange").nth(0)).to_contain_text("Stopped.")
    expect(page.locator("#talk .exchange").nth(1).locator(".mark")).to_be_visible()
    expect(page.get_by_role("button", name="Ask", exact=True)).to_be_visible()


def test_an_answer_is_copied_with_its_quotes_and_the_conversation_saved(page: Page, tmp_path: Path) -> None:
    page.context.grant_permissions(["clipboard-read", "clipboard-write"])
    ask(page, PLATFORM)
    footnote = page.locator("#talk .mark")
    expect(footnote).to_be_visible()
    quote = footnote.get_attribute("data-quote") or ""
    page.get_by_role("button", name="Copy the answer").click()
    expect(page.locator("#told")).to_have_text("Copied.")
    copied = page.evaluate("navigator.clipboard.readText()")
    assert copied.startswith(
        f"{PLATFORM}\n\nThe new Fiesta will use the AmpR small EV platform. [1]\n\n[1] “"
    )
    assert f"“{quote}” ({ARTICLE})" in copied
    ask(page, COST)
    expect(page.locator("#talk .refusal")).to_be_visible()
    with page.expect_download() as download:
        page.get_by_role("button", name="Save as Markdown").click()
    download.value.save_as(tmp_path / "saved.md")
    saved = (tmp_path / "saved.md").read_text(encoding="utf-8")
    assert f"## {PLATFORM}\n\nThe new Fiesta will use the AmpR small EV platform.[^1-1]\n" in saved
    assert f"[^1-1]: “{quote}” ({ARTICLE})" in saved
    assert f"## {COST}\n\nThe article does not say.\n\nNearest in the article:\n\n> " in saved


def test_an_answer_is_rated_with_a_comment(page: Page, pipeline: Pipeline) -> None:
    ask(page, PLATFORM)
    page.get_by_role("button", name="Bad answer").click()
    page.get_by_role("dialog").get_by_role("textbox").fill("It is <Ampere>.")
    page.get_by_role("button", name="Send").click()
    expect(page.get_by_role("button", name="Bad answer")).to_have_attribute("aria-pressed", "true")
    row = json.loads(feedback_file().read_text(encoding="utf-8"))
    assert (row["rating"], row["question"], row["refused"]) == ("down", PLATFORM, False)
    assert row["comment"] == "It is <Ampere>."
    (cited,) = row["citations"]
    assert pipeline.index.articles[ARTICLE].text[cited["start"] : cited["end"]] == cited["quote"]
    ask(page, "Hello!")
    expect(page.locator("#talk .exchange")).to_have_count(2)
    expect(page.get_by_role("button", name="Bad answer")).to_have_attribute("aria-pressed", "true")


def test_a_closed_page_ends_the_model(browser: Browser, address: str, generator: SlowGenerator) -> None:
    for page in opened(browser, address):
        ask(page, ENDLESS)
        expect(page.locator("#talk .answer")).to_be_visible()
        assert generator.running == 1
    wait_until_idle(generator)


def wait_until_idle(generator: SlowGenerator) -> None:
    until(lambda: generator.running == 0)


def test_two_pages_share_nothing(browser: Browser, address: str, page: Page) -> None:
    ask(page, COST)
    expect(page.locator("#talk .refusal")).to_be_visible()
    for other in opened(browser, address):
        expect(other.get_by_role("log")).to_contain_text("Ask about the article")
