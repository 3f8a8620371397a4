"""What Markdown hides, and where its headings are; code is shown as it stands."""

import pytest
from hypothesis import given
from hypothesis import strategies as st

from index.article import Place
from index.markdown import headings, without_hidden

HIDING = [
    "<!-- {} -->",
    "<!-- {}\n\nmore -->",
    "<script>{}</script>",
    "<STYLE type=x>{}</style >",
    "<div hidden>{}</div>",
    "<div hidden><div>a</div>{}</div>",
    '<p class="a" style="color: red; display: NONE">{}</p>',
    "<span style='visibility:hidden'>{}</span>",
]
SHOWN = [
    "`<!-- {} -->`",
    "``<!-- ` {} -->``",
    "\n```html\n<!-- {} -->\n```\n",
    "\n~~~\n<script>{}</script>\n",
    "an open <!-- {}",
    "<p>{}</p>",
    "<input hidden> {}",
    '<p data-x="hidden">{}</p>',
    "the <hidden> {}",
]


@pytest.mark.parametrize("markup", HIDING)
def test_hidden_text_is_dropped_and_counted(markup: str) -> None:
    assert without_hidden(f"Before {markup.format('Marker')}after.") == ("Before after.", 1)


@pytest.mark.parametrize("markup", SHOWN)
def test_what_a_page_shows_stays(markup: str) -> None:
    text = f"Before {markup.format('Marker')} after."
    assert without_hidden(text) == (text, 0)


@pytest.mark.parametrize("opening", ["<!-- {}", "  <!-- {}\n\nmore", "<script>{}", "<div hidden>{}"])
def test_what_is_never_closed_hides_the_rest(opening: str) -> None:
    assert without_hidden("Before.\n" + opening.format("Marker"))[0].strip() == "Before."


def test_a_comment_written_as_a_link_is_hidden() -> None:
    assert without_hidden("One\n\n[//]: # (Marker here)\n\nTwo") == ("One\n\n\n\nTwo", 1)


def test_headings_are_places() -> None:
    text = (
        "Intro\n\n# The pier #\n\nOne\n\n```\n# no heading\n```\n\nCost\n====\n\nTwo\n\n- item\n---\n\n"
        "## \n\nThree\n\n#hashtag\n\n   ### Deep ### er\n"
    )
    assert headings(text) == (
        Place(text.index("# The"), section="The pier", level=1),
        Place(text.index("Cost"), section="Cost", level=1),
        Place(text.index("## \n"), section=None),
        Place(text.index("   ### Deep"), section="Deep ### er", level=3),
    )


@given(st.text(st.sampled_from('`~<>!-#=[]:"() \nabdivhens/'), max_size=300))
def test_any_text_comes_back_whole_or_less(text: str) -> None:
    shown, hidden = without_hidden(text)
    rest = iter(text)
    assert all(letter in rest for letter in shown)
    assert hidden or sum(map(str.isalnum, shown)) == sum(map(str.isalnum, text))
    assert [place.start for place in headings(text)] == sorted({place.start for place in headings(text)})
