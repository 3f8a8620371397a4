"""Opening the page in a browser, and asking there."""

from collections.abc import Iterator

from playwright.sync_api import Browser, Page, expect


def opened(browser: Browser, address: str, width: int = 1280, dark: bool = False) -> Iterator[Page]:
    """The page, loaded; whatever it asks of another host, or complains of, fails the test."""
    context = browser.new_context(
        viewport={"width": width, "height": 800}, color_scheme="dark" if dark else "light"
    )
    asked: list[str] = []
    wrong: list[str] = []
    page = context.new_page()
    page.on("request", lambda request: asked.append(request.url))
    page.on("pageerror", lambda error: wrong.append(str(error)))
    page.on("console", lambda said: wrong.append(said.text) if said.type == "error" else None)
    page.goto(address)
    expect(page.locator("#article-text p").first).to_be_visible()
    yield page
    context.close()
    assert [url for url in asked if not url.startswith((address, "data:"))] == []
    assert wrong == []


def ask(page: Page, question: str) -> None:
    page.get_by_role("textbox", name="Your question").fill(question)
    page.keyboard.press("Enter")
