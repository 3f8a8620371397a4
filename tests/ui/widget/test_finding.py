"""Finding words on a page, whatever markup stands between them: properties over made pages."""

import html
from dataclasses import dataclass
from typing import Any

import pytest
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st
from playwright.sync_api import Browser, Page

from ..browsing import IN_A_BROWSER
from .visiting import Visits
from .world import World

WORDS = [
    "the",
    "Pier",
    "opens",
    "naïve",
    "café",
    "2.5",
    "“now”",
    "it’s",
    "state-of-the-art",
    "🚗",
    "ﬁne",
    "Straße",
    "Ωmega",
    "न",
    "(10%)",
]
ALIKE = {"“": '"', "”": "„", "’": "'", "-": "\u2011", "ﬁ": "fi", "ï": "i\u0308", "é": "e\u0301"}
SPACES = [" ", "\n  ", "\u00a0", " \u200b", "\t", "&#8239;", " <!-- <b>no</b> --> ", "<br>", " <i></i>"]
BREAKS = [
    "</p><p>",
    "</p><ul><li>x</li></ul><p>",
    "</p><script>opens now</script><p>",
    "</p><p hidden>the Pier</p><p>",
]

pytestmark = IN_A_BROWSER
SCRIPT = """async ({ at, markup, text, spans }) => {
  const { Page, contextOf } = await import(`${at}/src/finding.js`);
  const { foldedText } = await import(`${at}/src/page_text.js`);
  const root = document.createElement("div");
  const parsed = new DOMParser().parseFromString(markup, "text/html");
  root.append(...parsed.body.childNodes);
  document.querySelector("main").replaceChildren(root);
  const before = root.innerHTML;
  const page = new Page([root]);
  const found = spans.map(([start, end]) => {
    const quote = Array.from(text).slice(start, end).join("");
    const range = page.find(quote, contextOf(text, start, end));
    if (range === null) return null;
    const marked = [...root.querySelectorAll("[data-at]")].filter((one) => range.intersectsNode(one));
    const clean = range.cloneContents();
    clean.querySelectorAll("script, [hidden]").forEach((one) => one.remove());
    const same = foldedText(clean.textContent).text === foldedText(quote).text;
    return { same, at: Number(marked[0]?.dataset.at) };
  });
  return { found, changed: root.innerHTML !== before };
}"""


@dataclass(frozen=True)
class Made:
    """An article, a page that shows it, and where its sentences stand in the text."""

    text: str
    markup: str
    spans: list[tuple[int, int]]


@st.composite
def made(draw: st.DrawFn) -> Made:
    """Sentences, some of them twice, each in markup of its own."""
    sentence = st.lists(st.sampled_from(WORDS), min_size=1, max_size=7)
    sentences = draw(st.lists(sentence, min_size=1, max_size=4))
    sentences += draw(st.lists(st.sampled_from(sentences), max_size=2))
    text, spans, markup = "", [], "<p>"
    for number, words in enumerate(sentences):
        written = f"{' '.join(words)} {number}." if draw(st.booleans()) else f"{' '.join(words)}."
        spans.append((len(text), len(text) + len(written)))
        text += written + draw(st.sampled_from([" ", "\n\n", "  "]))
        markup += f'<span data-at="{number}">{draw(marked_up(written))}</span>'
        markup += draw(st.sampled_from([*SPACES[:4], *BREAKS]))
    return Made(text, markup + "</p>", spans)


@st.composite
def marked_up(draw: st.DrawFn, text: str) -> str:
    """The text as a page may have it: entities, soft hyphens, elements, other white space and typography."""
    parts = []
    for character in text:
        if character == " ":
            parts.append(draw(st.sampled_from(SPACES)))
            continue
        character = ALIKE.get(character, character) if draw(st.booleans()) else character
        match draw(st.integers(0, 9)):
            case 0:
                parts.append("".join(f"&#x{ord(one):x};" for one in character))
            case 1:
                parts.append(f"<b>{html.escape(character)}</b>")
            case 2:
                parts.append(f"{html.escape(character)}&shy;")
            case 3:
                parts.append(f"<i><u></u>{html.escape(character)}</i><wbr>")
            case _:
                parts.append(html.escape(character))
    return "".join(parts)


@pytest.fixture(scope="module")
def page(browser: Browser, world: World) -> Any:  # noqa: ANN401
    visits = Visits(browser, world, network_fails=True)  # the wiki has no icon
    yield visits.open("/desk", strict=False)
    visits.end()


@settings(max_examples=60, suppress_health_check=[HealthCheck.function_scoped_fixture, HealthCheck.too_slow])
@given(made())
def test_every_sentence_is_found_in_its_own_place_and_nothing_is_changed(
    page: Page, world: World, made: Made
) -> None:
    given = page.evaluate(
        SCRIPT, {"at": world.footnote, "markup": made.markup, "text": made.text, "spans": made.spans}
    )
    assert not given["changed"]
    for number, found in enumerate(given["found"]):
        assert found is not None, made.spans[number]
        assert found["same"]
        assert found["at"] == number


@settings(max_examples=30, suppress_health_check=[HealthCheck.function_scoped_fixture])
@given(made(), st.sampled_from(["not", "1.5", "Quay"]))
def test_words_that_are_not_there_are_not_found(page: Page, world: World, made: Made, other: str) -> None:
    text = made.text.replace(".", f" {other}.", 1)
    span = (made.spans[0][0], made.spans[0][1] + len(other) + 1)
    given = page.evaluate(
        SCRIPT, {"at": world.footnote, "markup": made.markup, "text": text, "spans": [span]}
    )
    assert given["found"] == [None]


def test_a_part_of_a_word_is_not_taken_for_the_word(page: Page, world: World) -> None:
    markup = '<p data-at="0">Theseus went.</p><p data-at="1">There the man went.</p>'
    given = page.evaluate(SCRIPT, {"at": world.footnote, "markup": markup, "text": "the", "spans": [(0, 3)]})
    assert given["found"] == [{"same": True, "at": 1}]
