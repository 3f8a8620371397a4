"""Articles as pages to read."""

import re
from html import unescape

import pytest
from conftest import ARTICLE
from fastapi import FastAPI
from hypothesis import given, settings
from hypothesis import strategies as st
from lxml import html
from starlette.testclient import TestClient

from index.article import Article, Paragraph, Place
from index.paragraphs import paragraphs
from rag.pipeline import Pipeline
from ui.pages.articles import blocks
from ui.pages.assets import template

BLOCKS = '//*[@id="article"]//*[@data-start]'
LETTERS = st.text(st.characters(exclude_categories=["Cs"], exclude_characters="\r"), max_size=200)


def article(text: str, places: tuple[Place, ...] = ()) -> Article:
    return Article("a.txt", text, "", tuple(paragraphs(text)), (), places)


@pytest.fixture
def client(app: FastAPI) -> TestClient:
    return TestClient(app, raise_server_exceptions=False)


def test_the_whole_article_is_there_without_a_script(client: TestClient, pipeline: Pipeline) -> None:
    text = pipeline.index.articles[ARTICLE].text
    page = html.document_fromstring(client.get(f"/articles/{ARTICLE}").text)
    assert page.findtext(".//h1") == ARTICLE
    shown = [block.text_content() for block in page.xpath(BLOCKS)]
    assert "".join("".join(shown).split()) == "".join(text.split())
    for block in page.xpath(BLOCKS):
        start, end = int(block.get("data-start") or ""), int(block.get("data-end") or "")
        assert block.text_content() == text[start:end]


@settings(max_examples=100)
@given(LETTERS)
def test_every_block_is_its_span_whatever_the_text(text: str) -> None:
    one = article(text)
    page = template("article.html").render(article=one, blocks=list(blocks(one)), root="../")
    found = re.findall(r'<(?:p|h2) data-start="(\d+)" data-end="(\d+)">(.*?)</(?:p|h2)>\n', page, re.DOTALL)
    assert [(int(start), int(end)) for start, end, _ in found] == [(p.start, p.end) for p in one.paragraphs]
    for start, end, shown in found:
        assert "<" not in shown
        assert unescape(shown) == text[int(start) : int(end)].replace("\0", "\ufffd")


def test_headings_and_pages_are_told_apart() -> None:
    text = "# The pier\n\nIt is old.\n\nCosts\n=====\n\nThey rise. Costs rise."
    at = text.index("Costs\n")
    places = (Place(0, 1, "The pier"), Place(at, 2, "Costs"))
    found = list(blocks(article(text, places)))
    assert [(one.text, one.heading, one.page) for one in found] == [
        ("# The pier", True, 1),
        ("It is old.", False, None),
        ("Costs", True, 2),
        ("They rise. Costs rise.", False, None),
    ]


def test_a_page_in_the_middle_of_a_section_begins_with_no_heading() -> None:
    text = "Costs\n\nCosts rise.\n\nCosts fall."
    places = (Place(0, 1, "Costs"), Place(20, 2, "Costs"))
    one = Article("a.pdf", text, "", (Paragraph(0, 5), Paragraph(7, 18), Paragraph(20, 31)), (), places)
    assert [found.heading for found in blocks(one)] == [True, False, False]


def test_an_article_that_is_not_there_is_a_page_that_says_so(client: TestClient) -> None:
    for name in ("nothing", "%3Cscript%3Ecanary", "a/b/c"):
        given = client.get(f"/articles/{name}")
        assert given.status_code == 404
        assert "There is no such article" in given.text
        assert "canary" not in given.text


def test_its_files_are_found_from_any_depth(client: TestClient) -> None:
    assert 'href="../pages/article.css"' in client.get("/articles/nothing").text
    assert 'href="../../../pages/article.css"' in client.get("/articles/a/b/c").text
