"""What the page shows while it waits: for its turn, for the model, for a server that is gone."""

import re
import threading

from conftest import ARTICLE
from fakes import HashingEmbedder
from playwright.sync_api import Browser, Page, expect

from index.store import Index
from rag.pipeline import Pipeline
from ui.settings import QueueSettings, Settings

from .browsing import IN_A_BROWSER, ask, barriers, opened
from .conftest import PLATFORM, QUOTED, REPLIES, made, serving
from .gated import GatedGenerator

COST = "How much will the new Fiesta cost?"

pytestmark = IN_A_BROWSER


def quoted_in(page: Page, part: str, text: str) -> bool:
    """Whether the words that a part quotes are the article's."""
    quote = (page.locator(part).first.text_content() or "").strip("“”")
    return bool(quote) and quote in " ".join(text.split())


def test_everyone_in_the_line_sees_what_happens(
    browser: Browser, ford: Index, embedder: HashingEmbedder
) -> None:
    model = GatedGenerator(REPLIES)
    settings = Settings(queue=QueueSettings(waiting=1))
    with serving(made(Pipeline(ford, embedder, model), settings)) as address:
        for first in opened(browser, address):
            ask(first, PLATFORM)
            expect(first.locator("#talk .found")).to_contain_text("Found, being read")
            assert quoted_in(first, "#talk .found blockquote", ford.articles[ARTICLE].text)
            expect(first.locator("#talk .step.now")).to_have_text("Reading")
            expect(first.locator("#talk .seconds")).to_have_text(re.compile(r"\d+ s"))
            assert barriers(first) == []
            for second in opened(browser, address):
                ask(second, COST)
                expect(second.locator("#talk .stage")).to_contain_text("Waiting: 1st in line")
                for third in opened(browser, address):
                    ask(third, QUOTED)
                    expect(third.locator("#talk .problem")).to_contain_text("Too many questions are waiting")
                    assert barriers(third) == []
                    top = first.locator("#talk .question").bounding_box()
                    model.gate.set()
                    expect(first.locator("#talk .mark")).to_be_visible()
                    assert first.locator("#talk .question").bounding_box() == top
                    expect(second.locator("#talk .refusal")).to_be_visible()
                    third.get_by_role("button", name="Ask again").click()
                    expect(third.locator("#talk .reply")).to_contain_text("The article does not say.")


class Serving:
    """A server that ends when it is told to, which another may follow on the same port."""

    def __init__(self, pipeline: Pipeline, port: int = 0) -> None:
        self._ending = threading.Event()
        started = threading.Event()
        self.address = ""

        def serve() -> None:
            with serving(made(pipeline), port) as address:
                self.address = address
                started.set()
                self._ending.wait(120)

        self._thread = threading.Thread(target=serve)
        self._thread.start()
        started.wait(60)

    @property
    def port(self) -> int:
        return int(self.address.rpartition(":")[2])

    def end(self) -> None:
        self._ending.set()
        self._thread.join(30)


def test_a_server_that_is_gone_is_told_and_asked_again_when_it_is_back(
    browser: Browser, ford: Index, embedder: HashingEmbedder
) -> None:
    model = GatedGenerator(REPLIES)
    model.gate.set()

    first = Serving(Pipeline(ford, embedder, model))
    for page in opened(browser, first.address, lasting=False):
        ask(page, PLATFORM)
        expect(page.locator("#talk .mark")).to_be_visible()
        model.gate.clear()
        ask(page, COST)
        expect(page.locator("#talk .stage")).to_be_visible()
        first.end()
        banner = page.locator("#connection")
        expect(banner).to_contain_text("can't be reached", timeout=60_000)
        assert barriers(page) == []
        model.gate.set()
        second = Serving(Pipeline(ford, embedder, model), first.port)
        banner.get_by_role("button", name="Ask again").click(timeout=60_000)
        expect(page.locator("#log .refusal")).to_be_visible()
        expect(page.locator("#log .question")).to_contain_text([COST])
        expect(page.locator("#earlier .question")).to_contain_text([PLATFORM])
        page.locator("#earlier .mark").click()
        expect(page.locator("#article-text mark")).to_be_visible()
        assert barriers(page) == []
        second.end()
