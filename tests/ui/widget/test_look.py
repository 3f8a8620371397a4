"""How the widget looks and is used: hostile styles, narrow, dark, right to left, keyboard, paper, axe."""

from collections.abc import Callable
from typing import Any

import pytest
from axe_playwright_python.sync_playwright import Axe
from playwright.sync_api import Page, expect

from ..browsing import IN_A_BROWSER
from ..conftest import ENDLESS, PLATFORM, QUOTED
from .doors import Refusal
from .visiting import Visits, ask, chat, footnote, launch
from .world import World

COST = "How much will the new Fiesta cost?"

pytestmark = IN_A_BROWSER
STYLES = """() => {
  const root = document.querySelector("footnote-chat").shadowRoot;
  const names = `display float color backgroundColor fontFamily fontSize fontWeight lineHeight letterSpacing
    wordSpacing textTransform textAlign textIndent whiteSpace visibility opacity filter transform border
    margin padding width height cursor userSelect zIndex boxSizing`.split(/\\s+/);
  const all = [...root.querySelectorAll(".root *:not(.unseen, .layer)")];
  const boxes = all.filter((one) => one.checkVisibility());
  return boxes.map((one) => [one.tagName, ...names.map((name) => getComputedStyle(one)[name])]);
}"""
Step = Callable[[Page, World], None]


def test_styles_of_the_page_change_nothing(visits: Visits) -> None:
    styles = []
    for kind in (True, False):
        page = visits.open()
        if kind:
            page.evaluate("document.querySelector('[href=\"unkind.css\"]').remove()")
        launch(page)
        ask(page, PLATFORM)
        expect(footnote(page)).to_be_visible()
        ask(page, COST)
        expect(page.locator(".refusal")).to_be_visible()
        page.locator("textarea").blur()
        styles.append(page.evaluate(STYLES))
    assert len(styles[0]) > 30
    assert [pair for pair in zip(*styles, strict=True) if pair[0] != pair[1]] == []


def test_the_dialog_lies_over_everything(visits: Visits) -> None:
    page = visits.open()
    notice: dict[str, Any] = page.locator(".notice").bounding_box() or {}
    launcher: dict[str, Any] = page.locator(".launcher").bounding_box() or {}
    assert launcher["y"] + launcher["height"] > notice["y"]
    launch(page)
    on_top = """(part) => {
      const { shadowRoot } = document.querySelector("footnote-chat");
      const box = shadowRoot.querySelector(part).getBoundingClientRect();
      return document.elementFromPoint(box.x + box.width / 2, box.y + box.height - 4).tagName;
    }"""
    assert page.evaluate(on_top, "dialog") == "FOOTNOTE-CHAT"
    assert page.evaluate(on_top, ".launcher") == "FOOTNOTE-CHAT"


def closed(page: Page, world: World) -> None:
    pass


def welcome(page: Page, world: World) -> None:
    launch(page)
    chat(page).evaluate(
        "(chat, questions) => chat.setAttribute('questions', questions)", f"{PLATFORM}|{COST}"
    )
    expect(page.get_by_role("button", name=COST)).to_be_visible()


def answer(page: Page, world: World) -> None:
    launch(page)
    ask(page, PLATFORM)
    footnote(page).click()
    ask(page, QUOTED)
    expect(page.locator("blockquote")).to_be_visible()
    ask(page, "How much will it weigh?")
    expect(page.locator(".nearby")).to_be_visible()
    expect(page.locator(".understood")).to_be_visible()


def streaming(page: Page, world: World) -> None:
    launch(page)
    ask(page, ENDLESS)
    expect(page.locator(".answer")).to_be_visible()


def waiting(page: Page, world: World) -> None:
    world.doors.refusals = [Refusal(503, "not_ready", 50)]
    launch(page)
    ask(page, PLATFORM)
    expect(page.locator(".retry")).to_be_visible()


def failed(page: Page, world: World) -> None:
    world.doors.refusals = [Refusal(500, "defect")]
    launch(page)
    ask(page, PLATFORM)
    expect(page.locator(".problem")).to_be_visible()


def stopped(page: Page, world: World) -> None:
    streaming(page, world)
    page.get_by_role("button", name="Stop").click()
    expect(page.locator(".ended")).to_be_visible()


RULES = {
    "runOnly": {
        "type": "tag",
        "values": ["wcag2a", "wcag2aa", "wcag21a", "wcag21aa", "wcag22aa", "best-practice"],
    }
}


@pytest.mark.parametrize("dark", [False, True])
def test_axe_finds_nothing_in_any_state(visits: Visits, world: World, dark: bool) -> None:
    visits.network_fails = True
    axe = Axe()
    page = visits.open(dark=dark)
    for state in (closed, welcome, answer, streaming, stopped, waiting, failed):
        chat(page).evaluate("chat => { chat.reset(); chat.close(); chat.removeAttribute('questions'); }")
        state(page, world)
        found = axe.run(page, context="footnote-chat", options=RULES).response["violations"]
        assert [(one["id"], [node["html"] for node in one["nodes"]]) for one in found] == [], state.__name__
    chat(page).evaluate("chat => chat.setAttribute('mode', 'inline')")
    found = axe.run(page, context="footnote-chat", options=RULES).response["violations"]
    assert [one["id"] for one in found] == []


@pytest.mark.parametrize(("width", "height"), [(320, 640), (640, 400)])  # the second is 1280 by 800 at 200 %
def test_a_small_window_shows_everything(visits: Visits, world: World, width: int, height: int) -> None:
    page = visits.open(width=width, height=height)
    chat(page).evaluate(
        "(chat, words) => chat.setAttribute('note', words)", "Donaudampfschifffahrtsgesellschaft" * 3
    )
    launch(page)
    dialog: dict[str, Any] = page.get_by_role("dialog").bounding_box() or {}
    assert dialog == {"x": 0, "y": 0, "width": width, "height": height}
    ask(page, QUOTED + "x" * 300)
    expect(page.locator(".exchange")).not_to_have_attribute("aria-busy", "true")
    ask(page, COST)
    expect(page.locator(".refusal")).to_be_visible()
    expect(page.locator(".nearby")).to_be_in_viewport()
    expect(page.get_by_role("textbox")).to_be_in_viewport(ratio=1)
    expect(page.get_by_role("button", name="Close").last).to_be_in_viewport(ratio=1)
    script = "one => [one.scrollWidth - one.clientWidth, document.documentElement.scrollWidth]"
    assert page.locator(".log").evaluate(script) == [0, width]


def test_a_narrow_window_is_not_taken_by_a_chat_that_nobody_opened(visits: Visits) -> None:
    opening = """new MutationObserver(() => {
      const chat = document.querySelector("footnote-chat");
      if (chat && !customElements.get("footnote-chat")) chat.setAttribute("open", "");
    }).observe(document, { childList: true, subtree: true });"""
    expect(visits.open(width=320, script=opening).get_by_role("dialog")).to_be_hidden()
    page = visits.open(script=opening)
    expect(page.get_by_role("dialog")).to_be_visible()
    assert page.evaluate("[document.activeElement === document.body, scrollY]") == [True, 0]
    page.set_viewport_size({"width": 320, "height": 640})
    expect(page.get_by_role("dialog")).to_have_js_property("open", True)
    assert (page.get_by_role("dialog").bounding_box() or {})["width"] == 320


def test_the_keyboard_is_enough(visits: Visits) -> None:
    page = visits.open()
    page.locator(".launcher").focus()
    page.keyboard.press("Enter")
    expect(page.get_by_role("textbox")).to_be_focused()
    page.keyboard.type(PLATFORM)
    page.keyboard.press("Enter")
    expect(footnote(page)).to_be_visible()
    order = []
    for _ in range(7):
        page.keyboard.press("Shift+Tab")
        focused = "document.activeElement.shadowRoot?.activeElement"
        order.append(
            page.evaluate(
                f"(({focused})?.getAttribute('aria-label') ?? ({focused})?.className ?? '').slice(0, 12)"
            )
        )
    assert order == ["note", "Footnote 1: ", "Conversation", "Close", "New conversa", "Close", ""]
    footnote(page).focus()
    page.keyboard.press("Escape")
    expect(page.get_by_role("dialog")).to_be_hidden()
    expect(page.locator(".launcher")).to_be_focused()


@pytest.mark.parametrize("mode", ["bubble", "panel"])
def test_from_right_to_left_everything_is_mirrored(visits: Visits, mode: str) -> None:
    page = visits.open(f"/?mode={mode}")
    page.evaluate("document.documentElement.dir = 'rtl'")
    launch(page)
    ask(page, PLATFORM)
    expect(footnote(page)).to_be_visible()
    dialog: dict[str, Any] = page.get_by_role("dialog").bounding_box() or {}
    assert dialog["x"] < 100
    question: dict[str, Any] = page.locator(".question").bounding_box() or {}
    assert question["x"] < dialog["x"] + 40
    assert page.locator(".notes q").evaluate("one => getComputedStyle(one).unicodeBidi") == "plaintext"


def test_the_theme_is_the_readers_unless_the_page_says(visits: Visits) -> None:
    page = visits.open(dark=True)
    launch(page)
    ground = """getComputedStyle(
      document.querySelector("footnote-chat").shadowRoot.querySelector("dialog")
    ).backgroundColor"""
    dark = page.evaluate(ground)
    chat(page).evaluate("chat => chat.setAttribute('theme', 'light')")
    assert page.evaluate(ground) == "rgb(255, 255, 255)" != dark
    page.emulate_media(color_scheme="light")
    chat(page).evaluate("chat => chat.setAttribute('theme', 'dark')")
    assert page.evaluate(ground) == dark


def test_motion_is_left_out_for_those_who_want_none(visits: Visits) -> None:
    for calm in (True, False):
        page = visits.open(calm=calm)
        launch(page)
        ask(page, ENDLESS)
        expect(page.locator(".answer")).to_be_visible()
        names = page.locator("dialog, .dots").evaluate_all(
            "all => all.map((one) => getComputedStyle(one).animationName)"
        )
        assert (set(names) == {"none"}) is calm
        page.get_by_role("button", name="Stop").click()


def test_on_paper_there_is_the_conversation_of_an_inline_chat_alone(visits: Visits) -> None:
    page = visits.open("/?mode=inline")
    ask(page, PLATFORM)
    expect(footnote(page)).to_be_visible()
    page.emulate_media(media="print")
    expect(page.locator(".notes q")).to_be_visible()
    expect(page.get_by_role("textbox")).to_be_hidden()
    expect(page.get_by_role("button", name="New conversation")).to_be_hidden()
    chat(page).evaluate("chat => chat.setAttribute('mode', 'bubble')")
    expect(page.locator(".launcher")).to_be_hidden()


def test_a_hidden_element_shows_nothing(visits: Visits) -> None:
    page = visits.open()
    chat(page).evaluate("chat => { chat.hidden = true }")
    expect(page.locator(".launcher")).to_be_hidden()
