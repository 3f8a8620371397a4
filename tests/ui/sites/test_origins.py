import pytest
from hypothesis import given
from hypothesis import strategies as st

from index.errors import BadInputError
from ui.sites.origins import as_origin


@pytest.mark.parametrize(
    ("text", "origin"),
    [
        ("https://wiki.corp.example", "https://wiki.corp.example"),
        ("HTTPS://Wiki.Corp.Example", "https://wiki.corp.example"),
        ("https://wiki.corp.example:443", "https://wiki.corp.example"),
        ("http://wiki.corp.example:80", "http://wiki.corp.example"),
        ("https://wiki.corp.example:80", "https://wiki.corp.example:80"),
        ("http://my_host:8080", "http://my_host:8080"),
        ("http://127.0.0.1:8080", "http://127.0.0.1:8080"),
        ("http://[::1]:8080", "http://[::1]:8080"),
        ("http://[0:0:0:0:0:0:0:1]", "http://[::1]"),
        ("https://xn--bcher-kva.example", "https://xn--bcher-kva.example"),
    ],
)
def test_an_origin_is_written_as_browsers_write_it(text: str, origin: str) -> None:
    assert as_origin(text) == origin
    assert as_origin(origin) == origin


@pytest.mark.parametrize(
    ("text", "why"),
    [
        ("null", "anyone can make"),
        ("*", "full name"),
        ("https://*.corp.example", "full name"),
        ("https://wiki.corp.example/", "write https://wiki.corp.example"),
        ("https://wiki.corp.example/page", "write https://wiki.corp.example"),
        ("https://wiki.corp.example?", "write https://wiki.corp.example"),
        ("https://wiki.corp.example#top", "write https://wiki.corp.example"),
        ("https://ann@wiki.corp.example", "no user"),
        ("https://ann:secret@wiki.corp.example", "no user"),
        ("wiki.corp.example", "with its scheme"),
        ("wiki:8080", "with its scheme"),
        ("//wiki.corp.example", "with its scheme"),
        ("ftp://wiki.corp.example", "with its scheme"),
        ("file:///etc/passwd", "with its scheme"),
        ("https://", "with its scheme"),
        ("", "with its scheme"),
        ("https://bücher.example", "xn--"),
        ("https://wiki.corp.example:", "can't be read"),
        ("https://wiki.corp.example:99999", "can't be read"),
        ("https://wiki.corp.example:x", "can't be read"),
        ("https://[::1", "can't be read"),
        ("https://[wiki]", "can't be read"),
        ("https://wiki..example", "can't be read"),
        ("https://-wiki.example", "can't be read"),
        ("https://wiki.example;script-src", "can't be read"),
        ("https://wiki.example,https://evil.example", "can't be read"),
        ("https://wiki.example https://evil.example", "no spaces"),
        ("https://wiki.example\nx", "no spaces"),
    ],
)
def test_what_is_no_single_origin_is_refused_with_the_reason(text: str, why: str) -> None:
    with pytest.raises(BadInputError) as error:
        as_origin(text)
    assert why in str(error.value)
    assert repr(text) in str(error.value)


@given(st.text() | st.from_regex(r"https?://[ -~]{0,40}", fullmatch=True))
def test_whatever_is_taken_is_safe_in_a_header_and_stays_as_it_is(text: str) -> None:
    try:
        origin = as_origin(text)
    except BadInputError:
        return
    assert as_origin(origin) == origin
    assert not set(origin) & set(" \t\r\n;,'\"*@?#<>\\")
    assert origin.count("/") == 2
