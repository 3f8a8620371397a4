"""What goes wrong between the widget and the server, and passes or does not."""

import pytest
from playwright.sync_api import Page, expect

from ui.sites.tokens import mint

from ..browsing import IN_A_BROWSER
from ..conftest import ENDLESS, PLATFORM, SlowGenerator
from ..gated import until
from .doors import Refusal
from .visiting import Visits, ask, chat, footnote, launch
from .world import World

ARRIVAL = "When do the new Ford EVs arrive?"
WEIGHT = "What platform will the other Fiesta use?"

pytestmark = IN_A_BROWSER


@pytest.fixture
def page(visits: Visits) -> Page:
    visits.network_fails = True
    page = visits.open()
    page.evaluate(
        """() => {
          window.told = [];
          for (const name of ["answer", "error"]) {
            const hear = ({ detail }) => window.told.push([name, detail.code ?? ""]);
            document.addEventListener(`footnote:${name}`, hear);
          }
        }"""
    )
    launch(page)
    return page


def test_a_broken_answer_is_asked_for_again_and_neither_lost_nor_doubled(page: Page, world: World) -> None:
    world.doors.cuts = 1
    ask(page, PLATFORM)
    expect(page.locator(".stage")).to_contain_text("The server can't be reached. Asking again")
    expect(page.locator(".answer")).to_contain_text("The new Fiesta will use")
    expect(page.locator(".notes")).to_be_visible()
    assert page.locator(".answer").inner_text().count("The new Fiesta will use") == 1
    assert len(world.doors.asked()) == 2
    assert page.evaluate("window.told") == [["answer", ""]]
    expect(page.locator(".exchange")).to_have_count(1)


def test_a_server_that_is_not_there_is_asked_again_when_the_network_is_back(page: Page, world: World) -> None:
    page.context.set_offline(True)
    ask(page, PLATFORM)
    expect(page.locator(".stage")).to_contain_text("The server can't be reached.")
    page.context.set_offline(False)
    expect(footnote(page)).to_be_visible()
    assert len(world.doors.asked()) == 1
    assert page.evaluate("window.told") == [["answer", ""]]


def test_a_refusal_that_passes_is_waited_for(page: Page, world: World) -> None:
    passing = {
        Refusal(429, "busy", retry_after=1): "Many questions are waiting",
        Refusal(503, "not_ready", retry_after=1): "The server is not ready yet.",
        Refusal(502, ""): "The server can't be reached.",
    }
    for number, (refusal, words) in enumerate(passing.items(), 1):
        world.doors.refusals = [refusal]
        ask(page, PLATFORM)
        expect(page.locator(".stage")).to_contain_text(words)
        expect(footnote(page)).to_have_count(number)
    assert len(world.doors.asked()) == 2 * len(passing)


def test_the_wait_is_as_long_as_the_server_says(page: Page, world: World) -> None:
    world.doors.refusals = [Refusal(429, "busy", retry_after=40)]
    ask(page, PLATFORM)
    expect(page.locator(".retry")).to_contain_text("Asking again in 40 seconds…")
    expect(page.locator(".retry")).to_contain_text("Asking again in 38 seconds…")
    page.get_by_role("button", name="Stop").click()
    expect(page.locator(".ended")).to_contain_text("Stopped.")
    assert len(world.doors.asked()) == 1


def test_what_does_not_pass_is_told_and_may_be_tried_again(page: Page, world: World) -> None:
    staying = {
        Refusal(500, "defect"): "Something went wrong on the server.",
        Refusal(404, "no_such_article"): "This article is not known to the server.",
        Refusal(429, "busy", retry_after=3600): "Many questions are waiting just now.",
        Refusal(418, "of_another_version"): "The server's own words.",
    }
    for refusal, words in staying.items():
        world.doors.refusals = [refusal]
        ask(page, PLATFORM)
        expect(page.locator(".problem").last).to_contain_text(words)
        expect(page.locator("[role=status]")).to_have_text(words)
    assert page.evaluate("window.told") == [["error", refusal.code] for refusal in staying]
    page.get_by_role("button", name="Ask again").last.click()
    expect(footnote(page)).to_be_visible()
    expect(page.locator(".exchange")).to_have_count(len(staying))


def test_an_element_that_is_removed_asks_no_more(page: Page, generator: SlowGenerator) -> None:
    ask(page, ENDLESS)
    expect(page.locator(".answer")).to_be_visible()
    assert generator.running == 1
    page.evaluate("window.kept = document.querySelector('footnote-chat'); window.kept.remove()")
    until(lambda: not generator.running)
    page.evaluate("document.body.append(window.kept)")
    expect(page.locator(".ended")).to_contain_text("Stopped.")
    assert page.evaluate("window.told") == []


def test_an_element_that_is_moved_goes_on(page: Page, world: World) -> None:
    ask(page, ARRIVAL)
    expect(page.locator(".answer")).to_be_visible()
    page.evaluate("document.body.prepend(document.querySelector('footnote-chat'))")
    expect(page.get_by_role("dialog")).to_be_visible()
    expect(page.get_by_role("button", name="Ask", exact=True)).to_be_visible()
    assert page.evaluate("window.told") == [["answer", ""]]
    assert len(world.doors.asked()) == 1


def test_a_refused_token_is_replaced_once(page: Page, world: World) -> None:
    site = world.change(require_token=True)
    try:
        given = ["not.a.token", mint(site, "reader")]
        page.evaluate(
            """(given) => {
              window.calls = 0;
              const chat = document.querySelector("footnote-chat");
              chat.getToken = async () => given[window.calls++] ?? "none.left.over";
            }""",
            given,
        )
        ask(page, PLATFORM)
        expect(footnote(page)).to_be_visible()
        assert [came.headers["authorization"] for came in world.doors.asked()] == [
            f"Bearer {one}" for one in given
        ]
        site = world.change(require_token=True)  # with another key: what is kept is not good any more
        ask(page, WEIGHT)
        expect(page.locator(".problem")).to_contain_text("You are not signed in any more.")
        assert page.evaluate("window.calls") == 3
        assert page.evaluate("window.told") == [["answer", ""], ["error", "token_invalid"]]
        chat(page).evaluate("(chat, token) => { chat.getToken = null; chat.token = token }", mint(site))
        page.get_by_role("button", name="Ask again").click()
        expect(footnote(page)).to_have_count(2)
    finally:
        world.change()


def test_a_token_may_come_from_an_address_of_the_page(page: Page, world: World) -> None:
    site = world.change(require_token=True)
    try:
        token = mint(site)
        world.tokens.extend([f'{{"token": "{token[:-4]}xxxx"}}', token])
        page.context.add_cookies([{"name": "session", "value": "1", "url": world.wiki}])
        chat(page).evaluate("chat => chat.setAttribute('token-url', '/token')")
        ask(page, PLATFORM)
        expect(footnote(page)).to_be_visible()
        assert world.tokens == []
        assert "cookie" not in world.doors.asked()[1].headers
    finally:
        world.change()


def test_a_page_that_has_no_token_is_told_so(page: Page, world: World) -> None:
    for given in ("() => { throw new Error('no') }", "async () => { throw 1 }", "() => ''"):
        chat(page).evaluate(f"chat => {{ chat.getToken = {given}; chat.reset(); }}")
        ask(page, PLATFORM)
        expect(page.locator(".problem")).to_contain_text("You are not signed in any more.")
    assert page.evaluate("window.told") == [["error", "token_missing"]] * 3
    assert world.doors.asked() == []
