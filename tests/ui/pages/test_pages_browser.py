"""The pages as browsers treat them: who may frame them, and what an article's address highlights."""

from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path

import httpx
import pytest
from axe_playwright_python.sync_playwright import Axe
from fakes import HashingEmbedder
from playwright.sync_api import Browser, Page, expect
from scripted import ScriptedGenerator
from starlette.applications import Starlette
from starlette.requests import Request
from starlette.responses import HTMLResponse
from starlette.routing import Route

from index.article import Article
from index.build import build_index
from index.store import open_index
from rag.pipeline import Pipeline

from ..browsing import IN_A_BROWSER
from ..conftest import REPLIES, serving
from ..sites.making import application, site, write

pytestmark = IN_A_BROWSER

ASTRAL = "𝔸stral words 🚗🚗 stand here. 🚪 The gate (👩‍👩‍👧) opens at noon! <b>Bold?</b> & “quoted” it is.\n"
NAME = "a b/astral ü.md"
MARKED = """async (spans) => {
  const found = [];
  for (const span of spans) {
    const changed = new Promise((done) => addEventListener("hashchange", done, { once: true }));
    location.hash = span;
    await changed;
    const box = document.querySelector("mark").getBoundingClientRect();
    const marks = [...document.querySelectorAll("mark")].map((mark) => mark.textContent);
    found.push([marks.join("\\n"), box.bottom > 0 && box.top < innerHeight]);
  }
  return found;
}"""


@pytest.fixture(scope="module")
def astral(tmp_path_factory: pytest.TempPathFactory, embedder: HashingEmbedder) -> Pipeline:
    folder = tmp_path_factory.mktemp("astral")
    path = folder / "articles" / NAME
    path.parent.mkdir(parents=True)
    paragraphs = "\n".join(f"## Part {part} 𝔹\n\n{ASTRAL * 3}" for part in range(12))
    path.write_text(f"# The 🚪 gate\n\n{paragraphs}\nAn_end_without_a_space_{'x' * 300}.", encoding="utf-8")
    build_index([folder / "articles"], folder / "store", embedder)
    return Pipeline(open_index(folder / "store"), embedder, ScriptedGenerator(REPLIES))


@pytest.fixture(scope="module")
def sites(tmp_path_factory: pytest.TempPathFactory) -> Path:
    return tmp_path_factory.mktemp("sites") / "sites.json"


@pytest.fixture(scope="module")
def server(astral: Pipeline, sites: Path) -> Iterator[str]:
    with serving(application(astral, sites)) as at:
        yield at


def article(astral: Pipeline) -> Article:
    return next(iter(astral.index.articles.values()))


@contextmanager
def opened(
    browser: Browser, address: str, width: int = 1280, dark: bool = False, script: bool = True
) -> Iterator[Page]:
    """A page; whatever it asks of another host, or complains of, fails the test."""
    within = browser.new_context(
        viewport={"width": width, "height": 600},
        color_scheme="dark" if dark else "light",
        java_script_enabled=script,
    )
    page = within.new_page()
    wrong: list[str] = []
    page.on("request", lambda request: None if "//127.0.0.1:" in request.url else wrong.append(request.url))
    page.on("pageerror", lambda error: wrong.append(str(error)))
    page.on("console", lambda said: wrong.append(said.text) if said.type == "error" else None)
    page.goto(address)
    yield page
    within.close()
    assert wrong == []


def test_the_address_highlights_exactly_its_words(browser: Browser, server: str, astral: Pipeline) -> None:
    found = article(astral)
    assert len(found.sentences) > 100
    spans = [(one.start, one.end) for one in found.sentences]
    with opened(browser, f"{server}/articles/{NAME}#{spans[-1][0]}-{spans[-1][1]}") as page:
        expect(page.locator("mark")).to_have_text(found.text[slice(*spans[-1])])
        expect(page.locator("mark")).to_be_in_viewport()
        expect(page.locator("mark")).to_be_focused()
        shown = page.evaluate(MARKED, [f"#{start}-{end}" for start, end in spans[:-1]])
        assert shown == [[found.text[start:end], True] for start, end in spans[:-1]]


def test_a_span_over_paragraphs_is_marked_in_each_and_nonsense_marks_nothing(
    browser: Browser, server: str, astral: Pipeline
) -> None:
    found = article(astral)
    first, second = found.paragraphs[1:3]
    with opened(browser, f"{server}/articles/{NAME}#{first.start + 2}-{second.end - 2}") as page:
        marks = page.locator("mark").all_text_contents()
        assert marks == [found.text[first.start + 2 : first.end], found.text[second.start : second.end - 2]]
        for nonsense in ("#9-3", "#1", "#99999999-999999999", "#<b>", "#0-0"):
            page.evaluate("(hash) => { location.hash = hash; }", nonsense)
            expect(page.locator("mark")).to_have_count(0)
        assert page.locator("#article").evaluate("(one) => one.querySelectorAll('b').length") == 0


@pytest.mark.parametrize("dark", [False, True])
def test_it_can_be_read_by_everybody(browser: Browser, server: str, astral: Pipeline, dark: bool) -> None:
    sentence = article(astral).sentences[3]
    with opened(browser, f"{server}/articles/{NAME}#{sentence.start}-{sentence.end}", 320, dark) as page:
        expect(page.locator("mark")).to_be_visible()
        assert page.evaluate("document.documentElement.scrollWidth") <= 320
        ground = page.evaluate("getComputedStyle(document.documentElement).backgroundColor")
        assert ground == ("rgb(14, 22, 35)" if dark else "rgb(255, 255, 255)")
        found = Axe().run(page).response
        assert found["violations"] == []
        assert "color-contrast" in [rule["id"] for rule in found["passes"]]


def test_it_can_be_read_without_a_script(browser: Browser, server: str, astral: Pipeline) -> None:
    with opened(browser, f"{server}/articles/{NAME}#3-9", script=False) as page:
        last = article(astral).paragraphs[-1]
        expect(page.locator(f"[data-start='{last.start}']")).to_be_visible()
        expect(page.get_by_role("link", name="Ask a question")).to_be_visible()


def page_with_frame(address: str) -> Starlette:
    """A page of another origin that puts this address into a frame."""

    async def give(request: Request) -> HTMLResponse:
        return HTMLResponse(
            f'<!doctype html><link rel="icon" href="data:,"><iframe src="{address}" height="500"></iframe>'
        )

    return Starlette(routes=[Route("/", give)])


def test_a_site_may_frame_the_chat_and_others_may_not(browser: Browser, server: str, sites: Path) -> None:
    with (
        serving(page_with_frame(f"{server}/embed")) as listed,  # type: ignore[arg-type]
        serving(page_with_frame(f"{server}/embed")) as unlisted,  # type: ignore[arg-type]
        serving(page_with_frame(f"{server}/articles/{NAME}")) as other,  # type: ignore[arg-type]
    ):
        write(sites, site("wiki", listed))
        with opened(browser, listed) as page:
            inside = page.frame_locator("iframe")
            expect(inside.locator("footnote-chat")).to_be_visible()
            expect(inside.get_by_role("textbox")).to_be_visible()
        for address in (unlisted, other):
            context = browser.new_context()
            page = context.new_page()
            said: list[str] = []
            page.on("console", lambda one, said=said: said.append(one.text))
            page.goto(address)
            assert page.frames[1].url.startswith("chrome-error:")
            assert any("frame-ancestors" in text for text in said)
            context.close()


def test_the_frame_hands_its_token_on_and_forgets_it(browser: Browser, server: str) -> None:
    asked: list[str | None] = []
    with opened(browser, "about:blank") as page:
        page.on(
            "request",
            lambda one: asked.append(one.headers.get("authorization")) if "/api/" in one.url else None,
        )
        page.goto(f"{server}/embed#token=abc.def.ghi")
        box = page.get_by_role("textbox")
        box.fill("Hello")
        with page.expect_response("**/api/ask"):
            box.press("Enter")
        assert page.url == f"{server}/embed"
    assert set(asked) == {"Bearer abc.def.ghi"}


def test_a_header_of_more_than_sixteen_kilobytes_is_refused(server: str) -> None:
    for size in (17_000, 1_000_000):
        try:
            status = httpx.get(f"{server}/livez", headers={"x-long": "x" * size}).status_code
        except httpx.TransportError:  # refused before all of it was sent
            continue
        assert status in {400, 431}
    assert httpx.get(f"{server}/livez").status_code == 200
