"""Questions and answers in the widget: a real server, with a scripted model, and a real browser."""

import json

import pytest
from playwright.sync_api import Page, expect

from ..browsing import IN_A_BROWSER
from ..conftest import ENDLESS, PLATFORM, QUOTED, SlowGenerator
from ..gated import until
from .visiting import Visits, ask, chat, footnote, launch
from .world import World

ARRIVAL = "When do the new Ford EVs arrive?"
COST = "How much will the new Fiesta cost?"

pytestmark = IN_A_BROWSER


@pytest.fixture
def page(visits: Visits) -> Page:
    page = visits.open()
    launch(page)
    return page


def test_nothing_is_sent_before_the_chat_is_opened_and_nothing_is_stored_before_a_question(
    visits: Visits, world: World
) -> None:
    page = visits.open()
    assert world.doors.came == [] or {came.path for came in world.doors.came} == {"/widget.js"}
    launch(page)
    until(lambda: any(came.path == "/api/articles" for came in world.doors.came))
    assert page.evaluate("[sessionStorage.length, localStorage.length, document.cookie]") == [0, 0, ""]
    ask(page, PLATFORM)
    expect(footnote(page)).to_be_visible()
    assert page.evaluate("[sessionStorage.length, localStorage.length, document.cookie]") == [1, 0, ""]


def test_a_question_is_sent_without_cookie_or_address_of_the_page(page: Page, world: World) -> None:
    page.context.add_cookies([{"name": "secret", "value": "1", "url": world.footnote}])
    ask(page, PLATFORM)
    expect(footnote(page)).to_be_visible()
    (came,) = world.doors.asked()
    assert came.body == {"question": PLATFORM, "history": [], "article": "ford-renault", "stream": True}
    assert came.headers["origin"] == world.wiki
    assert not {"cookie", "referer", "authorization"} & set(came.headers)


def test_an_answer_comes_a_sentence_at_a_time_and_is_announced_once(page: Page) -> None:
    script = """() => {
      window.said = [];
      const status = document.querySelector("footnote-chat").shadowRoot.querySelector("[role=status]");
      const watch = new MutationObserver(() => window.said.push(status.textContent));
      watch.observe(status, { childList: true });
    }"""
    page.evaluate(script)
    ask(page, ARRIVAL)
    expect(page.locator(".answer")).to_contain_text("Two new Ford EVs arrive in 2028.")
    expect(page.locator(".stage")).to_be_visible()
    expect(page.locator(".exchange")).to_have_attribute("aria-busy", "true")
    assert page.evaluate("window.said") == []
    expect(page.get_by_role("button", name="Ask", exact=True)).to_be_visible()
    expect(page.locator(".exchange")).not_to_have_attribute("aria-busy", "true")
    assert [said[:40] for said in page.evaluate("window.said")] == [
        "Answer: Two new Ford EVs arrive in 2028."
    ]


def test_who_waits_sees_the_place_in_the_line(visits: Visits, page: Page) -> None:
    others = [visits.open(), visits.open("/?mode=panel")]
    ask(page, ENDLESS)
    expect(page.locator(".stage")).to_contain_text("Checking")
    for other in others:
        launch(other)
        ask(other, PLATFORM)
    expect(others[0].locator(".stage")).to_have_text("You are next in line.")
    expect(others[1].locator(".stage")).to_have_text("1 question is before yours.")
    page.get_by_role("button", name="Stop").click()
    for other in others:
        expect(footnote(other)).to_be_visible()


def test_a_refusal_shows_what_is_near_and_what_to_ask_instead(page: Page) -> None:
    chat(page).evaluate("(chat, given) => chat.setAttribute('questions', given)", f"{COST}|{QUOTED}| ")
    expect(page.get_by_role("list", name="Suggested questions").get_by_role("button")).to_have_count(2)
    page.get_by_role("button", name=COST).click()
    expect(page.locator(".refusal")).to_have_text("The article does not say.")
    expect(page.locator(".nearby q")).to_contain_text("“This new partnership between Ford and Renault")
    expect(page.locator("[role=status]")).to_have_text("Answer: The article does not say.")
    suggested = page.get_by_role("list", name="Suggested questions").get_by_role("button")
    expect(suggested).to_have_text([QUOTED])
    suggested.click()
    expect(page.locator(".quoting .lead")).to_have_text("The article says:")
    expect(page.locator("blockquote.answer")).to_contain_text("Jim Farley, Ford CEO")
    expect(page.get_by_role("list", name="Suggested questions")).to_have_count(0)


def test_a_follow_up_is_sent_with_what_went_before_and_shown_as_understood(page: Page, world: World) -> None:
    ask(page, PLATFORM)
    expect(footnote(page)).to_be_visible()
    ask(page, "How much will it weigh?")
    expect(page.locator(".understood")).to_contain_text("Understood as: ")
    expect(page.locator(".refusal")).to_be_visible()
    assert world.doors.asked()[1].body["history"] == [
        {"role": "user", "content": PLATFORM},
        {"role": "assistant", "content": "The new Fiesta will use the AmpR small EV platform. [1]"},
    ]


def test_stop_keeps_what_was_shown_and_ends_the_model(page: Page, generator: SlowGenerator) -> None:
    ask(page, ENDLESS)
    expect(page.locator(".answer")).to_contain_text("arrive in 2028")
    page.get_by_role("button", name="Stop").click()
    expect(page.locator(".ended")).to_contain_text("Stopped.")
    expect(page.locator(".answer")).to_contain_text("arrive in 2028")
    expect(page.get_by_role("textbox")).to_be_focused()
    until(lambda: not generator.running)
    page.get_by_role("button", name="Ask again").click()
    expect(page.locator(".stage")).to_be_visible()
    ask(page, PLATFORM)
    expect(page.locator(".exchange").first).to_contain_text("Stopped.")
    expect(footnote(page).last).to_be_visible()
    expect(page.locator(".exchange")).to_have_count(2)


def test_enter_asks_and_shift_enter_begins_a_line(page: Page, world: World) -> None:
    entry = page.get_by_role("textbox", name="Your question")
    entry.fill("  ")
    page.keyboard.press("Enter")
    entry.fill("What platform")
    page.keyboard.press("Shift+Enter")
    page.keyboard.type("will the new Fiesta use?")
    page.get_by_role("button", name="Ask", exact=True).click()
    expect(footnote(page)).to_be_visible()
    assert [came.body["question"] for came in world.doors.asked()] == [
        "What platform\nwill the new Fiesta use?"
    ]
    expect(entry).to_have_value("")


HOSTILE = (
    "<img src=//evil.example/a.png onerror=alert(1)> ![x](http://evil.example/b.png) "
    "<a href=javascript:x>y</a>"
)


def test_what_a_model_or_an_article_says_is_text(page: Page, world: World) -> None:
    citation = {"number": 1, "article": "../x?y#z", "start": 3, "end": 9, "quote": HOSTILE}
    answer = {
        "question": "Q?",
        "asked": f"{HOSTILE}?",
        "answer": f"{HOSTILE} [1] [2]",
        "kind": "answer",
        "refused": False,
        "citations": [citation],
        "nearby": None,
    }
    events = f"event: token\r\ndata: {json.dumps({'text': HOSTILE, 'citations': []})}\r\n\r\n"
    events += f": a comment\r\n\r\nevent: answer\r\ndata: {json.dumps(answer)}\r\n\r\n"
    headers = {"access-control-allow-origin": world.wiki, "content-type": "text/event-stream"}
    page.route("**/api/ask", lambda route: route.fulfill(headers=headers, body=events))
    ask(page, HOSTILE)
    expect(page.locator(".answer")).to_contain_text(HOSTILE)
    expect(page.locator(".answer")).to_contain_text("[2]")
    expect(page.locator(".understood")).to_contain_text(HOSTILE)
    expect(page.locator(".notes q")).to_have_text(f"“{HOSTILE}”")
    assert page.locator("footnote-chat img, footnote-chat script").count() == 0
    links = page.locator("footnote-chat a").evaluate_all("links => links.map((link) => link.href)")
    assert set(links) == {f"{world.footnote}/articles/../x%3Fy%23z#3-9".replace("/articles/../", "/")}
