"""Files: none where there is none, made once for all, and read in parts."""

import asyncio
import threading
import time
from collections.abc import Iterator
from pathlib import Path

import pytest
from fastapi.testclient import TestClient

from app.faces import xlsx
from app.main import create_app
from app.settings import Settings
from app.web.kept import LEAST_KEPT, Kept
from app.web.shelf import Shelf

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


@pytest.fixture
def kept(tmp_path: Path) -> Kept:
    return Kept(Shelf(tmp_path, 10_000_000))


def test_a_file_of_data_is_made_once(served: TestClient, monkeypatch: pytest.MonkeyPatch) -> None:
    made: list[str] = []
    sheet_titles = xlsx.sheet_titles
    monkeypatch.setattr(
        xlsx, "sheet_titles", lambda one: made.append(one.lang) or sheet_titles(one)
    )
    path = "/view.xlsx?layer=transport,energy"
    first = served.get(path)
    again = served.get("/view.xlsx?layer=transport,energy&lang=zh")  # the same in other words
    assert len(first.content) > LEAST_KEPT
    assert again.content == first.content
    current = served.get(path, headers={"If-None-Match": first.headers["etag"]})
    assert current.status_code == 304
    assert made == ["zh"]
    served.get(f"{path}&lang=en")
    assert made == ["zh", "en"]


def test_six_at_once_make_one(kept: Kept) -> None:
    made: list[int] = []

    def make() -> bytes:
        made.append(threading.get_ident())
        time.sleep(0.2)
        return b"x"

    async def six() -> list[bytes]:
        return await asyncio.gather(*(kept.make("key", make) for _ in range(6)))

    assert asyncio.run(six()) == [b"x"] * 6
    assert len(made) == 1


def test_a_file_that_is_finished_at_once_holds_nobody_up(kept: Kept) -> None:
    """As when the thread that makes it is quicker than the one that asked."""

    async def many() -> None:
        for number in range(300):
            await asyncio.wait_for(kept.make(str(number), bytes), 5)

    asyncio.run(many())


def test_what_is_small_is_made_again_and_takes_no_room(kept: Kept, tmp_path: Path) -> None:
    for size in (LEAST_KEPT - 1, LEAST_KEPT):
        body = bytes(size)
        assert asyncio.run(kept.make(str(size), lambda body=body: body)) == body  # type: ignore[misc]
    assert len(list(tmp_path.iterdir())) == 1


def test_trouble_is_told_to_all_and_not_kept(kept: Kept) -> None:
    def broken() -> bytes:
        raise RuntimeError("no paper")

    with pytest.raises(RuntimeError, match="no paper"):
        asyncio.run(kept.make("key", broken))
    assert asyncio.run(kept.make("key", lambda: b"x")) == b"x"


def test_who_leaves_does_not_take_the_file_along(kept: Kept) -> None:
    def slow() -> bytes:
        time.sleep(0.2)
        return b"x"

    async def scene() -> bytes:
        first = asyncio.create_task(kept.make("key", slow))
        second = asyncio.create_task(kept.make("key", slow))
        await asyncio.sleep(0.05)
        first.cancel()
        return await second

    assert asyncio.run(scene()) == b"x"


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
