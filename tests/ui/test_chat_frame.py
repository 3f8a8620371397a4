import re

import pytest

from index.reading import SUFFIXES
from ui.article_view import pane_html
from ui.chat_frame import dialogs_html, masthead_html, scope_html

from .reading import Reader

ALL = masthead_html() + scope_html() + dialogs_html(rating=True) + pane_html(adding=True)


def test_everything_that_is_pressed_or_filled_in_has_a_name() -> None:
    labelled = set(re.findall(r'for="([^"]+)"', ALL))
    fields = [attributes for tag, attributes in Reader(ALL).tags if tag in ("select", "textarea", "progress")]
    assert {field["id"] for field in fields} <= labelled
    for button in re.findall(r"<button.*?</button>", ALL):
        assert Reader(button).text.strip(), button


def test_no_two_parts_share_an_id() -> None:
    ids = re.findall(r'\bid="([^"]+)"', ALL)
    assert len(ids) == len(set(ids))


def test_nothing_runs_from_inside_the_markup() -> None:
    assert not [name for _, given in Reader(ALL).tags for name in given if name.startswith("on")]


@pytest.mark.parametrize("adding", [True, False])
def test_articles_can_be_added_where_that_is_allowed_alone(adding: bool) -> None:
    html = pane_html(adding)
    assert ("progress" in html) is adding
    assert ('type="file"' in html) is adding
    assert ('id="add"' in html) is adding
    assert all(form in html for form in SUFFIXES) is adding


def test_answers_can_be_rated_where_that_is_kept_alone() -> None:
    assert "comment" in dialogs_html(rating=True)
    assert "comment" not in dialogs_html(rating=False)
