"""The element as pages use it: attributes, methods, properties, events, and several of them."""

from typing import Any

from playwright.sync_api import Page, expect

from ..browsing import IN_A_BROWSER
from ..conftest import PLATFORM, QUOTED
from ..gated import until
from .visiting import Visits, ask, chat, footnote, launch
from .world import World

pytestmark = IN_A_BROWSER
LISTENING = """
window.heard = [];
for (const name of ["ready", "open", "close", "answer", "error", "citation"]) {
  document.addEventListener(`footnote:${name}`, ({ detail }) => window.heard.push([name, detail]));
}
"""


def put(page: Page, **attributes: str | None) -> None:
    """Sets attributes, or removes those that are None."""
    script = """(chat, attributes) => {
      for (const [name, value] of Object.entries(attributes)) {
        if (value === null) chat.removeAttribute(name);
        else chat.setAttribute(name, value);
      }
    }"""
    chat(page).evaluate(script, attributes)


def heard(page: Page) -> list[str]:
    names: list[str] = page.evaluate("window.heard.map(([name]) => name)")
    return names


def test_attributes_take_effect_at_once(visits: Visits) -> None:
    page = visits.open()
    launch(page)
    put(
        page,
        heading="The library",
        greeting="Good day!",
        placeholder="Well?",
        note="No advice.",
        questions="A?| B? |",
    )
    expect(page.get_by_role("dialog", name="The library")).to_be_visible()
    expect(page.locator(".greeting")).to_have_text("Good day!")
    expect(page.get_by_role("textbox")).to_have_attribute("placeholder", "Well?")
    expect(page.get_by_text("No advice.")).to_be_visible()
    expect(page.get_by_role("list", name="Suggested questions").get_by_role("button")).to_have_text(
        ["A?", "B?"]
    )
    put(page, heading=None, greeting=None, placeholder=None, note=None, questions="")
    expect(page.get_by_role("dialog", name="Ask the article")).to_be_visible()
    expect(page.get_by_role("list", name="Suggested questions")).to_have_count(0)
    expect(page.get_by_text("No advice.")).to_have_count(0)
    put(page, lang="de-AT")
    expect(page.get_by_role("dialog", name="Fragen zum Artikel")).to_be_visible()
    put(page, lang="tlh")
    expect(page.get_by_role("dialog", name="Ask the article")).to_be_visible()


def test_the_language_is_the_pages_unless_it_is_said(visits: Visits) -> None:
    page = visits.open()
    page.evaluate(
        "document.documentElement.lang = 'de'; document.body.append(document.querySelector('footnote-chat'))"
    )
    expect(page.get_by_role("button", name="Frage stellen")).to_be_visible()


def test_the_mode_may_change_with_the_conversation_kept(visits: Visits) -> None:
    page = visits.open()
    launch(page)
    ask(page, PLATFORM)
    expect(footnote(page)).to_be_visible()
    put(page, mode="inline")
    expect(page.get_by_role("dialog")).to_have_count(0)
    expect(page.get_by_role("region", name="Ask the article")).to_be_visible()
    expect(page.get_by_role("button", name="Ask a question")).to_be_hidden()
    expect(footnote(page)).to_be_visible()
    put(page, mode="panel", position="start")
    box: dict[str, Any] = page.get_by_role("dialog").bounding_box() or {}
    assert (box["x"], box["y"], box["height"]) == (0, 0, 800)
    put(page, mode="unknown")
    expect(page.get_by_role("dialog")).to_be_visible()


def test_custom_properties_shape_it(visits: Visits) -> None:
    page = visits.open()
    chat(page).evaluate(
        """(chat) => {
          const sheet = new CSSStyleSheet();
          sheet.replaceSync(`footnote-chat {
            --footnote-accent: rgb(120, 20, 140); --footnote-width: 350px; --footnote-height: 500px;
            --footnote-offset: 40px; --footnote-font: monospace; --footnote-radius: 3px;
            --footnote-z-index: 7;
          }`);
          document.adoptedStyleSheets.push(sheet);
          document.body.append(chat);
        }"""
    )
    launch(page)
    dialog = page.get_by_role("dialog")
    box: dict[str, Any] = dialog.bounding_box() or {}
    assert (box["width"], box["height"], box["x"]) == (350, 500, 1280 - 40 - 350)
    assert dialog.evaluate("one => getComputedStyle(one).fontFamily") == "monospace"
    assert dialog.evaluate("one => getComputedStyle(one).borderTopLeftRadius") == "3px"
    launcher = page.locator(".launcher")
    assert launcher.evaluate("one => getComputedStyle(one).backgroundColor") == "rgb(120, 20, 140)"
    assert launcher.evaluate("one => [one.popover, getComputedStyle(one).zIndex]") == [None, "7"]


def test_methods_and_events(visits: Visits) -> None:
    page = visits.open(script=LISTENING)
    page.wait_for_function("window.heard.length > 0")
    answer = chat(page).evaluate("(chat, question) => chat.ask(`  ${question} `)", PLATFORM)
    assert answer["answer"] == "The new Fiesta will use the AmpR small EV platform. [1]"
    expect(page.get_by_role("dialog")).to_be_visible()
    assert chat(page).evaluate("chat => [chat.hasAttribute('open'), document.activeElement === chat]") == [
        True,
        False,
    ]
    assert chat(page).evaluate("chat => chat.ask(' ')") is None
    chat(page).evaluate("chat => chat.close()")
    expect(page.get_by_role("dialog")).to_be_hidden()
    chat(page).evaluate("chat => chat.open()")
    expect(page.get_by_role("textbox")).to_be_focused()
    chat(page).evaluate("chat => chat.reset()")
    expect(page.locator(".exchange")).to_have_count(0)
    assert heard(page) == ["ready", "open", "answer", "close", "open"]
    assert page.evaluate("sessionStorage.length") == 0
    detail = page.evaluate("window.heard[2][1]")
    assert detail["question"] == PLATFORM
    assert detail["answer"]["citations"][0]["article"] == "ford-renault.txt"


def test_an_answer_that_comes_while_it_is_closed_shows_on_the_launcher(visits: Visits) -> None:
    page = visits.open()
    launch(page)
    ask(page, PLATFORM)
    page.keyboard.press("Escape")
    news = page.get_by_role("button", name="Ask a question (there is a new answer)")
    news.click()
    expect(footnote(page)).to_be_visible()
    page.get_by_role("button", name="Close").last.click()
    expect(page.get_by_role("button", name="Ask a question", exact=True)).to_be_focused()


def test_the_conversation_lasts_as_long_as_the_tab(visits: Visits, world: World) -> None:
    page = visits.open()
    launch(page)
    ask(page, PLATFORM)
    expect(footnote(page)).to_be_visible()
    page.reload()
    page.get_by_role("button", name="Ask a question").click()
    expect(footnote(page)).to_be_visible()
    expect(page.locator(".question")).to_contain_text(PLATFORM)
    assert len(world.doors.asked()) == 1
    put(page, remember="page")
    expect(page.locator(".exchange")).to_have_count(0)
    other = visits.open()
    launch(other)
    expect(other.locator(".exchange")).to_have_count(0)


def test_what_is_kept_and_can_not_be_used_is_passed_over(visits: Visits, world: World) -> None:
    key = f"footnote-chat {world.footnote}/ ford-renault "
    for kept in ("{", "[1, null, {}]", '{"question": 1}'):
        page = visits.open(script=f"sessionStorage.setItem({key!r}, {kept!r})")
        launch(page)
        expect(page.locator(".greeting")).to_be_visible()
        expect(page.locator(".exchange")).to_have_count(0)


def test_two_on_a_page_share_nothing(visits: Visits) -> None:
    page = visits.open("/?mode=inline")
    page.evaluate(
        """() => {
          const other = document.querySelector("footnote-chat").cloneNode();
          document.querySelector("main").append(other);
        }"""
    )
    first, second = page.locator("footnote-chat").nth(0), page.locator("footnote-chat").nth(1)
    for widget, question in ((first, PLATFORM), (second, QUOTED)):
        widget.get_by_role("textbox").fill(question)
        widget.get_by_role("textbox").press("Enter")
    expect(first.get_by_role("link", name="Footnote 1")).to_be_visible()
    expect(second.locator("blockquote")).to_be_visible()
    expect(first.locator(".exchange")).to_have_count(1)
    expect(second.locator(".exchange")).to_have_count(1)
    first.get_by_role("link", name="Footnote 1").click()
    page.wait_for_function("CSS.highlights.has('footnote-quote')")
    second.locator(".mark").click()
    page.wait_for_function("[...CSS.highlights.get('footnote-quote')][0].toString().startsWith('Jim Farley')")
    assert page.evaluate("sessionStorage.length") == 2


def test_a_script_that_is_loaded_twice_defines_one_element(visits: Visits, world: World) -> None:
    page = visits.open()
    page.evaluate(
        """async (at) => {
          await import(`${at}/widget.js?again`);
          const { shadowRoot } = document.querySelector("footnote-chat");
          window.count = shadowRoot.querySelectorAll(".launcher").length;
        }""",
        world.footnote,
    )
    assert page.evaluate("window.count") == 1


def test_properties_set_before_the_script_came_are_taken_up(visits: Visits, world: World) -> None:
    early = """new MutationObserver(() => {
      const chat = document.querySelector("footnote-chat");
      if (chat && !customElements.get("footnote-chat")) chat.token = "early";
    }).observe(document, { childList: true, subtree: true });"""
    page = visits.open(script=early)
    visits.network_fails = True
    launch(page)
    ask(page, PLATFORM)
    until(lambda: bool(world.doors.asked()))
    assert world.doors.asked()[0].headers["authorization"] == "Bearer early"


def test_the_server_may_be_named(visits: Visits, world: World) -> None:
    page = visits.open()
    put(page, server=f"{world.wiki}/elsewhere")
    visits.network_fails = True
    asked: list[str] = []
    page.on("request", lambda request: asked.append(request.url))
    launch(page)
    ask(page, PLATFORM)
    expect(page.locator(".problem")).to_be_visible()
    assert f"{world.wiki}/elsewhere/api/ask" in asked


def test_questions_of_the_server_are_suggested_unless_the_page_has_some(visits: Visits, world: World) -> None:
    page = visits.open()
    headers = {"access-control-allow-origin": world.wiki}
    article = {"name": "ford-renault.txt", "text": "", "questions": ["Who builds them?", "When?"]}
    page.route("**/api/articles/ford-renault.txt", lambda route: route.fulfill(headers=headers, json=article))
    launch(page)
    suggested = page.get_by_role("list", name="Suggested questions").get_by_role("button")
    expect(suggested).to_have_text(["Who builds them?", "When?"])
    put(page, questions="Mine?")
    expect(suggested).to_have_text(["Mine?"])
