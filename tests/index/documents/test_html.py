"""What a web page gives: all that is seen, nothing that is hidden, and where the headings are."""

import html
import re

import pytest
from hypothesis import given
from hypothesis import strategies as st

from index.article import Place
from index.documents.extract import UnreadableError
from index.documents.html import extract

HIDING = [
    "<!-- {} -->",
    "<!-- {} --!>",
    "<script>{}</script>",
    "<style>{}</style>",
    "<template><p>{}</p></template>",
    "<noscript>{}</noscript>",
    "<iframe>{}</iframe>",
    "<dialog>{}</dialog>",
    "<p hidden>{}</p>",
    "<div HIDDEN='until-found'><b>{}</b></div>",
    "<p style='display:none'>{}</p>",
    "<p STYLE='color:red; DISPLAY : NONE !important'>{}</p>",
    "<p style='dis/**/play:/* so */none'>{}</p>",
    "<p style='displ\\61 y:none'>{}</p>",
    "<div style='visibility:hidden'><p>{}</p></div>",
    "<span style='opacity:0'>{}</span>",
    "<span style='font-size:0px'><i>{}</i></span>",
    "<span style='color:#fff'>{}</span>",
    "<span style='color:rgb(255, 255, 255)'>{}</span>",
    "<span style='color:rgba(1,2,3,0)'>{}</span>",
    "<span style='color:transparent'>{}</span>",
    "<font color=white>{}</font>",
    "<table bgcolor='#000000'><tr><td style='color:black'>{}</td></tr></table>",
    "<div style='background:#123456'><p style='color:#123455'>{}</p></div>",
]
SEEN = [
    "<p style='display:block'>{}</p>",
    "<p style='opacity:0.5'>{}</p>",
    "<p style='font-size:0.8em'>{}</p>",
    "<div style='visibility:hidden'><p style='visibility:visible'>{}</p></div>",
    "<div style='background:#000'><p style='color:white'>{}</p></div>",
    "<div style='background:url(dark.png)'><p style='color:white'>{}</p></div>",
    "<style>.b {{ background: navy }}</style><p class=b style='color:white'>{}</p>",
    "<p style='color:var(--ink)'>{}</p>",
    "<p aria-hidden=true>{}</p>",
    "<details><summary>More</summary>{}</details>",
    "<textarea>{}</textarea>",
]


def text_of(page: str) -> str:
    return extract(page.encode()).text


def words(text: str) -> list[str]:
    return re.findall(r"\w+", text)


@pytest.mark.parametrize("markup", HIDING)
def test_hidden_text_is_dropped_and_counted(markup: str) -> None:
    found = extract(f"<p>Before.</p>{markup.format('Marker words')}<p>After.</p>".encode())
    assert found.text == "Before.\n\nAfter."
    assert found.hidden == 1


@pytest.mark.parametrize("markup", SEEN)
def test_what_is_seen_stays(markup: str) -> None:
    found = text_of(f"<p>Before.</p>{markup.format('Marker words')}<p>After.</p>")
    assert "Marker words" in found


def test_invisible_characters_are_dropped_and_counted() -> None:
    tags = "".join(chr(0xE0000 + ord(letter)) for letter in "obey")
    found = extract(f"<p>Pi\u200ber{tags} and soft\u00adly</p>".encode())
    assert (found.text, found.hidden) == ("Pier and softly", 2)


def test_blocks_lists_and_tables_are_lines() -> None:
    page = (
        "<h1>Harbour <em>report</em></h1>Loose text<p>The&nbsp;board\n of <b>Toll</b>wick<br>voted.<p>Second"
        "<ul><li>one<ul><li>inner</ul><li><p>two<p>more</ul><ol start=3><li>three<li>four</ol>"
        "<table><caption>Costs</caption><tr><th>What<th>Cost<tr><td><p>Pier</p><p>north</p><td>6.4"
        "<tr><td><td>x<tr><td></table><pre>a\n  b</pre><dl><dt>term<dd>meaning</dl><p>It said <q>so</q>.</p>"
    )
    assert text_of(page) == (
        "Harbour report\n\nLoose text\n\nThe board of Tollwick\nvoted.\n\nSecond\n\n"
        "- one\n  - inner\n- two\n  more\n\n3. three\n4. four\n\n"
        "Costs\nWhat | Cost\nPier north | 6.4\n | x\n\na\n  b\n\nterm\nmeaning\n\nIt said “so”."
    )


def test_a_table_that_lays_out_a_page_is_no_table() -> None:
    page = "<table><tr><td><h2>Left</h2>One<td>Two<table><tr><td>a<td>b</table></table>"
    assert text_of(page).split() == ["Left", "One", "Two", "a", "|", "b"]
    assert text_of("<table><tr><td>One<tr><td>Two</table>") == "One\nTwo"


def test_each_part_knows_its_section() -> None:
    found = extract(b"<p>Intro</p><h1> The\n pier </h1><p>One</p><h3></h3><p>Two<h2>Cost</h2><p>Six")
    assert found.text == "Intro\n\nThe pier\n\nOne\n\nTwo\n\nCost\n\nSix"
    assert found.places == (Place(7, section="The pier", level=1), Place(27, section="Cost", level=2))


def test_text_after_the_end_is_kept_and_entities_from_elsewhere_are_not() -> None:
    assert text_of("<html><body><p>One</p></body></html>Two <p>Three") == "One\n\nTwo\n\nThree"
    page = '<!DOCTYPE html [<!ENTITY e SYSTEM "file:///etc/passwd">]><p>One &e; two</p>'
    assert "root:" not in text_of(page)
    assert text_of("<p>It is&#x20;A &amp; B&nosuch;") == "It is A & B&nosuch;"


def test_a_page_of_a_thousand_levels_is_read_and_a_deeper_one_refused() -> None:
    assert text_of("<div>" * 1000 + "deep") == "deep"
    with pytest.raises(UnreadableError, match="nested too deeply"):
        extract(b"<div>" * 100_000 + b"deep")


@pytest.mark.parametrize("page", ["", " \n", "<html></html>", "<script>x</script>", "<!-- x -->"])
def test_a_page_without_text_gives_none(page: str) -> None:
    assert text_of(page) == ""


WORD = st.text(st.characters(categories=["Ll", "Lu", "Nd"]), min_size=1, max_size=8)
PHRASE = st.lists(WORD, min_size=1, max_size=6).map(" ".join)
FORMS = st.sampled_from(
    [
        "<p>{}</p>",
        "<p>{}",
        "<h2>{}</h2>",
        "<div><span>{}</span></div>",
        "<ul><li>{}<li>{}</ul>",
        "<table><tr><td>{}</td><td>{}</td></tr><tr><td>{}</td></tr></table>",
        "<blockquote><p>{}<p>{}</blockquote>",
        "<section><h3>{}</h3>{}</section>",
        "<pre>{}\n{}</pre>",
        "{}<br>{}<hr>",
        *SEEN[:5],
    ]
)
PARTS = st.lists(st.tuples(FORMS, st.lists(PHRASE, min_size=3, max_size=3), st.sampled_from(["", *HIDING])))


@given(PARTS)
def test_every_visible_word_is_there_in_order(parts: list[tuple[str, list[str], str]]) -> None:
    page, expected = "", []
    for form, phrases, hiding in parts:
        shown = phrases[: form.count("{}")]
        page += form.format(*map(html.escape, shown)) + hiding.format("Marker words") + "\n"
        expected += words(" ".join(shown))
    found = extract(page.encode())
    assert words(re.sub("[“”]", "", found.text)) == expected
    assert found.hidden >= sum(hiding != "" for _, _, hiding in parts)
    assert all(0 <= place.start < len(found.text) for place in found.places)


@given(st.text(st.sampled_from("<>/!-abpdivtrl='\" \n&;#x"), max_size=200))
def test_any_markup_gives_a_text(page: str) -> None:
    found = extract(page.encode())
    assert found.text == found.text.strip("\n")
