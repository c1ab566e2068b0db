"""What is asked again is answered from what is kept, just as it would be without."""

import asyncio
import gc
import random
import shutil
from collections.abc import Iterator
from pathlib import Path
from typing import Any

import pytest
from fastapi.testclient import TestClient
from httpx2 import Response

from app.build.build import build, write
from app.main import create_app, create_reloadable_app
from app.pack.pack import Pack
from app.settings import ROOT, Settings
from app.web.http.representations import Representation
from app.web.middleware.preferences import FORMATS, Preferences
from app.web.middleware.ready_store import ReadyAnswer, ReadyStore
from tests.conftest import PATIENT, TINY
from tests.edit_pack import change
from tests.web.params.fuzz import Fuzz
from tests.web.params.test_fuzz import CASES, SEED

ITEM = "/api/collections/plan/items/site-mill"
PATHS = (
    ITEM, "/api/collections/sites/items", "/api/collections/sites/items?f=html", "/api", "/embed",
    "/?lang=en", "/api/collections", "/api/openapi.json", "/api/quality", "/data", "/pack.json",
    "/api/tiles/WebMercatorQuad/0/0/0", "/view.svg", "/view.csv", "/view.geojson?county=900001",
    "/static/js/core/state.js", "/vendor/leaflet/leaflet.css", "/robots.txt", "/sitemap.xml",
    "/qr.svg",
)  # fmt: skip
MOMENTARY = ("/healthz", "/readyz", "/metrics")
OWN = {"x-request-id", "date"}


@pytest.fixture(scope="module")
def plain() -> Iterator[TestClient]:
    """The service that keeps nothing."""
    with TestClient(create_app(Settings(pack=TINY, ready_bytes=0, **PATIENT))) as opened:
        yield opened


@pytest.fixture(scope="module")
def service() -> Iterator[TestClient]:
    with TestClient(create_app(Settings(pack=TINY, **PATIENT))) as opened:
        yield opened


@pytest.fixture
def ready(service: TestClient) -> ReadyStore:
    """What the service keeps: nothing yet."""
    found: ReadyStore = service.app.state.runtime.ready  # type: ignore[attr-defined]
    found.clear(found.basis)
    return found


def told(answer: Response) -> tuple[int, dict[str, str], bytes]:
    headers = {name: value for name, value in answer.headers.items() if name not in OWN}
    return answer.status_code, headers, answer.content


@pytest.mark.parametrize("path", PATHS)
@pytest.mark.parametrize("encoding", ["identity", "gzip", "br"])
def test_asked_again_it_is_the_same_and_is_not_made(
    service: TestClient, plain: TestClient, ready: ReadyStore, path: str, encoding: str
) -> None:
    headers = {"Accept-Encoding": encoding}
    expected = plain.get(path, headers=headers)
    for _ in range(2):
        assert told(service.get(path, headers=headers)) == told(expected)
    hits = ready.hits
    assert told(service.get(path, headers=headers)) == told(expected)
    assert told(service.head(path, headers=headers)) == told(plain.head(path, headers=headers))
    assert ready.hits == hits + 2


@pytest.mark.parametrize("path", [ITEM, "/embed", "/view.csv", "/static/js/core/state.js"])
@pytest.mark.parametrize("tags", ["{}", "W/{}", '"other", {}', "*", '"other"', ""])
def test_what_the_client_has_is_said_as_the_app_says_it(
    service: TestClient, plain: TestClient, ready: ReadyStore, path: str, tags: str
) -> None:
    held = {"If-None-Match": tags.format(plain.get(path).headers["etag"])}
    held |= {"If-Modified-Since": "Fri, 01 Jan 2100 00:00:00 GMT"}
    expected = told(plain.get(path, headers=held))
    for _ in range(3):
        assert told(service.get(path, headers=held)) == expected
    hits = ready.hits
    service.get(path)
    service.get(path)
    assert told(service.get(path, headers=held)) == expected
    assert told(service.head(path, headers=held))[0] == expected[0]
    assert ready.hits > hits or not tags  # a date alone is for the app


VALUES = {
    "Accept": ["text/html", "application/geo+json;q=0.1, text/html", "*/*", "image/png", "text/csv",
               "application/vnd.mapbox.tile+json", "text/html;q=0.3, application/json;q=0.4"],
    "Accept-Encoding": ["br", "gzip;q=0.5, br;q=0", "*", "identity", "deflate", "*;q=0"],
    "Accept-Language": ["en", "zh-CN,zh;q=0.9", "fr", "en;q=0", "*", "zh;q=0, en;q=0.1"],
    "Host": ["localhost", "localhost:81", "127.0.0.1", "evil.example", "LOCALHOST", "[::1]"],
    "If-None-Match": ['"x"', "*"], "If-Match": ['"x"', "*"],
    "If-Modified-Since": ["Fri, 01 Jan 2100 00:00:00 GMT", "Sat, 01 Jan 2000 00:00:00 GMT"],
    "If-Unmodified-Since": ["Sat, 01 Jan 2000 00:00:00 GMT"],
    "Range": ["bytes=0-9", "bytes=999999999-"], "If-Range": ['"x"'],
    "X-Forwarded-Proto": ["https", "gopher"], "X-Forwarded-Host": ["localhost:99", "evil.example"],
    "X-Forwarded-For": ["203.0.113.9"], "X-Forwarded-Prefix": ["/evil"],
    "X-Forwarded-Port": ["444"], "X-Forwarded-Scheme": ["https"], "X-Forwarded-Server": ["evil"],
    "Forwarded": ["host=evil.example;proto=https"], "X-Original-URL": ["/healthz"],
    "X-Rewrite-URL": ["/healthz"], "X-Host": ["evil.example"], "X-HTTP-Method-Override": ["POST"],
    "Origin": ["https://evil.example", "null"], "Referer": ["https://evil.example/"],
    "Cookie": ["lang=en"], "Authorization": ["Basic eDp5"], "User-Agent": ["<script>", "Googlebot"],
    "X-Request-ID": ["chosen", "<script>"], "Cache-Control": ["no-cache", "no-store"],
    "Pragma": ["no-cache"], "Prefer": ["handling=strict"], "Accept-Charset": ["utf-16"],
    "Accept-Datetime": ["Sat, 01 Jan 2000 00:00:00 GMT"], "Accept-Crs": ["EPSG:3857"],
    "Content-Type": ["text/html"], "Save-Data": ["on"], "DNT": ["1"], "TE": ["trailers"],
    "Sec-Fetch-Mode": ["navigate", "cors"], "Sec-Fetch-Dest": ["iframe"], "Sec-CH-UA": ["x"],
    "X-Requested-With": ["XMLHttpRequest"], "Via": ["1.1 evil"], "Upgrade-Insecure-Requests": ["1"],
    "X-Real-IP": ["203.0.113.9"], "X-Script-Name": ["/evil"], "Transfer": ["x"], "X-Nobody": ["y"],
}  # fmt: skip
VARIED = [(name, value) for name, values in VALUES.items() for value in values]


@pytest.mark.parametrize(("name", "value"), VARIED)
def test_no_header_of_one_client_decides_what_others_get(
    service: TestClient, plain: TestClient, ready: ReadyStore, name: str, value: str
) -> None:
    """Each way round: kept for one who sends the header, asked by one who does not."""
    paths = (ITEM, "/api", "/embed", "/api/collections/sites/items?limit=1", "/view.csv")
    for first, second in (({name: value}, {}), ({}, {name: value})):
        ready.clear(ready.basis)
        for path in paths:
            for _ in range(3):
                service.get(path, headers=first)
            expected, found = (one.get(path, headers=second) for one in (plain, service))
            if found.status_code < 400:
                assert told(found) == told(expected), (path, first, second)
            assert found.status_code == expected.status_code


@pytest.mark.parametrize("name", ["Cookie", "Authorization", "Range", "If-Match"])
def test_who_sends_more_than_is_keyed_gets_an_answer_of_his_own(
    service: TestClient, ready: ReadyStore, name: str
) -> None:
    hits = ready.hits
    for _ in range(4):
        service.get("/view.csv", headers={name: "bytes=0-"})
    assert (len(ready), ready.hits) == (0, hits)


@pytest.mark.parametrize("path", ["/healthz", "/readyz", "/metrics", "/nothing", "/view.png?size=x",
                                  "/county/900001", "/v/000000000000/"])  # fmt: skip
def test_what_is_of_the_moment_or_a_problem_is_not_kept(
    service: TestClient, ready: ReadyStore, path: str
) -> None:
    for _ in range(3):
        service.get(path, follow_redirects=False)
    assert len(ready) == 0


def test_each_answer_has_an_id_of_its_own(service: TestClient, ready: ReadyStore) -> None:
    ids = {service.get(ITEM).headers["x-request-id"] for _ in range(5)}
    assert len(ids) == 5
    assert len(ready) == 1


def test_with_other_data_everything_is_forgotten(tiny: Path) -> None:
    app = create_reloadable_app(Settings(pack=tiny, cache=tiny / "cache", **PATIENT))
    client = TestClient(app)
    for _ in range(3):
        before = client.get(ITEM)
    ready = app.runtime.ready
    assert len(ready) == 1
    change(tiny, "sites", "site-mill", name_en="Other Mill")
    loaded = Pack(tiny)
    write(build(loaded), loaded.version)
    asyncio.run(app.reload())
    assert app.runtime.refused == ""
    after = client.get(ITEM)
    assert len(ready) == 0
    assert before.headers["etag"] != after.headers["etag"]
    assert "Other Mill" in after.text


def test_addresses_asked_for_once_push_nothing_out(service: TestClient, ready: ReadyStore) -> None:
    for _ in range(2):
        service.get(ITEM)
    for number in range(200):
        service.get(f"/?title={number}")
    assert len(ready) == 1


def entry(size: int) -> ReadyAnswer:
    return ReadyAnswer(200, (), b"", b"x" * size, '"x"', float("inf"))


def key(number: int) -> Any:
    return (b"/", b"%d" % number, "http", b"localhost", "")


def test_what_is_kept_is_bounded_in_bytes_and_in_number() -> None:
    few = ReadyStore(10_000_000, 10)
    for number in range(100):
        few.keep(None, key(number), entry(1))
    assert len(few) == 10
    small = ReadyStore(80_000, 1000)
    for number in range(100):
        small.keep(None, key(number), entry(5000))
        assert small.held <= 80_000
    assert 10 < len(small) < 20
    small.keep(None, key(1), entry(20_000))
    assert small.get(key(1), 200) is None


def test_what_was_asked_for_last_stays() -> None:
    store = ReadyStore(10_000_000, 2)
    for number in (1, 2):
        store.keep(None, key(number), entry(1))
    store.get(key(1), 200)
    store.keep(None, key(3), entry(1))
    assert [store.get(key(number), 200) is not None for number in (1, 2, 3)] == [True, False, True]


def test_one_makes_anew_what_has_had_its_time_and_the_others_need_not_wait() -> None:
    store = ReadyStore(10_000_000, 2)
    store.keep(None, key(1), entry(1)._replace(until=0.0))
    assert [store.get(key(1), 200) is None for _ in range(3)] == [True, False, False]
    store.forget(None, key(1))
    assert store.get(key(1), 200) is None
    assert store.held == 0


def test_a_file_that_is_changed_or_gone_is_seen_to_be(tmp_path: Path) -> None:
    static = Path(shutil.copytree(ROOT / "static", tmp_path / "static"))
    script = "/static/js/core/state.js"
    with TestClient(create_app(Settings(pack=TINY, static=static, **PATIENT))) as client:
        ready = client.app.state.runtime.ready  # type: ignore[attr-defined]

        def asked() -> Response:
            """When a moment has gone by."""
            for place, kept in ready._kept.items():
                ready._kept[place] = kept._replace(until=0.0)
            return client.get(script)

        for _ in range(3):
            client.get(script)
        assert len(ready) == 1
        (static / "js" / "core" / "state.js").write_text("let changed;", encoding="utf-8")
        assert asked().text == "let changed;"
        (static / "js" / "core" / "state.js").unlink()
        assert asked().status_code == 404
        assert client.get(script).status_code == 404


def test_an_answer_made_of_data_that_is_gone_is_not_kept() -> None:
    store = ReadyStore(10_000_000, 10)
    before = store.basis
    store.clear(object())
    store.keep(before, key(1), entry(1))
    assert len(store) == 0


def test_a_hundred_browsers_share_an_entry() -> None:
    preferences = Preferences(("zh", "en"))
    accepts = ("*/*", "image/avif,image/webp,*/*;q=0.8", "image/*,*/*", "")
    languages = (
        "zh-CN,zh;q=0.9",
        "zh",
        "zh-TW,zh;q=0.9,en;q=0.1",
        "zh-CN,en;q=0.5",
        "cmn, en;q=0.3",
    )
    encodings = ("gzip, deflate, br", "br;q=1, gzip;q=0.5", "br, zstd;q=0", "BR", "gzip;q=0.1, br")
    found = {
        preferences.of({
            b"accept": accept.encode(), b"accept-language": language.encode(),
            b"accept-encoding": encoding.encode(),
        })
        for accept in accepts for language in languages for encoding in encodings
    }  # fmt: skip
    assert len(found) == 1


def test_long_headers_and_addresses_take_no_memory_uncounted() -> None:
    preferences = Preferences(("zh", "en"))
    for number in range(10):
        preferences.of({b"accept": b"a/%d, " % number + b"x" * 60_000})
    assert len(preferences) == 0
    store = ReadyStore(100_000, 1000)
    for number in range(100):
        store.keep(None, (b"/" + b"x" * 9000, b"%d" % number, "http", b"localhost", ""), entry(1))
    assert len(store) < 12


def test_preferences_know_every_format_there_is() -> None:
    gc.unfreeze()  # what is set aside is not among the objects
    every = {one for one in gc.get_objects() if isinstance(one, Representation)}
    gc.freeze()
    assert len(every) > 3
    assert {(one.name, one.media_type) for one in every} <= {
        (one.name, one.media_type) for one in FORMATS
    }


def test_with_and_without_what_is_kept_a_service_answers_alike(
    service: TestClient, plain: TestClient, ready: ReadyStore
) -> None:
    """Anything asked in any order with any headers; `FUZZ_CASES`, `FUZZ_SEED` ask more."""
    chance, fuzz = random.Random(SEED), Fuzz(SEED)
    paths = [*PATHS, *(fuzz.request() for _ in range(40))]
    hits = ready.hits
    for _ in range(CASES):
        path, names = chance.choice(paths), chance.sample(list(VALUES), chance.choice((0, 0, 1, 3)))
        headers = {name: chance.choice(VALUES[name]) for name in names if name != "X-Request-ID"}
        method = chance.choice(("GET", "GET", "GET", "HEAD"))
        expected, found = (
            one.request(method, path, headers=headers, follow_redirects=False)
            for one in (plain, service)
        )
        assert found.status_code == expected.status_code, (method, path, headers)
        if found.status_code < 400 and path not in MOMENTARY:
            assert told(found) == told(expected), (method, path, headers)
    assert ready.hits > hits + CASES // 10
