"""Files: none where there is none, made once for all, and read in parts."""

from collections.abc import Iterator
from dataclasses import replace
from pathlib import Path

import pytest
from fastapi.testclient import TestClient

from app.formats import BY_EXT
from app.main import create_app
from app.render.pool import MIN_CACHED_BYTES
from app.settings import Settings
from app.web.routes import view

LONG, DEEP = "a" * 300, "a/" * 3000
FILE = "/view.fgb?layer=energy"


@pytest.mark.parametrize("rest", ["%00", "js/%00.js", LONG, DEEP, "js", "..%2f..%2fREADME.md"])
@pytest.mark.parametrize("root", ["/static/", "/vendor/leaflet/", "/base/", "/data/", "/county/"])
@pytest.mark.parametrize("method", ["GET", "HEAD"])
def test_a_path_no_disk_can_have_is_not_found(
    client: TestClient, method: str, root: str, rest: str
) -> None:
    assert client.request(method, root + rest).status_code == 404


@pytest.mark.parametrize("rest", ["%00", LONG, DEEP])
def test_a_version_nobody_can_keep_is_not_found(client: TestClient, rest: str) -> None:
    assert client.get(f"/v/{rest}").status_code == 404


@pytest.mark.parametrize("path", ["/qr.svg?", "/view.svg?size=800x600&qr=1&"])
def test_an_address_too_long_for_a_code_is_refused(client: TestClient, path: str) -> None:
    answer = client.get(f"{path}q={'港' * 200}&title={'港' * 120}")
    assert answer.status_code == 400
    assert "2331" in answer.json()["detail"]


@pytest.fixture
def served(tmp_path: Path) -> Iterator[TestClient]:
    """The service with a cache of its own."""
    with TestClient(create_app(Settings(cache=tmp_path))) as opened:
        yield opened


@pytest.mark.parametrize("ext", ["csv", "xlsx"])  # by a thread and by a worker
def test_a_file_of_data_is_made_once(served: TestClient, ext: str) -> None:
    pool = served.app.state.render  # type: ignore[attr-defined]
    path = f"/view.{ext}?layer=transport,energy"
    first = served.get(path)
    again = served.get(f"{path}&lang=zh")  # the same in other words
    assert len(first.content) > MIN_CACHED_BYTES
    assert again.content == first.content
    current = served.get(path, headers={"If-None-Match": first.headers["etag"]})
    assert current.status_code == 304
    assert (pool.stats().misses, pool.stats().hits) == (1, 2)
    served.get(f"{path}&lang=en")
    assert (pool.stats().misses, pool.stats().hits) == (2, 2)


def test_a_file_made_by_a_thread_is_not_made_again(
    served: TestClient, monkeypatch: pytest.MonkeyPatch
) -> None:
    made: list[str] = []
    render = BY_EXT["csv"].render
    counted = replace(BY_EXT["csv"], render=lambda one: made.append(one.lang) or render(one))
    monkeypatch.setitem(view.BY_EXT, "csv", counted)
    for _ in range(3):
        served.get("/view.csv?layer=transport,energy")
    assert made == ["zh"]


@pytest.mark.parametrize(
    ("asked", "start", "stop"),
    [
        ("bytes=0-99", 0, 100),
        ("bytes=100-", 100, None),
        ("bytes=-50", -50, None),
        ("bytes=-999999999", 0, None),
        ("bytes=10-999999999", 10, None),
        ("Bytes = 5-5", 5, 6),
    ],
)
def test_a_part_is_that_part(client: TestClient, asked: str, start: int, stop: int | None) -> None:
    whole = client.get(FILE)
    assert whole.headers["accept-ranges"] == "bytes"
    part = client.get(FILE, headers={"Range": asked})
    assert part.status_code == 206
    assert part.content == whole.content[start:stop]
    assert part.headers["content-length"] == str(len(part.content))
    first = start if start >= 0 else len(whole.content) + start
    said = f"bytes {first}-{first + len(part.content) - 1}/{len(whole.content)}"
    assert part.headers["content-range"] == said
    assert part.headers["etag"] == whole.headers["etag"]


@pytest.mark.parametrize(
    "asked",
    ["bytes=0-1,5-6", "bytes=5-2", "bytes=-", "bytes=x-y", "items=0-1", "bytes=0-" + "9" * 99],
)
def test_what_is_no_range_we_know_gets_the_whole(client: TestClient, asked: str) -> None:
    answer = client.get(FILE, headers={"Range": asked})
    assert (answer.status_code, answer.content) == (200, client.get(FILE).content)


@pytest.mark.parametrize("asked", ["bytes=999999999-", "bytes=999999999-9999999999", "bytes=-0"])
def test_a_part_beyond_the_end_is_refused(client: TestClient, asked: str) -> None:
    answer = client.get(FILE, headers={"Range": asked})
    assert answer.status_code == 416
    assert answer.headers["content-range"] == f"bytes */{len(client.get(FILE).content)}"


def test_a_part_is_of_the_file_the_client_has_begun(client: TestClient) -> None:
    tag = client.get(FILE).headers["etag"]
    part = {"Range": "bytes=0-9"}
    assert client.get(FILE, headers={**part, "If-Range": tag}).status_code == 206
    for other in ('"other"', f"W/{tag}", "Wed, 25 Nov 2026 00:00:00 GMT"):
        assert client.get(FILE, headers={**part, "If-Range": other}).status_code == 200
    assert client.get(FILE, headers={**part, "If-None-Match": tag}).status_code == 304


def test_a_part_is_never_compressed(client: TestClient) -> None:
    path, brotli = "/view.geojson?layer=energy", {"Accept-Encoding": "br"}
    whole = client.get(path, headers=brotli)
    assert whole.headers["content-encoding"] == "br"
    assert "accept-ranges" not in whole.headers
    part = client.get(path, headers={**brotli, "Range": "bytes=0-99"})
    assert (part.status_code, part.content) == (206, whole.content[:100])
    assert "content-encoding" not in part.headers


def test_head_is_of_the_whole(client: TestClient) -> None:
    head = client.head(FILE, headers={"Range": "bytes=0-9"})
    assert (head.status_code, head.content) == (200, b"")
    assert head.headers["accept-ranges"] == "bytes"
    assert head.headers["content-length"] == str(len(client.get(FILE).content))
