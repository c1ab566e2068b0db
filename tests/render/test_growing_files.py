"""A large file is read while a worker writes it; a half never looks whole."""

import asyncio
import io
import threading
import zipfile
from collections.abc import AsyncIterator, Callable, Iterator
from pathlib import Path

import pytest
from fastapi.testclient import TestClient
from openpyxl import load_workbook

from app.domain.errors import Overloaded
from app.main import create_app
from app.render import follower
from app.render.growing_file import write_entry
from app.render.job import RenderJob
from app.render.pool import RenderPool
from app.render.slot import WorkerSlot
from app.settings import Settings
from tests.render.pools import here, make, until, who_wait

HALF = b"x" * 2_000_000
WHOLE = HALF + b"y" * 1000
Step = Callable[[], None]


def writing(monkeypatch: pytest.MonkeyPatch, between: Step) -> None:
    """Replace the worker by one that writes half of a file, and the rest after that."""

    def run(self: WorkerSlot, job: RenderJob, unwanted: threading.Event) -> bytes:
        def pieces() -> Iterator[bytes]:
            yield HALF
            yield b""
            between()
            if unwanted.is_set():
                raise Overloaded("test", "nobody waits")
            yield WHOLE[len(HALF) :]

        if job.into is None:
            return b"".join(pieces())
        write_entry(job.into, job.key, pieces())
        return b""

    monkeypatch.setattr(WorkerSlot, "run", run)
    monkeypatch.setattr(follower, "GROWTH_SECONDS", 0.01)


async def pieces_of(pool: RenderPool, job: RenderJob) -> AsyncIterator[bytes]:
    found = await pool.stream(job, "a", here)
    assert not isinstance(found, bytes)
    return found


def test_its_beginning_is_there_before_its_end(
    pool: RenderPool, job: RenderJob, monkeypatch: pytest.MonkeyPatch
) -> None:
    begun = threading.Event()
    writing(monkeypatch, lambda: until(begun.is_set))

    async def scene() -> bytes:
        pieces = await pieces_of(pool, job)
        found = await anext(pieces)
        begun.set()
        return found + b"".join([piece async for piece in pieces])

    assert asyncio.run(scene()) == WHOLE
    assert asyncio.run(pool.find(job.key)) == WHOLE  # and is kept
    assert len(list(pool.cache.folder.iterdir())) == 1


def test_who_wants_it_whole_gets_it_of_the_same_writing(
    pool: RenderPool, job: RenderJob, monkeypatch: pytest.MonkeyPatch
) -> None:
    runs: list[int] = []

    def both_wait() -> None:
        runs.append(1)
        until(lambda: who_wait(pool.pictures, job.key) == 2)

    writing(monkeypatch, both_wait)

    async def scene() -> tuple[bytes, bytes]:
        pieces = await pieces_of(pool, job)
        whole = asyncio.create_task(pool.make(job, "b", here))
        return b"".join([piece async for piece in pieces]), await whole

    assert asyncio.run(scene()) == (WHOLE, WHOLE)
    assert runs == [1]


def test_what_fails_in_the_middle_ends_in_an_error_and_is_not_kept(
    pool: RenderPool, job: RenderJob, monkeypatch: pytest.MonkeyPatch
) -> None:
    begun = threading.Event()

    def fail() -> None:
        until(begun.is_set)
        raise RuntimeError("no paper")

    writing(monkeypatch, fail)

    async def scene() -> None:
        pieces = await pieces_of(pool, job)
        await anext(pieces)
        begun.set()
        async for _ in pieces:
            pass

    with pytest.raises(RuntimeError, match="no paper"):
        asyncio.run(scene())
    assert asyncio.run(pool.find(job.key)) is None
    until(lambda: not list(pool.cache.folder.iterdir()))


def test_with_its_only_reader_the_writing_ends(
    pool: RenderPool, job: RenderJob, monkeypatch: pytest.MonkeyPatch
) -> None:
    stopped = threading.Event()
    monkeypatch.setattr(WorkerSlot, "interrupt", lambda self: stopped.set())
    writing(monkeypatch, lambda: until(stopped.is_set))

    async def scene() -> None:
        has_left = False

        async def gone() -> bool:
            return has_left

        pieces = await pool.stream(job, "a", gone)
        assert not isinstance(pieces, bytes)
        await anext(pieces)
        has_left = True
        async for _ in pieces:
            pass

    asyncio.run(scene())
    assert stopped.is_set()
    assert not pool.pictures.flights.all()


def test_where_there_is_no_room_it_is_handed_over(
    pool: RenderPool, job: RenderJob, monkeypatch: pytest.MonkeyPatch, tmp_path: Path
) -> None:
    writing(monkeypatch, lambda: None)
    pool.cache.folder = tmp_path / "missing"
    assert asyncio.run(pool.stream(job, "a", here)) == WHOLE
    assert make(pool, job) == WHOLE


@pytest.fixture
def served(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Iterator[TestClient]:
    """A service to which any file is a large one."""
    monkeypatch.setattr(follower, "LEAST_STREAMED", 0)
    with TestClient(create_app(Settings(cache=tmp_path))) as opened:
        yield opened


def test_a_workbook_that_comes_while_it_is_made_is_the_one_that_is_kept(
    served: TestClient,
) -> None:
    path = "/view.xlsx?layer=transport,energy"
    streamed = served.get(path)
    assert streamed.status_code == 200
    assert "content-length" not in streamed.headers
    assert zipfile.ZipFile(io.BytesIO(streamed.content)).testzip() is None
    rows = load_workbook(io.BytesIO(streamed.content), read_only=True).worksheets[0]
    assert len(list(rows.rows)) > 50
    kept = served.get(path)
    assert kept.content == streamed.content
    assert int(kept.headers["content-length"]) == len(kept.content)
    for name in ("etag", "content-type", "content-disposition", "accept-ranges", "cache-control"):
        assert kept.headers[name] == streamed.headers[name]
    head = served.head(path)
    assert head.headers["content-length"] == kept.headers["content-length"]
    part = served.get(path, headers={"Range": "bytes=10-19", "If-Range": streamed.headers["etag"]})
    assert (part.status_code, part.content) == (206, streamed.content[10:20])


def test_a_part_of_what_is_not_kept_is_cut_from_the_whole(served: TestClient) -> None:
    path = "/view.xlsx?layer=energy"
    part = served.get(path, headers={"Range": "bytes=10-19"})
    assert part.status_code == 206
    assert part.content == served.get(path).content[10:20]


def test_who_has_it_is_told_so_without_a_worker(
    served: TestClient, monkeypatch: pytest.MonkeyPatch
) -> None:
    path = "/view.xlsx?layer=energy"
    tag = served.get(path).headers["etag"]
    for entry in served.app.state.render.cache.folder.glob("*.entry"):  # type: ignore[attr-defined]
        entry.unlink()
    monkeypatch.setattr(WorkerSlot, "run", None)
    assert served.get(path, headers={"If-None-Match": tag}).status_code == 304


def test_an_answer_that_fails_in_the_middle_does_not_end_as_if_it_were_whole(
    served: TestClient, monkeypatch: pytest.MonkeyPatch
) -> None:
    begun = threading.Event()

    def fail() -> None:
        until(begun.wait)
        raise RuntimeError("no paper")

    writing(monkeypatch, fail)
    threading.Timer(0.3, begun.set).start()
    with pytest.raises(Exception, match="no paper"):
        served.get("/view.xlsx?layer=energy")
