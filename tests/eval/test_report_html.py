import json
import re
from dataclasses import asdict, replace
from html.parser import HTMLParser

from hypothesis import given
from hypothesis import strategies as st
from scripted import ScriptedGenerator
from small_world import World

from eval.calibration_curve import calibration
from eval.case import Case
from eval.goldset import GoldQuestion
from eval.highlights import excerpts
from eval.plots import reliability, risk_coverage
from eval.report_html import HEADLINE, Row
from eval.run import run

HOSTILE = "<script>alert(1)</script><img src=x onerror=alert(2)> $x^2$ & \"'"


class _Checker(HTMLParser):
    """Notes elements that could load or run something, ids, and whether elements are closed."""

    VOID = frozenset({"meta", "link", "img", "br", "input", "hr"})

    def __init__(self) -> None:
        super().__init__()
        self.open: list[str] = []
        self.tags: set[str] = set()
        self.ids: list[str] = []
        self.loads: list[str] = []

    def handle_starttag(self, tag: str, attrs: list[tuple[str, str | None]]) -> None:
        self.tags.add(tag)
        self.ids += [value or "" for name, value in attrs if name == "id"]
        self.loads += [value or "" for name, value in attrs if name in {"src", "href", "action"}]
        assert not any(name.startswith("on") for name, _ in attrs)
        if tag not in self.VOID:
            self.open.append(tag)

    def handle_startendtag(self, tag: str, attrs: list[tuple[str, str | None]]) -> None:
        self.handle_starttag(tag, attrs)
        if tag not in self.VOID:
            self.open.pop()

    def handle_endtag(self, tag: str) -> None:
        assert self.open.pop() == tag


def _checked(page: str) -> _Checker:
    checker = _Checker()
    checker.feed(page)
    assert checker.open == []
    return checker


def _hostile(world: World) -> str:
    row = json.loads(world.gold.read_text(encoding="utf-8").splitlines()[0])
    row |= {
        "question": f"What does it cost? {HOSTILE}",
        "category": HOSTILE,
        "answers": [HOSTILE, "6.4 million"],
    }
    world.gold.write_text(json.dumps(row), encoding="utf-8")
    generator = ScriptedGenerator({"": f"It costs 9 {HOSTILE}"})
    run(
        replace(world.options, systems=("product", "model_alone"), stress=("altered",)),
        world.tools(generator),
    )
    page: str = (world.out / "report.html").read_text(encoding="utf-8")
    return page


def test_hostile_text_is_only_text(world: World) -> None:
    page = _hostile(world)
    assert "<script" not in page
    assert "<img" not in page
    assert "&lt;script&gt;" in page
    assert _checked(page).tags.isdisjoint({"script", "img", "link", "iframe", "object"})


def test_nothing_outside_is_referred_to(world: World) -> None:
    run(world.options, world.tools())
    page = (world.out / "report.html").read_text(encoding="utf-8")
    assert re.findall(r"https?://\S*", page) == []
    checker = _checked(page)
    assert all(address.startswith("#") for address in checker.loads)
    assert len(checker.ids) == len(set(checker.ids))


def test_a_failing_case_shows_what_was_cited_and_what_is_gold(world: World) -> None:
    replies = {"voted": "The article does not say.", "": "The work will cost 6.4 million pounds."}
    run(world.options, world.tools(ScriptedGenerator(replies)))
    page = (world.out / "report.html").read_text(encoding="utf-8")
    assert page.count("<summary><span") == 5
    assert "wrong answer" in page
    assert "answered, though the article does not say" in page
    assert '<mark class="cited "><sup>[1] </sup>The work will cost' in page
    assert '<mark class=" gold"><sup>gold </sup>Harbour master Ilse' in page


def test_a_page_without_failures_says_so(world: World) -> None:
    run(world.options, world.tools())
    page = (world.out / "report.html").read_text(encoding="utf-8")
    assert "<p>None.</p>" in page


def test_confidence_is_plotted_when_there_is_one() -> None:
    answer = {"answer": "Ada", "refused": False, "citations": [], "confidence": 0.5}
    gold = GoldQuestion("q", "a.txt", "Who?", ("Ada",), (), ("Ada",), "lookup", ())
    found = calibration([Case(gold, answer), Case(gold, answer | {"confidence": 0.9})])
    assert found is not None
    for picture in (risk_coverage(asdict(found)), reliability(asdict(found))):
        assert picture.startswith("<svg")
        assert "http" not in picture


@given(st.text(min_size=1, max_size=9000), st.data())
def test_an_excerpt_is_the_text_with_its_marks(text: str, data: st.DataObject) -> None:
    start = data.draw(st.integers(0, len(text) - 1))
    end = data.draw(st.integers(start + 1, len(text)))
    quote = text[start:end]
    citation = {"number": 1, "article": "a", "start": start, "end": end, "quote": quote}
    gold = GoldQuestion("q", "a", "Who?", ("x",), (), (text[: len(text) // 2 + 1],), "c", ())
    case = Case(gold, {"answer": "x", "refused": False, "citations": [citation]})
    (excerpt,) = excerpts(case, {"a": text, "b": "other"})
    assert "".join(piece.text for piece in excerpt.pieces if piece.cited) == quote
    if len(text) <= 4000:
        assert "".join(piece.text for piece in excerpt.pieces) == text


def test_a_citation_of_another_article_brings_its_text() -> None:
    citation = {"number": 1, "article": "b", "start": 0, "end": 5, "quote": "other"}
    gold = GoldQuestion("q", "a", "Who?", (), (), (), "c", ())
    case = Case(gold, {"answer": "x", "refused": False, "citations": [citation]})
    assert [excerpt.article for excerpt in excerpts(case, {"a": "text", "b": "other"})] == ["a", "b"]
    assert [excerpt.article for excerpt in excerpts(Case(gold, None, "failed"), {"a": "text"})] == ["a"]


def test_values_and_goals_are_written_for_people() -> None:
    row = Row("correct", "Correct", "", at_least=0.9)
    assert (row.goal, row.shown(0.5), row.shown(None), row.interval(0.5, 0.666)) == (
        "≥ 90 %",
        "50 %",
        "–",
        "50–66.6 %",
    )
    assert (row.verdict(0.9), row.verdict(0.89), row.verdict(None)) == ("met", "missed", "")
    slow = next(row for row in HEADLINE if row.figure == "total.p95")
    assert (slow.goal, slow.verdict(5.1)) == ("≤ 5.00 s", "missed")
    trust = next(row for row in HEADLINE if row.figure == "trust")
    assert trust.interval(-0.5, 0.25) == "-0.50 to 0.25"
    assert trust.interval(1, 1) == ""
