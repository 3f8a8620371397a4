"""The matrix of origins, routes and tokens holds, and so do the limits."""

import logging
from pathlib import Path

import pytest
from conftest import ARTICLE, ROOT
from fakes import HashingEmbedder
from scripted import ScriptedGenerator
from starlette.testclient import TestClient

from index.store import Index
from rag.pipeline import Pipeline
from ui.settings import LimitSettings, ServerSettings

from ..conftest import REPLIES
from .making import PORTAL, WIKI, application, signed, site, write
from .matrix import LISTED, ORIGINS, ROUTES, SERVER, TOKENS, Outcome, Route, outcome, tables

HANDBOOK = ROOT / "docs" / "embedding.md"
ASK = {"question": "Hello"}
HOSTS = ServerSettings(hosts="qa.corp.example,testserver")
FOREIGN = Outcome(403, "foreign_origin", None)


@pytest.fixture(scope="module")
def asked(ford: Index, embedder: HashingEmbedder) -> Pipeline:
    return Pipeline(ford, embedder, ScriptedGenerator(REPLIES))


@pytest.fixture(scope="module")
def client(asked: Pipeline, tmp_path_factory: pytest.TempPathFactory) -> TestClient:
    return _client(asked, tmp_path_factory.mktemp("optional"), False)


@pytest.fixture(scope="module")
def strict(asked: Pipeline, tmp_path_factory: pytest.TempPathFactory) -> TestClient:
    return _client(asked, tmp_path_factory.mktemp("required"), True)


def _client(pipeline: Pipeline, folder: Path, require_token: bool) -> TestClient:
    other = site("portal", PORTAL)
    path = write(folder / "sites.json", site("wiki", LISTED, require_token=require_token), other)
    app = application(pipeline, path, server=HOSTS)
    return TestClient(app, base_url=SERVER, raise_server_exceptions=False)


@pytest.mark.parametrize("origin", ORIGINS.values(), ids=ORIGINS)
@pytest.mark.parametrize("route", ROUTES, ids=lambda route: route.shown)
def test_only_pages_of_sites_get_what_is_open_and_nobody_else_a_readable_word(
    client: TestClient, strict: TestClient, route: Route, origin: str
) -> None:
    is_allowed = origin == LISTED and route.is_open
    for one, required in ((client, False), (strict, True)):
        preflight = outcome(one, route, origin, {}, preflight=True)
        assert preflight == (Outcome(204, "", origin) if is_allowed else FOREIGN)
        for token in TOKENS:
            code = token.code if required else token.where_optional
            expected = Outcome(401, code, origin) if code else Outcome(route.good, "", origin)
            assert outcome(one, route, origin, token.headers()) == (expected if is_allowed else FOREIGN)


@pytest.mark.parametrize("route", ROUTES, ids=lambda route: route.shown)
def test_our_own_pages_and_programs_need_neither_origin_nor_token(strict: TestClient, route: Route) -> None:
    own = [{}, {"origin": SERVER}, {"origin": "http://qa.corp.example", "sec-fetch-site": "same-origin"}]
    for headers in own:
        for token in ({}, signed(audience="portal"), {"authorization": "Bearer none"}):
            given = strict.request(route.method, route.path, headers={**headers, **token}, json=route.json)
            assert given.status_code != 401
            assert "foreign_origin" not in given.text
            assert "access-control-allow-origin" not in given.headers


def test_the_widget_is_everybodys(client: TestClient) -> None:
    for origin in ORIGINS.values():
        given = client.get("/widget.js", headers={"origin": origin})
        assert (given.status_code, given.headers["access-control-allow-origin"]) == (200, "*")


def test_the_handbook_shows_the_matrix_as_it_is(client: TestClient, strict: TestClient) -> None:
    table = "\n".join(tables(client, strict))
    assert table in HANDBOOK.read_text(encoding="utf-8"), f"docs/embedding.md wants this:\n{table}"


def test_a_refusal_costs_nothing_and_repeats_nothing(
    ford: Index, embedder: HashingEmbedder, tmp_path: Path, caplog: pytest.LogCaptureFixture
) -> None:
    generator = ScriptedGenerator(REPLIES)
    app = application(Pipeline(ford, embedder, generator), write(tmp_path / "sites.json", site()))
    with caplog.at_level(logging.INFO, "footnote"):
        given = TestClient(app).post(
            "/api/ask", content=b"x" * 10_000_000, headers={"origin": "https://canary.example"}
        )
    assert given.json()["error"]["code"] == "foreign_origin"
    assert "canary" not in given.text
    assert generator.prompts == []
    assert [one.__dict__.get("origin") for one in caplog.records][0] == "https://canary.example"


def test_a_page_may_read_errors_and_when_to_come_again(client: TestClient) -> None:
    given = client.post("/api/ask", json={"question": ""}, headers={"origin": LISTED})
    assert (given.status_code, given.json()["error"]["code"]) == (422, "empty_question")
    assert given.headers["access-control-allow-origin"] == LISTED
    assert "retry-after" in given.headers["access-control-expose-headers"]
    large = client.post("/api/ask", content=b"x" * 100_000, headers={"origin": LISTED})
    assert (large.status_code, large.headers["access-control-allow-origin"]) == (413, LISTED)


def test_a_preflight_allows_no_more_than_is_needed(client: TestClient) -> None:
    asked = {"origin": LISTED, "access-control-request-method": "POST"}
    given = client.options("/api/ask", headers=asked).headers
    assert given["access-control-allow-methods"] == "POST"
    assert given["access-control-allow-headers"] == "authorization, content-type"


def test_caches_are_told_that_the_answer_depends_on_the_page(client: TestClient) -> None:
    for headers in ({}, {"origin": LISTED}):
        assert "origin" in client.get("/api/articles", headers=headers).headers["vary"].lower()


def test_two_origins_at_once_are_none(client: TestClient) -> None:
    given = client.get("/api/articles", headers=[("origin", LISTED), ("origin", SERVER)])
    assert given.status_code == 403


def test_what_is_added_or_removed_counts_at_once(asked: Pipeline, tmp_path: Path) -> None:
    path = tmp_path / "sites.json"
    client = TestClient(application(asked, path))
    headers = {"origin": WIKI}
    assert client.get("/api/articles", headers=headers).status_code == 403
    write(path, site())
    assert client.get("/api/articles", headers=headers).status_code == 200
    write(path)
    assert client.get("/api/articles", headers=headers).status_code == 403


def test_a_site_gets_only_its_articles(pipeline_of_two: Pipeline, tmp_path: Path) -> None:
    path = tmp_path / "sites.json"
    write(
        path, site("wiki", WIKI, articles=("pier",)), site("portal", PORTAL, articles=("pier.txt", "x.txt"))
    )
    client = TestClient(application(pipeline_of_two, path))

    def ask(origin: str, **more: str) -> tuple[int, str]:
        given = client.post("/api/ask", json={"question": "Who is it?", **more}, headers={"origin": origin})
        return given.status_code, given.json().get("error", {}).get("code", "")

    for origin in (WIKI, PORTAL):
        headers = {"origin": origin}
        assert client.get("/api/articles", headers=headers).json() == {"articles": ["pier.txt"]}
        assert client.get("/api/articles/pier.txt", headers=headers).status_code == 200
        assert client.get("/api/articles/bakery.md", headers=headers).status_code == 404
        assert ask(origin, article="bakery") == (404, "no_such_article")
        assert ask(origin, article="pier") == (200, "")
    assert ask(WIKI) == (200, "")
    assert ask(PORTAL) == (422, "article_needed")
    assert client.get("/api/articles").json() == {"articles": ["bakery.md", "pier.txt"]}


@pytest.mark.parametrize("door", ["queue/join", "run/predict", "run/predict/"])
def test_what_the_page_asks_of_its_server_is_counted(asked: Pipeline, tmp_path: Path, door: str) -> None:
    app = application(asked, tmp_path / "sites.json", limits=LimitSettings(requests_per_minute=2))
    client = TestClient(app, client=("192.0.2.1", 1), raise_server_exceptions=False)
    given = [client.post(f"/gradio_api/{door}", json={}).status_code for _ in range(3)]
    assert given[2] == 429
    assert 429 not in given[:2]


def test_a_token_for_some_articles_opens_no_door_to_the_others(asked: Pipeline, tmp_path: Path) -> None:
    path = write(tmp_path / "sites.json", site("wiki", WIKI, articles=(ARTICLE,)), site("portal", PORTAL))
    client = TestClient(application(asked, path, require_token=True))
    given = client.post("/gradio_api/queue/join", json={}, headers=signed())
    assert (given.status_code, given.json()["error"]["code"]) == (403, "not_for_sites")
    assert (
        client.post("/gradio_api/queue/join", json={}, headers=signed(audience="portal")).status_code != 403
    )


@pytest.mark.parametrize("method", ["PUT", "DELETE"])
def test_a_token_changes_no_articles(asked: Pipeline, tmp_path: Path, method: str) -> None:
    path = write(tmp_path / "sites.json", site())
    client = TestClient(application(asked, path, require_token=True, upload={"allow": True}))
    given = client.request(method, "/api/articles/pier.txt", content=b"A pier.", headers=signed())
    assert (given.status_code, given.json()["error"]["code"]) == (403, "not_for_sites")


def test_where_tokens_are_required_of_all_nobody_gets_an_answer_without(
    asked: Pipeline, tmp_path: Path
) -> None:
    path = write(tmp_path / "sites.json", site(articles=(ARTICLE,)))
    client = TestClient(application(asked, path, require_token=True))
    own: list[dict[str, str]] = [{}, {"origin": "http://testserver"}, {"sec-fetch-site": "same-origin"}]
    for headers in [*own, {"origin": WIKI}]:

        def ask(token: dict[str, str], headers: dict[str, str] = headers) -> tuple[int, str]:
            given = client.post("/api/ask", json=ASK, headers={**headers, **token})
            return given.status_code, given.json().get("error", {}).get("code", "")

        assert ask({}) == (401, "token_missing")
        for token in TOKENS[1:]:
            assert ask(token.headers()) == ((401, token.code) if token.code else (200, ""))
        assert client.get("/api/articles", headers={**headers, **signed()}).json() == {"articles": [ARTICLE]}
    for closed in ("/", "/config", "/gradio_api/queue/data", "/v1/models", "/mcp", "/api/articles"):
        assert client.get(closed).status_code == 401
    for free in ("/embed", "/widget.js", "/livez", f"/articles/{ARTICLE}", "/pages/embed.js"):
        assert client.get(free).status_code == 200


def _statuses(client: TestClient, times: int, headers: dict[str, str]) -> list[int]:
    return [client.get(f"/api/articles/{ARTICLE}", headers=headers).status_code for _ in range(times)]


def test_limits_are_for_each_address_each_user_and_the_whole_site(asked: Pipeline, tmp_path: Path) -> None:
    path = write(tmp_path / "sites.json", site(requests_per_minute=9), site("portal", PORTAL))
    app = application(asked, path, limits=LimitSettings(requests_per_minute=3))
    here, there = TestClient(app, client=("192.0.2.1", 1)), TestClient(app, client=("2001:db8::1", 1))
    near = TestClient(app, client=("2001:db8::ffff", 1))
    assert _statuses(here, 4, {}) == [200, 200, 200, 429]
    assert _statuses(there, 2, {}) + _statuses(near, 2, {}) == [200, 200, 200, 429]
    assert _statuses(here, 1, {"origin": PORTAL}) == [429]  # it is the same address still
    ann, bob = ({"origin": WIKI, **signed(sub=name)} for name in ("ann", "bob"))
    assert _statuses(here, 4, ann) == [200, 200, 200, 429]
    assert _statuses(there, 1, ann) == [429]  # the same user from elsewhere
    assert _statuses(here, 3, bob) == [200, 200, 200]
    local = TestClient(app, client=("127.0.0.1", 1))
    assert _statuses(local, 20, {}) == [200] * 20
    assert _statuses(local, 4, {"origin": WIKI}) == [200, 200, 200, 429]  # the site's own nine are used up
    given = local.get("/api/articles", headers={"origin": WIKI})
    assert given.json()["error"]["code"] == "too_many_requests"
    assert 1 <= int(given.headers["retry-after"]) <= 60
    assert given.headers["access-control-allow-origin"] == WIKI


def test_what_is_no_question_and_no_article_is_not_counted(asked: Pipeline, tmp_path: Path) -> None:
    app = application(asked, tmp_path / "sites.json", limits=LimitSettings(requests_per_minute=1))
    client = TestClient(app, client=("192.0.2.1", 1))
    for path in ("/", "/livez", "/widget.js", "/embed", f"/articles/{ARTICLE}"):
        assert [client.get(path).status_code for _ in range(3)] == [200] * 3
