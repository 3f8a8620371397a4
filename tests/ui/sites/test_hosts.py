"""No other name leads to this server, whatever a site of the internet points it at."""

import re
from ipaddress import ip_address

import pytest
from hypothesis import given
from hypothesis import strategies as st
from starlette.responses import PlainTextResponse
from starlette.testclient import TestClient

from ui.settings import ServerSettings
from ui.sites.hosts import HostCheck


def status(name: str, path: str = "/api/articles", **settings: str) -> int:
    """What becomes of a request for a server of this name."""
    app = HostCheck(PlainTextResponse("here"), ServerSettings(**settings))  # type: ignore[arg-type]
    given = TestClient(app, base_url="http://x").get(path, headers={"host": name})
    if given.status_code != 200:
        assert given.json()["error"]["code"] == "unknown_host"
        assert len(given.content) < 1024
    return given.status_code


@pytest.mark.parametrize(
    ("host", "good"),
    [
        ("127.0.0.1:7860", True),
        ("localhost:7860", True),
        ("LOCALHOST", True),
        ("qa.localhost:7860", True),
        ("[::1]:7860", True),
        ("192.168.1.5:7860", True),
        ("[fe80::1]", True),
        ("intranet-qa", True),
        ("evil.example", False),
        ("evil.example:7860", False),
        ("127.0.0.1.evil.example", False),
        ("localhost.evil.example", False),
        ("localhost.", False),
        ("1.2.3.4.5", False),
        ("127.1", False),
        ("a/?x=", False),
        ("localhost/?x=", False),
        ("localhost@evil.example", False),
        ("localhost,evil.example", False),
        ("localhost:", False),
        ("", False),
    ],
)
def test_without_a_list_only_local_names_are_its_own(host: str, good: bool) -> None:
    assert status(host) == (200 if good else 421)


@pytest.mark.parametrize(
    ("hosts", "host", "good"),
    [
        ("qa.corp.example", "qa.corp.example", True),
        ("qa.corp.example", "QA.corp.example:443", True),
        ("a.example, qa.corp.example", "qa.corp.example", True),
        ("qa.corp.example", "other.corp.example", False),
        ("qa.corp.example", "127.0.0.1", False),
        ("qa.corp.example", "x.qa.corp.example", False),
        ("*", "evil.example", True),
        ("*", "a/?x=", False),
    ],
)
def test_a_list_is_the_whole_list(hosts: str, host: str, good: bool) -> None:
    assert status(host, hosts=hosts) == (200 if good else 421)


def test_the_address_to_listen_on_is_its_own_name() -> None:
    assert status("qa.corp.example", host="qa.corp.example") == 200
    assert status("other.corp.example", host="qa.corp.example") == 421
    assert status("qa.corp.example", host="0.0.0.0") == 421


@pytest.mark.parametrize("path", ["/livez", "/readyz"])
def test_probes_may_call_it_what_they_like(path: str) -> None:
    assert status("pod-7.cluster.example", path) == 200
    assert status("pod-7.cluster.example", path + "/") == 421


@given(st.text(st.characters(max_codepoint=126, min_codepoint=33), min_size=1))
def test_no_name_with_a_dot_passes_unless_it_is_a_number(name: str) -> None:
    if status(name) == 200:
        bare = re.sub(r":\d+\Z", "", name).lower().removesuffix(".localhost")
        assert "." not in bare or ip_address(bare.strip("[]"))
