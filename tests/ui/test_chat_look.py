import re

from ui.chat_look import favicon, head


def test_the_page_names_no_other_host() -> None:
    assert not re.search(r"https?://", head())


def test_the_head_is_one_style_and_one_script() -> None:
    """What stands in a file can't end either of them."""
    assert re.findall(r"</?(?:style|script)\b", head()) == ["<style", "</style", "<script", "</script"]


def test_nothing_is_kept_beyond_the_tab() -> None:
    assert "localStorage" not in head()
    assert "indexedDB" not in head()


def test_the_icon_names_no_other_host_but_the_format() -> None:
    with open(favicon(), encoding="utf-8") as file:
        assert set(re.findall(r"https?://[^\"]*", file.read())) == {"http://www.w3.org/2000/svg"}
