"""What is answered without the routes is what the routes answer."""

import asyncio
from collections import Counter
from collections.abc import Mapping
from typing import Any
from urllib.parse import quote, unquote

import pytest
from starlette.types import ASGIApp

from app.main import create_app
from app.settings import Settings
from app.web.http.headers import GuardedApp
from tests.conftest import TINY

Answer = tuple[int, list[tuple[bytes, bytes]], bytes]
BROWSER = {"accept": "text/html,*/*;q=0.8"}

PATHS = (
    "/api/collections/plan/items?bbox=119,39,122,42",
    "/api/collections/plan/items?bbox=119,39,122,42&limit=1",
    "/api/collections/plan/items?limit=1&offset=1&bbox=119,39,122,42",
    "/api/collections/plan/items?bbox=170,39,-170,42",
    "/api/collections/plan/items?limit=2",
    "/api/collections/plan/items?limit=100000",
    f"/api/collections/plan/items?county={quote('东县')}&bbox=119,39,122,42",
    "/api/collections/plan/items?layer=sites&status=planned,existing",
    "/api/collections/sites/items?precision=site&limit=3",
    "/api/collections/sites-points/items?limit=50",
    "/api/collections/places/items?bbox=119,39,122,42&limit=3",
    "/api/collections/boundaries/items?limit=5",
)


def filtered(text: str, rest: str = "") -> str:
    return f"/api/collections/plan/items?filter={quote(text)}{rest}"


FILTERS = (
    filtered("status = 'planned'"),
    filtered(
        "name LIKE '%a%' OR NOT uncertainty_m > 300",
        "&filter-lang=cql2-text&bbox=119,39,122,42&limit=1&layer=sites",
    ),
    filtered(
        '{"op":"in","args":[{"property":"status"},["planned","existing"]]}',
        "&filter-lang=cql2-json",
    ),
    filtered("S_INTERSECTS(geometry,BBOX(119,39,122,42))"),
)
"""At the gate once the columns they speak of are there."""
OTHERS = (
    "/api/collections/plan/items?bbox=1,2,3",
    "/api/collections/plan/items?bbox=1,2,3,x",
    "/api/collections/plan/items?limit=0",
    "/api/collections/plan/items?limit=1&limit=2",
    "/api/collections/plan/items?county=moon",
    "/api/collections/plan/items?moon=1",
    "/api/collections/plan/items?q=%FF",
    "/api/collections/plan/items?bbox=%FF",
    "/api/collections/places/items?county=900001",
    "/api/collections/moon/items?limit=1",
    "/api/collections/moon/items/x",
    "/api/collections/plan/items/moon",
    "/api/collections/plan/items?f=html&limit=1",
    "/api/collections/plan/items?limit=1&crs=moon",
    "/api/collections/plan/items",
    filtered("moon = 1"),
    filtered("status = "),
    filtered("uncertainty_m = 'x'"),
    filtered("CASEI(name) = 'x'"),
    filtered("uncertainty_m > 1", "&filter-lang=moon"),
    filtered("uncertainty_m > 1", "&filter-crs=moon"),
)
"""What goes the routes' way."""


@pytest.fixture(scope="module")
def app() -> GuardedApp:
    made = create_app(Settings(pack=TINY))
    made.middleware_stack = made.build_middleware_stack()
    return made


def scope_of(target: str, headers: Mapping[str, str], **changes: Any) -> dict[str, Any]:
    path, _, query = target.partition("?")
    sent = {"host": "127.0.0.1:8000", **headers}
    return {
        "type": "http", "method": "GET", "path": unquote(path), "raw_path": path.encode(),
        "query_string": query.encode(), "scheme": "http", "http_version": "1.1", "root_path": "",
        "server": ("127.0.0.1", 8000), "client": ("127.0.0.1", 5555), "state": {},
        "headers": [(name.encode(), value.encode()) for name, value in sent.items()], **changes,
    }  # fmt: skip


def by_route(app: GuardedApp, scope: dict[str, Any]) -> Answer:
    """The answer past the gate."""
    return answer_of(app.answer_anew, scope)


def answer_of(asked: ASGIApp, scope: dict[str, Any]) -> Answer:
    """All that is sent to a client who stays."""
    sent: list[Any] = []

    async def send(message: Any) -> None:
        sent.append(message)

    async def receive() -> Any:
        await asyncio.Event().wait()

    async def visit() -> None:
        await asked(scope, receive, send)

    asyncio.run(visit())
    return sent[0]["status"], sent[0]["headers"], b"".join(one.get("body", b"") for one in sent[1:])


def direct(app: GuardedApp, scope: dict[str, Any]) -> Answer | None:
    """The answer at the gate, its id left out."""
    found = app.answer_now(scope)
    if found is None:
        return None
    lines = found[1].rstrip(b"\r\n").split(b"\r\n")
    pairs = [(name, value) for name, _, value in (line.partition(b": ") for line in lines)]
    return found[0], [pair for pair in pairs if pair[0] != b"x-request-id"], found[2]


def same(one: Answer, other: Answer) -> bool:
    return (one[0], sorted(one[1]), one[2]) == (other[0], sorted(other[1]), other[2])


HEADERS: tuple[Mapping[str, str], ...] = (
    {}, {"accept": "application/json", "accept-language": "en"},
    {"accept-encoding": "gzip, br", "accept-language": "zh-CN"}, {"accept-encoding": "zstd"},
)  # fmt: skip


def items_of(app: GuardedApp) -> list[str]:
    """The address of every item, place and county."""
    service = app.state.service
    found = []
    for name, one in service.collections.items():
        page = asyncio.run(one.store.search(one.query))
        found += [f"/api/collections/{name}/items/{f['id']}" for f in page.parsed()]
    return [path for path in found if path.isascii()]


@pytest.mark.parametrize("headers", HEADERS, ids=str)
def test_they_are_the_answers_of_the_routes(app: GuardedApp, headers: Mapping[str, str]) -> None:
    for path in (*PATHS, *items_of(app)):
        scope = scope_of(path, headers)
        found = direct(app, {**scope, "state": {}})
        assert found is not None, path
        assert same(found, by_route(app, scope)), path


@pytest.mark.parametrize("changes", [
    {"scheme": "https"}, {"root_path": "/map"}, {"server": ("127.0.0.1", 80)},
])  # fmt: skip
def test_links_are_made_of_the_name_they_are_asked_under(
    app: GuardedApp, changes: dict[str, Any]
) -> None:
    for path in (PATHS[0], PATHS[1], items_of(app)[0]):
        full = changes.get("root_path", "") + path
        scope = scope_of(full, {"host": "localhost"}, **changes)
        found = direct(app, {**scope, "state": {}})
        assert found is not None
        assert same(found, by_route(app, scope)), path


@pytest.mark.parametrize("path", FILTERS)
def test_a_filter_is_answered_at_the_gate_once_its_columns_are_there(path: str) -> None:
    app = create_app(Settings(pack=TINY))
    app.middleware_stack = app.build_middleware_stack()
    scope = scope_of(path, {})
    assert direct(app, {**scope, "state": {}}) is None, "to make a column may take long"
    expected = by_route(app, scope)
    found = direct(app, {**scope, "state": {}})
    assert found is not None
    assert expected[0] == 200
    assert same(found, expected)


TILES = ("0/0/0", "9/173/270", "12/1387/2165", "16/22197/34643", "9/173/271")
TILE_PATHS = (
    *(f"/api/tiles/WebMercatorQuad/{at}{rest}" for at in TILES
      for rest in ("", "?f=mvt&v=moon", "?lang=en", "?lang=zh")),
    *(f"/api/collections/{one}/tiles/WebMercatorQuad/9/173/270"
      for one in ("sites", "sites-points", "plan", "boundaries", "places")),
)  # fmt: skip


@pytest.mark.parametrize("headers", HEADERS, ids=str)
def test_a_tile_is_answered_at_the_gate_once_it_is_made(
    app: GuardedApp, headers: Mapping[str, str]
) -> None:
    answered: Counter[int] = Counter()
    versioned = f"/api/tiles/WebMercatorQuad/0/0/0?v={app.state.service.store.version}"
    for path in (*TILE_PATHS, versioned):
        scope = scope_of(path, headers)
        expected = by_route(app, scope)
        found = direct(app, {**scope, "state": {}})
        assert found is None or same(found, expected), path
        assert (found is None) == (expected[0] in (404, 406)), (path, expected[:2])
        answered[expected[0]] += found is not None
    assert answered[200] > 3
    assert answered[204], "some are empty"


@pytest.mark.parametrize("path", [
    "/api/tiles/WebMercatorQuad/0/0/0?f=moon", "/api/tiles/WebMercatorQuad/0/0/0?moon=1",
    "/api/tiles/WebMercatorQuad/0/0/0?v=1&v=2",
    "/api/tiles/WebMercatorQuad/0/0/0?lang=moon", "/api/tiles/WebMercatorQuad/17/0/0",
    "/api/tiles/WebMercatorQuad/0/0/7", "/api/tiles/moon/0/0/0",
    "/api/tiles/WebMercatorQuad/0/0/0?collections=sites",
    "/api/collections/moon/tiles/WebMercatorQuad/0/0/0",
    "/api/tiles/WebMercatorQuad/0/0/0?f=%00", "/api/tiles/WebMercatorQuad/0/0/0?%FF=1",
])  # fmt: skip
def test_other_tiles_go_the_way_of_the_routes(app: GuardedApp, path: str) -> None:
    by_route(app, scope_of("/api/tiles/WebMercatorQuad/0/0/0", {}))
    assert direct(app, {**scope_of(path, {}), "state": {}}) is None
    refused = scope_of("/api/tiles/WebMercatorQuad/0/0/0", {"accept": "text/html"})
    assert direct(app, {**refused, "state": {}}) is None


def test_the_rest_goes_the_way_of_the_routes(app: GuardedApp) -> None:
    for path in OTHERS:
        assert direct(app, scope_of(path, {})) is None, path
    for headers in (
        BROWSER, {"accept": "text/csv"}, {"accept": "image/png"}, {"range": "bytes=0-1"},
        {"if-none-match": '"x"'}, {"if-modified-since": "Thu, 01 Jan 1970 00:00:00 GMT"},
    ):  # fmt: skip
        assert direct(app, scope_of(PATHS[0], headers)) is None, headers


def test_head_is_get_without_the_body(app: GuardedApp) -> None:
    got = direct(app, scope_of(PATHS[0], {}))
    headed = direct(app, scope_of(PATHS[0], {}, method="HEAD"))
    assert got is not None
    assert headed == (got[0], got[1], b"")


def test_what_is_asked_again_is_ready(app: GuardedApp) -> None:
    path = "/api/collections/plan/items?bbox=119.5,39,122,42&limit=2"
    store = app.state.runtime.ready
    for _ in range(3):
        assert direct(app, scope_of(path, {})) is not None
    hits = store.hits
    assert direct(app, scope_of(path, {})) is not None
    assert store.hits == hits + 1


def test_a_tile_is_made_without_its_route_where_its_limits_are_known(
    monkeypatch: pytest.MonkeyPatch,
) -> None:
    app = create_app(Settings(pack=TINY))
    app.middleware_stack = app.build_middleware_stack()
    path = "/api/tiles/WebMercatorQuad/9/173/270"
    expected = by_route(app, scope_of(path, {}))
    fresh = create_app(Settings(pack=TINY))
    fresh.middleware_stack = fresh.build_middleware_stack()
    by_route(fresh, scope_of("/api/tiles/WebMercatorQuad/0/0/0", {}))
    routes: list[str] = []
    answer = fresh.within.__call__

    async def counted(scope: Any, receive: Any, send: Any) -> None:
        routes.append(scope["path"])
        await answer(scope, receive, send)

    monkeypatch.setattr(fresh.gate, "_app", counted)
    for asked, past in ((path, []), (f"{path}?f=moon", [path]), (path, [path])):
        found = by_gate(fresh, scope_of(asked, {}))
        assert routes == past
        assert (found[0] == 200) == (asked == path)
        if asked == path:
            assert same(found, expected)


def by_gate(app: GuardedApp, scope: dict[str, Any]) -> Answer:
    """The whole answer, its id left out."""
    assert app.gate is not None
    status, headers, body = answer_of(app.gate, {**scope, "app": app})
    return status, [pair for pair in headers if pair[0].lower() != b"x-request-id"], body
