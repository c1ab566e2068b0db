"""Long work never holds the event loop: it is done in a pool, and ends when its client leaves."""

import asyncio
import threading
import time
from collections.abc import Callable
from typing import Any
from urllib.parse import quote

import pytest
from fastapi import FastAPI
from fastapi.testclient import TestClient

from app.main import create_app
from app.settings import Settings
from app.store.bodies import Bodies
from app.store.cql import Evaluation
from app.web.api import writers
from app.web.http import encodings
from app.web.http.responses import EncodedBodies
from app.web.per_version import MOST, PerVersion
from app.web.routes import qgis, site
from app.web.routes import quality as quality_routes
from app.web.routes.ogc import collections, landing
from app.work import Pool
from tests.conftest import TINY

ITEMS = "/api/collections/plan/items"
GRID = "http://www.opengis.net/def/crs/EPSG/0/3857"


@pytest.fixture
def fresh(client: TestClient) -> TestClient:
    """A service that has nothing finished yet."""
    state = client.app.state  # type: ignore[attr-defined]
    state.per_version, state.encoded = PerVersion(), EncodedBodies(64_000_000)
    state.runtime.ready.clear(state.service)
    return client


@pytest.fixture
def threads(monkeypatch: pytest.MonkeyPatch) -> dict[str, set[str]]:
    """Name of a long piece of work → the threads it was done in."""
    seen: dict[str, set[str]] = {}

    def watch(place: Any, name: str) -> None:
        real: Callable[..., Any] = getattr(place, name)

        def watched(*args: Any, **kwargs: Any) -> Any:
            seen.setdefault(name, set()).add(threading.current_thread().name.partition("-")[0])
            return real(*args, **kwargs)

        watched.__name__ = name
        monkeypatch.setattr(place, name, watched)

    for place, name in (
        (writers, "jsonfg_collection"), (writers, "html_page"), (writers, "reshaped"),
        (quality_routes, "quality"), (quality_routes, "page"), (quality_routes, "markdown"),
        (collections, "descriptions"), (landing, "openapi"), (qgis, "qgz"),
        (site, "index_body"), (site, "search_body"), (site, "places_body"), (site, "pack_body"),
        (encodings.brotli, "compress"), (Evaluation, "rows"), (Evaluation, "cost"),
        (Bodies, "pieces"),
    ):  # fmt: skip
        watch(place, name)
    return seen


@pytest.mark.parametrize(
    ("path", "work"),
    [
        (f"{ITEMS}?limit=10000&f=jsonfg&crs={GRID}", "jsonfg_collection"),
        (f"{ITEMS}?limit=10000&f=jsonfg", "jsonfg_collection"),
        (f"{ITEMS}?limit=10000&f=html", "html_page"),
        (f"{ITEMS}?limit=10000&crs={GRID}", "reshaped"),
        (f"{ITEMS}?limit=10000&properties=name", "reshaped"),
        (f"{ITEMS}?limit=10000", "compress"),
        (f"{ITEMS}?limit=10000", "pieces"),
        (f"{ITEMS}?f=csv", "compress"),
        (f"{ITEMS}?filter=FALSE OR TRUE OR FALSE", "rows"),
        (f"{ITEMS}?filter=NOT FALSE", "cost"),
        ("/api/quality", "quality"),
        ("/data", "quality"),
        ("/data", "page"),
        ("/data/sources", "markdown"),
        ("/api/collections", "descriptions"),
        ("/api/openapi.json", "openapi"),
        ("/openapi.json", "openapi"),
        ("/plan.qgz", "qgz"),
        ("/index.json", "index_body"),
        ("/index.json", "compress"),
        ("/search.json", "search_body"),
        ("/places.json", "places_body"),
        ("/pack.json", "pack_body"),
    ],
)
def test_long_work_is_done_in_a_pool(
    fresh: TestClient, threads: dict[str, set[str]], path: str, work: str
) -> None:
    answer = fresh.get(path, headers={"Accept-Encoding": "br"})
    assert answer.status_code == 200
    assert threads[work] <= {"data", "filter", "made", "search"}


def test_what_only_the_data_decides_is_made_once(
    fresh: TestClient, threads: dict[str, set[str]]
) -> None:
    paths = ("/index.json", "/search.json", "/places.json", "/pack.json", "/api/quality",
             "/api/collections", "/api/openapi.json", "/openapi.json")  # fmt: skip
    for path in paths:
        fresh.get(path)
    threads.clear()
    for path in paths:
        assert fresh.get(path, headers={"Cookie": "a=b"}).status_code == 200  # nothing ready
    assert not threads


def test_what_is_made_for_many_names_is_bounded() -> None:
    async def visits() -> None:
        made = PerVersion()
        for number in range(MOST * 3):
            assert (
                await made.get(str(number), lambda number=number: asyncio.sleep(0, number))
                == number
            )
        assert len(made) == MOST

    asyncio.run(visits())


@pytest.mark.parametrize(
    ("path", "pool"),
    [
        (f"{ITEMS}?q=zz{'ab' * 90}", "search"),
        (f"{ITEMS}?sortby=-name", "search"),
        ("/view.geojson?near=50&place=120.8,40.7", "search"),
        ("/api/tiles/WebMercatorQuad/12/1538/3411", "tiles"),
        (f"{ITEMS}?filter=TRUE OR FALSE", "filter"),
    ],
)
def test_each_kind_of_work_has_a_pool_of_its_own(
    fresh: TestClient, monkeypatch: pytest.MonkeyPatch, path: str, pool: str
) -> None:
    asked: list[str] = []
    real = Pool.submit

    def submit(self: Pool, client: str, call: Callable[[], object]) -> Any:
        asked.append(self.name)
        return real(self, client, call)

    monkeypatch.setattr(Pool, "submit", submit)
    monkeypatch.setattr("app.store.memory.SORTED_AT_ONCE", 100)  # as of a larger pack
    nobody_asked = f"40.7{time.time_ns() % 1000:03}"  # else a file of an earlier run is sent
    assert fresh.get(path.replace("40.7", nobody_asked)).status_code == 200
    assert pool in asked


class RecordedVisit:
    """A request to the app as a server hands it on, whose client leaves when it is told to."""

    def __init__(self, app: FastAPI, path: str, query: str = "", client: str = "1.2.3.4") -> None:
        self.left = asyncio.Event()
        self.status = 0
        self.headers: dict[bytes, bytes] = {}
        scope = {
            "type": "http", "asgi": {"version": "3.0"}, "http_version": "1.1", "method": "GET",
            "scheme": "http", "path": path, "raw_path": path.encode(), "root_path": "",
            "query_string": query.encode(), "headers": [(b"host", b"127.0.0.1")],
            "client": (client, 5), "server": ("127.0.0.1", 80), "state": {},
        }  # fmt: skip
        self.done = asyncio.ensure_future(app(scope, self._receive, self._send))

    async def _receive(self) -> dict[str, Any]:
        await self.left.wait()
        return {"type": "http.disconnect"}

    async def _send(self, message: dict[str, Any]) -> None:
        if message["type"] == "http.response.start":
            self.status = message["status"]
            self.headers = dict(message["headers"])


@pytest.fixture
def endless(monkeypatch: pytest.MonkeyPatch) -> threading.Event:
    """Filters that go on until they are stopped; set when the first has begun."""
    real = Evaluation.step

    def step(self: Evaluation) -> None:
        begun.set()
        while True:
            real(self)
            pause.wait(0.001)

    begun, pause = threading.Event(), threading.Event()
    monkeypatch.setattr(Evaluation, "step", step)
    return begun


async def until(holds: Callable[[], bool]) -> None:
    async with asyncio.timeout(60):
        while not holds():
            await asyncio.sleep(0.01)


@pytest.mark.usefixtures("endless")
def test_items_and_tiles_are_answered_while_filters_run_and_those_end_when_nobody_waits() -> None:
    app = create_app(Settings(pack=TINY, work_seconds=600))
    pool = pool_of(app, "filter")

    async def visits() -> None:
        query = "filter=" + quote(" OR ".join(["S_WITHIN(geometry,geometry)"] * 1700))
        waiting = [RecordedVisit(app, ITEMS, query) for _ in range(6)]
        await until(lambda: pool.running == pool.workers)
        for path in (f"{ITEMS}/site-mill", "/api/tiles/WebMercatorQuad/0/0/0", "/healthz", ITEMS):
            answered = RecordedVisit(app, path)
            await asyncio.wait_for(answered.done, 60)
            assert answered.status in {200, 204}, path
        for one in waiting:
            one.left.set()
        await asyncio.wait_for(asyncio.gather(*(one.done for one in waiting)), 60)
        await until(lambda: pool.running == pool.waiting == 0)

    asyncio.run(visits())


def test_one_client_cannot_hold_every_place_and_who_is_refused_knows_when_to_come_back(
    endless: threading.Event,
) -> None:
    settings = Settings(pack=TINY, work_seconds=600, filter_workers=1, work_waiting=4)
    app = create_app(settings)
    pool = pool_of(app, "filter")

    async def visits() -> None:
        first = [RecordedVisit(app, ITEMS, "filter=TRUE+AND+FALSE")]
        await until(endless.is_set)
        first += [RecordedVisit(app, ITEMS, "filter=TRUE+AND+FALSE") for _ in range(4)]
        await until(lambda: pool.waiting == 4)
        more = RecordedVisit(app, ITEMS, "filter=TRUE+AND+FALSE")
        await asyncio.wait_for(more.done, 60)
        assert (more.status, more.headers[b"retry-after"]) == (503, b"5")
        other = RecordedVisit(app, ITEMS, "filter=TRUE+AND+FALSE", client="5.6.7.8")
        await until(lambda: any(one.done.done() for one in first))
        assert sum(one.done.done() for one in first) == 1  # it gave way
        assert not other.done.done()
        for one in (*first, other):
            one.left.set()
        await asyncio.wait_for(asyncio.gather(*(one.done for one in (*first, other))), 60)

    asyncio.run(visits())


@pytest.mark.usefixtures("endless")
def test_work_past_its_time_is_given_up_and_says_so() -> None:
    app = create_app(Settings(pack=TINY, work_seconds=0.05))
    with TestClient(app) as client:
        answer = client.get(ITEMS, params={"filter": "TRUE AND FALSE"})
    assert answer.status_code == 503
    assert answer.json()["title"] == "Took too long"
    assert "0.05 s" in answer.json()["detail"]
    assert answer.headers["retry-after"] == "5"


@pytest.mark.usefixtures("endless")
def test_the_end_of_the_service_ends_its_work() -> None:
    app = create_app(Settings(pack=TINY, work_seconds=600))
    pool = pool_of(app, "filter")

    async def visit() -> None:
        async with app.router.lifespan_context(app):
            visit = RecordedVisit(app, ITEMS, "filter=TRUE+AND+FALSE")
            await until(lambda: pool.running == 1)
        await asyncio.wait_for(visit.done, 60)
        assert visit.status == 503

    asyncio.run(visit())


def pool_of(app: FastAPI, name: str) -> Pool:
    found = app.state.runtime.pools[name]
    assert isinstance(found, Pool)
    return found
