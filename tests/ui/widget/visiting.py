"""Visiting pages with the widget, and using it there as people do."""

import re
from dataclasses import dataclass, field

from playwright.sync_api import Browser, BrowserContext, Locator, Page, expect

from .world import World

expect.set_options(timeout=20_000)  # nobody measures time here, and the machine may be busy

_VIOLATIONS = """
window.violations = [];
document.addEventListener("securitypolicyviolation", (event) => {
  window.violations.push(`${event.violatedDirective} ${event.blockedURI}`);
});
"""
_FAILED = re.compile("Failed to load resource")


@dataclass
class Visits:
    """The pages that were opened, and what they asked for and complained of."""

    browser: Browser
    world: World
    asked: list[str] = field(default_factory=list)
    wrong: list[str] = field(default_factory=list)
    contexts: list[BrowserContext] = field(default_factory=list)
    network_fails: bool = False

    def open(
        self,
        path: str = "/",
        width: int = 1280,
        height: int = 800,
        dark: bool = False,
        script: str = "",
        calm: bool = True,
        strict: bool = True,
    ) -> Page:
        """A page of the wiki with the widget defined; its policy is left out unless it is `strict`."""
        context = self.browser.new_context(
            viewport={"width": width, "height": height},
            color_scheme="dark" if dark else "light",
            reduced_motion="reduce" if calm else "no-preference",
            bypass_csp=not strict,
        )
        context.set_default_timeout(15_000)
        self.contexts.append(context)
        context.add_init_script(_VIOLATIONS + script)
        page = context.new_page()
        page.on("request", lambda request: self.asked.append(request.url))
        page.on("pageerror", lambda error: self.wrong.append(str(error)))
        page.on("console", lambda said: self.wrong.append(said.text) if said.type == "error" else None)
        page.goto(self.world.wiki + path)
        page.wait_for_function("customElements.get('footnote-chat') !== undefined")
        return page

    def end(self) -> None:
        """Closes the pages; no other host was asked, no policy violated, and nothing went wrong."""
        violations = [page.evaluate("window.violations") for one in self.contexts for page in one.pages]
        for context in self.contexts:
            context.close()
        own = (self.world.footnote, self.world.wiki, "data:")
        foreign = [url for url in self.asked if not url.startswith(own)]
        wrong = [said for said in self.wrong if not (self.network_fails and _FAILED.search(said))]
        wrong += [said for one in violations for said in one]
        assert not foreign, foreign
        assert not wrong, wrong


def chat(page: Page) -> Locator:
    """The widget's element."""
    return page.locator("footnote-chat")


def launch(page: Page) -> None:
    page.get_by_role("button", name="Ask a question").click()
    expect(page.get_by_role("dialog")).to_be_visible()


def ask(page: Page, question: str) -> None:
    page.get_by_role("textbox", name="Your question").fill(question)
    page.keyboard.press("Enter")


def footnote(page: Page, number: int = 1) -> Locator:
    """A footnote's mark in the text of an answer."""
    return page.get_by_role("link", name=f"Footnote {number}: ")


def highlighted(page: Page) -> str | None:
    """The words that are highlighted on the page."""
    script = "[...(CSS.highlights.get('footnote-quote') ?? [])].map(String)[0] ?? null"
    words: str | None = page.evaluate(script)
    return words
