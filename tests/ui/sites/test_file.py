import os
import stat
from concurrent.futures import ThreadPoolExecutor
from datetime import UTC, datetime
from pathlib import Path

import pytest
from hypothesis import HealthCheck, example, given, settings
from hypothesis import strategies as st

from index.errors import BadInputError, NotReadyError
from index.home import data_home
from ui.sites.file import SitesFile, change_sites, read_sites, sites_path
from ui.sites.site import Key, Site, Sites

from .making import PORTAL, WIKI, key, site, write

NAMES = st.from_regex(r"[a-z0-9][a-z0-9-]{0,10}", fullmatch=True)
ORIGINS = st.builds(
    "{}://{}.example{}".format,
    st.sampled_from(["http", "https"]),
    st.from_regex(r"[a-z]{1,8}", fullmatch=True),
    st.sampled_from(["", ":8080", ":8443"]),
)
TEXT = st.text(st.characters(exclude_categories=["Cs"]), min_size=1, max_size=20)
KEYS = st.builds(
    Key,
    id=st.from_regex(r"[a-z0-9]{1,8}", fullmatch=True),
    secret=st.text(st.characters(exclude_categories=["Cs"]), min_size=32, max_size=60),
    created=st.datetimes(timezones=st.just(UTC)),
)


@st.composite
def all_sites(draw: st.DrawFn) -> Sites:
    names = draw(st.lists(NAMES, unique=True, max_size=3))
    origins = draw(
        st.lists(ORIGINS, unique=True, min_size=2 * len(names), max_size=2 * len(names)).filter(bool)
        if names
        else st.just([])
    )
    return Sites(
        sites=tuple(
            Site(
                name=name,
                origins=tuple(origins[2 * at : 2 * at + 2]),
                require_token=draw(st.booleans()),
                requests_per_minute=draw(st.integers(1, 1000)),
                streams=draw(st.integers(1, 100)),
                articles=tuple(draw(st.lists(TEXT, max_size=2))),
                keys=tuple(draw(st.lists(KEYS, max_size=2))),
            )
            for at, name in enumerate(names)
        )
    )


@settings(max_examples=60, suppress_health_check=list(HealthCheck))
@given(all_sites())
def test_what_is_written_is_read_again_and_only_the_owner_may(tmp_path: Path, sites: Sites) -> None:
    path = tmp_path / "sites.json"
    assert change_sites(path, lambda before: sites) == sites
    assert read_sites(path) == sites
    assert stat.S_IMODE(path.stat().st_mode) == 0o600
    assert sorted(one.name for one in tmp_path.iterdir()) == ["sites.json", "sites.json.lock"]


@settings(max_examples=100, suppress_health_check=list(HealthCheck))
@given(st.binary() | st.text().map(str.encode))
@example(b"{}")
@example(b'{"sites": [{"name": "wiki", "origins": ["*"]}]}')
@example(b'{"sites": [{"name": "wiki", "origins": ["https://a.example"], "keys": [{"secret": "canary"}]}]}')
@example(b'{"version": 2}')
def test_whatever_stands_in_the_file_it_is_used_or_told_in_a_line(tmp_path: Path, content: bytes) -> None:
    path = tmp_path / "sites.json"
    path.write_bytes(content)
    try:
        told = repr(read_sites(path))
    except BadInputError as error:
        told = str(error)
    assert told.startswith(("Sites(", f"The file of sites '{path}' can't be used: "))
    assert "\n" not in told
    assert "canary" not in told


def test_there_are_no_sites_before_there_is_a_file(tmp_path: Path) -> None:
    assert read_sites(tmp_path / "nothing.json") == Sites()
    assert SitesFile(tmp_path / "nothing.json").current().origins == []


def test_it_stands_in_the_home_or_where_it_is_said_to(tmp_path: Path) -> None:
    assert sites_path(None) == data_home() / "sites.json"
    assert sites_path(str(tmp_path / "other.json")) == tmp_path / "other.json"


def test_a_change_is_seen_and_what_cannot_be_used_changes_nothing(
    tmp_path: Path, caplog: pytest.LogCaptureFixture
) -> None:
    path = tmp_path / "sites.json"
    file = SitesFile(path)
    write(path, site("wiki"))
    assert file.current().origins == [WIKI]
    write(path, site("wiki", PORTAL))
    assert file.current().origins == [PORTAL]
    path.write_text("{", encoding="utf-8")
    assert file.current().origins == [PORTAL]
    assert "stay as they were" in caplog.text
    path.unlink()
    assert file.current().origins == []


def test_of_two_sites_none_has_the_name_or_an_origin_of_the_other(tmp_path: Path) -> None:
    path = write(tmp_path / "sites.json", site("wiki"))
    before = path.read_bytes()
    for other, said in ((site("wiki", PORTAL), "two sites 'wiki'"), (site("portal", WIKI), WIKI)):
        with pytest.raises(BadInputError, match=said):
            change_sites(path, lambda sites, other=other: Sites(sites=(*sites.sites, other)))
    assert path.read_bytes() == before


def test_many_at_once_lose_no_change(tmp_path: Path) -> None:
    path = tmp_path / "sites.json"

    def add(number: int) -> None:
        one = site(f"site-{number}", f"https://site-{number}.example")
        change_sites(path, lambda sites: Sites(sites=(*sites.sites, one)))

    with ThreadPoolExecutor(8) as many:
        list(many.map(add, range(16)))
    assert len(read_sites(path).sites) == 16


@pytest.mark.skipif(os.geteuid() == 0, reason="root may write everywhere")
def test_a_folder_that_cannot_be_written_is_told(tmp_path: Path) -> None:
    tmp_path.chmod(0o500)
    with pytest.raises(NotReadyError, match="FOOTNOTE_SITES"):
        change_sites(tmp_path / "sites.json", lambda sites: sites)


def test_a_file_that_is_a_folder_is_told(tmp_path: Path) -> None:
    with pytest.raises(BadInputError, match="can't be read"):
        read_sites(tmp_path)


def test_a_third_key_ends_the_first(tmp_path: Path) -> None:
    first = site(keys=()).with_new_key()
    second = first.with_new_key()
    third = second.with_new_key()
    assert [len(one.keys) for one in (first, second, third)] == [1, 2, 2]
    assert second.keys[1] == first.keys[0]
    assert first.keys[0] not in third.keys
    assert len({one.keys[0].secret for one in (first, second, third)}) == 3
    assert key(1).secret not in repr(key(1))
    assert third.keys[0].created <= datetime.now(UTC)
