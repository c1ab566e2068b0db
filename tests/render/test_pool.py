"""The render pool: once for all who ask, in bounded time, in fair turns, not for those who left."""

import asyncio
import multiprocessing
import os
import pickle
import signal
import subprocess
import sys
import threading
import time
from collections.abc import Callable, Iterator
from dataclasses import replace
from pathlib import Path
from typing import Any

import orjson
import pytest

from app.faces import BY_EXT, Selection
from app.plan.errors import BadValue, NotFound, Overloaded, PackChanged, TookTooLong
from app.plan.features import data_version, load_features
from app.plan.pack import Pack
from app.plan.projections import CRS84, WORLD
from app.render import pool as pool_module
from app.render import worker
from app.render.disk_cache import DiskCache
from app.render.fingerprint import code_digest
from app.render.job import RenderJob, job_of, key_of
from app.render.pool import MIN_CACHED_BYTES, Lane, RenderPool
from app.render.slot import WorkerLimits, WorkerSlot
from app.settings import ROOT, Settings
from app.view import Place, View
from app.web.routes.view import files_of

PNG = BY_EXT["png"]
WAITED = 300.0
"""Seconds after which a state that never comes fails a test."""
OTHERS: set[int] = set()
"""Worker processes that were there before a test."""


@pytest.fixture(scope="module")
def made_by() -> str:
    return code_digest(Settings().static)


@pytest.fixture
def selection(pack: Pack) -> Selection:
    return Selection(
        pack=pack, version=data_version(pack), view=View(layer=("energy",)), features=(),
        lang="zh", url="http://map.test/", files=files_of(Settings()),
    )  # fmt: skip


@pytest.fixture
def job(selection: Selection, made_by: str) -> RenderJob:
    return job_of(PNG, selection, made_by)


@pytest.fixture
def large(job: RenderJob) -> RenderJob:
    """One that is surely still being drawn when a test looks."""
    options = replace(job.selection.options, size="3840x2160")
    whole = replace(job.selection, view=View(), options=options)
    return replace(job, key="large", selection=whole)


def pool_on(folder: Path, limits: WorkerLimits | None = None, waiting: int = 40) -> RenderPool:
    return RenderPool(DiskCache(folder, 50_000_000), limits or WorkerLimits(WAITED), 1, 1, waiting)


@pytest.fixture
def pool(tmp_path: Path) -> Iterator[RenderPool]:
    made = pool_on(tmp_path / "cache")
    yield made
    made.clear()


async def here() -> bool:
    return False


async def left() -> bool:
    return True


def make(pool: RenderPool, job: RenderJob, client: str = "a") -> bytes:
    return asyncio.run(pool.make(job, client, here))


def other(job: RenderJob, number: int) -> RenderJob:
    return replace(job, key=f"{job.key}{number}")


def counting(
    monkeypatch: pytest.MonkeyPatch, state: Callable[[], object] = lambda: True
) -> list[str]:
    """Replace the drawing by one that takes until a state has come; what was drawn."""
    drawn: list[str] = []

    def run(self: WorkerSlot, job: RenderJob, unwanted: threading.Event) -> bytes:
        drawn.append(job.key)
        until(state)
        return job.ext.encode()

    monkeypatch.setattr(WorkerSlot, "run", run)
    return drawn


def until(state: Callable[[], object]) -> None:
    """Wait for a state."""
    end = time.monotonic() + WAITED
    while not state():
        assert time.monotonic() < end, "the state never came"
        time.sleep(0.005)


def who_wait(lane: Lane[Any], key: str) -> int:
    """How many wait for a file."""
    pending = lane.flights.find(key)
    return pending.waiting if pending else 0


def count_refused(tasks: list[asyncio.Task[bytes]]) -> int:
    return sum(one.done() and isinstance(one.exception(), Overloaded) for one in tasks)


def all_workers() -> list[int]:
    """The worker processes of this process, of every pool in it."""
    children = multiprocessing.active_children()
    return [one.pid for one in children if one.pid and "worker" in one.name]


@pytest.fixture(autouse=True)
def before() -> Iterator[None]:
    """Services of other tests may keep workers of their own in this process."""
    OTHERS.update(all_workers())
    yield
    OTHERS.clear()


def workers() -> list[int]:
    """The worker processes that this test has started."""
    return [pid for pid in all_workers() if pid not in OTHERS]


def is_drawing(pool: RenderPool) -> bool:
    """Whether the worker has begun with what it was given."""
    (slot,) = pool.pictures.slots
    future = slot._future  # type: ignore[attr-defined]
    return future is not None and future.running()


def alive(pid: int) -> bool:
    try:
        text = Path(f"/proc/{pid}/stat").read_text()
    except OSError:
        return False
    return text.rpartition(")")[2].split()[0] != "Z"


def test_a_picture_of_another_process_is_the_same_picture(
    pool: RenderPool, job: RenderJob, pack: Pack
) -> None:
    features = [one for one in load_features(pack) if one["properties"]["layer"] == "energy"]
    assert make(pool, job) == PNG.render(replace(job.selection, features=features))


@pytest.mark.parametrize("count", [5, 20])
def test_many_who_ask_at_once_get_one_drawing(
    pool: RenderPool, job: RenderJob, count: int, monkeypatch: pytest.MonkeyPatch
) -> None:
    drawn = counting(monkeypatch, lambda: who_wait(pool.pictures, job.key) == count)

    async def all_of_them() -> list[bytes]:
        asked = (pool.make(job, str(number), here) for number in range(count))
        return await asyncio.gather(*asked)

    assert asyncio.run(all_of_them()) == [b"png"] * count
    assert drawn == [job.key]


def test_who_asks_later_gets_what_was_kept(
    pool: RenderPool, job: RenderJob, monkeypatch: pytest.MonkeyPatch
) -> None:
    drawn = counting(monkeypatch)
    assert asyncio.run(pool.find(job.key)) is None
    for _ in range(3):
        assert make(pool, job) == b"png"
    assert asyncio.run(pool.find(job.key)) == b"png"
    assert drawn == [job.key]
    stats = pool.stats()
    assert (stats.hits, stats.misses, stats.waiting, stats.running) == (1, 1, 0, 0)
    assert stats.bytes > 0


def test_a_picture_that_takes_too_long_is_given_up_and_the_next_one_works(
    tmp_path: Path, job: RenderJob, large: RenderJob
) -> None:
    pool = pool_on(tmp_path, WorkerLimits(seconds=0.05))
    with pytest.raises(TookTooLong, match=r"0\.05 s"):
        make(pool, large)
    slot = pool.pictures.slots[0]
    slot.limits = WorkerLimits(seconds=WAITED)  # type: ignore[attr-defined]
    assert make(pool, job).startswith(b"\x89PNG")
    pool.clear()


def test_what_nobody_waits_for_any_more_is_not_drawn(
    pool: RenderPool, job: RenderJob, monkeypatch: pytest.MonkeyPatch
) -> None:
    sent_away = threading.Event()
    drawn = counting(monkeypatch, sent_away.is_set)
    monkeypatch.setattr(pool_module, "PRESENCE_SECONDS", 0.05)

    async def scene() -> None:
        first = asyncio.create_task(pool.make(job, "a", here))
        await asyncio.to_thread(until, lambda: drawn)  # the other one waits in the queue
        with pytest.raises(Overloaded, match="nobody waits"):
            await pool.make(other(job, 1), "b", left)
        assert pool.stats().waiting == 0
        sent_away.set()
        await first

    asyncio.run(scene())
    assert drawn == [job.key]


def test_a_drawing_whose_last_reader_left_is_stopped(
    pool: RenderPool, job: RenderJob, large: RenderJob, monkeypatch: pytest.MonkeyPatch
) -> None:
    make(pool, job)  # the process is up
    monkeypatch.setattr(pool_module, "PRESENCE_SECONDS", 0.01)
    (pid,) = workers()

    async def gone() -> bool:
        return is_drawing(pool)

    with pytest.raises(Overloaded, match="nobody waits"):
        asyncio.run(pool.make(large, "a", gone))
    until(lambda: not alive(pid))
    assert make(pool, other(job, 1)).startswith(b"\x89PNG")
    assert asyncio.run(pool.find(large.key)) is None


def test_who_leaves_does_not_take_the_picture_along(
    pool: RenderPool, job: RenderJob, monkeypatch: pytest.MonkeyPatch
) -> None:
    has_left = threading.Event()
    drawn = counting(monkeypatch, has_left.is_set)

    async def scene() -> bytes:
        first = asyncio.create_task(pool.make(job, "a", here))
        second = asyncio.create_task(pool.make(job, "b", here))
        await asyncio.to_thread(until, lambda: drawn)
        first.cancel()
        await asyncio.wait([first])
        has_left.set()
        return await second

    assert asyncio.run(scene()) == b"png"


def test_a_crowd_is_sent_away_with_a_reason(
    tmp_path: Path, job: RenderJob, monkeypatch: pytest.MonkeyPatch
) -> None:
    asked: list[asyncio.Task[bytes]] = []
    drawn = counting(monkeypatch, lambda: count_refused(asked) == 2)
    pool = pool_on(tmp_path, waiting=2)

    async def scene() -> list[object]:
        first = asyncio.create_task(pool.make(job, "a", here))
        await asyncio.to_thread(until, lambda: drawn)
        asked[:] = [
            asyncio.create_task(pool.make(other(job, number), "a", here)) for number in range(4)
        ]
        return [await first, *await asyncio.gather(*asked, return_exceptions=True)]

    answers = asyncio.run(scene())
    assert answers.count(b"png") == 3  # one being drawn, two waiting
    refused = [one for one in answers if isinstance(one, Overloaded)]
    assert len(refused) == 2
    assert all(one.retry_after > 0 for one in refused)


def test_one_address_does_not_starve_another(
    tmp_path: Path, job: RenderJob, monkeypatch: pytest.MonkeyPatch
) -> None:
    """Sixty pictures of one address, more than may wait; then one of another address."""
    has_come = threading.Event()
    drawn = counting(monkeypatch, has_come.is_set)
    pool = pool_on(tmp_path, waiting=40)

    async def scene() -> bytes:
        crowd = [
            asyncio.create_task(pool.make(other(job, number), "a", here)) for number in range(60)
        ]
        await asyncio.to_thread(until, lambda: drawn)
        late = asyncio.create_task(pool.make(other(job, 99), "b", here))
        await asyncio.sleep(0)  # it stands in the queue
        assert who_wait(pool.pictures, f"{job.key}99") == 1
        has_come.set()
        body = await late
        results = await asyncio.gather(*crowd, return_exceptions=True)
        assert sum(isinstance(one, Overloaded) for one in results) >= 19
        return body

    assert asyncio.run(scene()) == b"png"
    assert drawn.index(f"{job.key}99") < 5


def test_trouble_while_drawing_is_told_with_its_traceback(pool: RenderPool, job: RenderJob) -> None:
    with pytest.raises(RuntimeError, match="KeyError"):
        make(pool, replace(job, key="broken", ext="no such format"))
    assert make(pool, job).startswith(b"\x89PNG")


@pytest.mark.parametrize(
    "error",
    [
        BadValue("size", "huge", "less"), NotFound("item", "x", ("y",)), Overloaded("a", "b"),
        TookTooLong(3, "view.png", "wait"), PackChanged("root", "v"),
    ],
)  # fmt: skip
def test_an_error_comes_whole_from_another_process(error: Exception) -> None:
    copy = pickle.loads(pickle.dumps(error))
    assert (type(copy), str(copy), vars(copy)) == (type(error), str(error), vars(error))


@pytest.mark.parametrize(
    "change",
    [{"version": "w"}, {"lang": "en"}, {"url": "http://other/"}, {"view": View(theme="dark")}],
)
def test_other_data_or_another_view_is_another_picture(
    selection: Selection, made_by: str, change: dict[str, object]
) -> None:
    changed = replace(selection, **change)  # type: ignore[arg-type]
    key = key_of(PNG, selection, made_by)
    assert key != key_of(PNG, changed, made_by)
    assert key != key_of(BY_EXT["svg"], selection, made_by)
    assert key != key_of(PNG, selection, "other code")
    assert key == key_of(PNG, replace(selection), made_by)


def test_a_worker_killed_in_the_middle_is_replaced_and_the_picture_tried_once_more(
    pool: RenderPool, job: RenderJob, large: RenderJob, caplog: pytest.LogCaptureFixture
) -> None:
    make(pool, job)
    (pid,) = workers()

    async def scene() -> bytes:
        asked = asyncio.create_task(pool.make(large, "a", here))
        await asyncio.to_thread(until, lambda: is_drawing(pool))
        os.kill(pid, signal.SIGKILL)
        return await asked

    assert asyncio.run(scene()).startswith(b"\x89PNG")
    assert pool.stats().restarted == 1
    assert pool.ready() == ""
    assert "view.png" in caplog.text
    assert len(workers()) == 1


def test_a_worker_killed_again_and_again_is_a_503_and_the_next_picture_works(
    pool: RenderPool, job: RenderJob, large: RenderJob
) -> None:
    make(pool, job)
    killed: set[int] = set()

    def kill() -> bool:
        for pid in workers():
            if pid not in killed and is_drawing(pool):
                os.kill(pid, signal.SIGKILL)
                killed.add(pid)
        return len(killed) == 2

    async def scene() -> None:
        asked = asyncio.create_task(pool.make(large, "a", here))
        await asyncio.to_thread(until, kill)
        with pytest.raises(Overloaded, match="lost"):
            await asked

    asyncio.run(scene())
    assert "view.png" in pool.ready()
    assert make(pool, other(job, 1)).startswith(b"\x89PNG")
    assert pool.ready() == ""


def test_a_worker_killed_while_idle_is_replaced(pool: RenderPool, job: RenderJob) -> None:
    make(pool, job)
    (pid,) = workers()
    os.kill(pid, signal.SIGKILL)
    until(lambda: not alive(pid))
    assert make(pool, other(job, 1)).startswith(b"\x89PNG")


def test_a_worker_is_replaced_after_so_many_pictures(tmp_path: Path, job: RenderJob) -> None:
    pool = pool_on(tmp_path, WorkerLimits(60, tasks=2))
    seen = set()
    for number in range(4):
        make(pool, other(job, number))
        seen.update(workers())
    assert len(seen) >= 2
    assert pool.stats().restarted == 0  # nothing was lost
    pool.clear()


def test_a_worker_that_has_grown_is_replaced(tmp_path: Path, job: RenderJob) -> None:
    pool = pool_on(tmp_path, WorkerLimits(60, memory=1))
    make(pool, job)
    assert workers() == []
    assert make(pool, other(job, 1)).startswith(b"\x89PNG")
    pool.clear()


def test_a_pool_that_is_cleared_leaves_no_process_and_works_again(
    pool: RenderPool, job: RenderJob, large: RenderJob
) -> None:
    make(pool, job)

    async def scene() -> None:
        asked = asyncio.create_task(pool.make(large, "a", here))
        waiting = asyncio.create_task(pool.make(other(job, 1), "a", here))
        await asyncio.to_thread(until, lambda: is_drawing(pool))
        await asyncio.to_thread(pool.clear)
        for one in (asked, waiting):
            with pytest.raises(Overloaded):
                await one

    asyncio.run(scene())
    assert workers() == []
    assert make(pool, other(job, 2)).startswith(b"\x89PNG")


PARENT = """
import asyncio, sys
from pathlib import Path
from typing import Any
from tests.render.test_pool import *

def main():
    pack = Pack(ROOT)
    chosen = Selection(pack=pack, version="v", view=View(), features=(), lang="zh",
                       url="", files=files_of(Settings()), options=Options(size="3840x2160"))
    job = job_of(PNG, chosen, code_digest(Settings().static))
    pool = pool_on(Path(sys.argv[1]))
    async def scene():
        asked = asyncio.create_task(pool.make(job, "a", here))
        await asyncio.to_thread(until, lambda: is_drawing(pool))
        print(*workers(), flush=True)
        await asked
        await asyncio.sleep(60)
    asyncio.run(scene())

from app.faces.picture.options import Options
if __name__ == "__main__":
    main()
"""


@pytest.mark.parametrize("ending", [signal.SIGKILL, signal.SIGTERM, signal.SIGINT])
def test_no_worker_outlives_its_parent(tmp_path: Path, ending: signal.Signals) -> None:
    script = tmp_path / "parent.py"
    script.write_text(PARENT)
    parent = subprocess.Popen(
        [sys.executable, str(script), str(tmp_path)], stdout=subprocess.PIPE,
        stderr=subprocess.DEVNULL, text=True, cwd=ROOT, env={**os.environ, "PYTHONPATH": "."},
    )  # fmt: skip
    assert parent.stdout is not None
    pids = [int(pid) for pid in parent.stdout.readline().split()]
    assert len(pids) == 1
    parent.send_signal(ending)
    parent.wait(WAITED)
    parent.stdout.close()
    for pid in pids:
        until(lambda pid=pid: not alive(pid))  # type: ignore[misc]


def test_crs84_is_itself_in_another_process(job: RenderJob) -> None:
    """Formats tell it by identity."""
    assert pickle.loads(pickle.dumps(job)).selection.projection is CRS84
    assert pickle.loads(pickle.dumps(WORLD)) == WORLD


# What a worker reads


def test_a_worker_finds_what_the_service_finds(pack: Pack) -> None:
    copy = worker.PackCopies().find(pack)
    store = worker.plan_store(pack, load_features(pack), "v")
    views = (
        View(), View(q="港"), View(county=("211421",), layer=("energy", "transport")),
        View(focus="park-yangjiazhangzi", near=20),
        View(place=Place("", (120.99, 40.71)), near=10),
        View(bbox=(120.8, 40.6, 121.1, 40.8), inview=True),
    )  # fmt: skip
    for view in views:
        page = asyncio.run(store.search(view.query()))
        assert copy.features(view) == [orjson.loads(one) for one in page.features]


def test_a_worker_never_mixes_two_versions(tiny: Path) -> None:
    """What it has read whole it goes on with; what it would have to read from changed files not."""
    served = Pack(tiny)
    copies = worker.PackCopies()
    first = copies.find(served)
    plan = tiny / "geodata" / "plan.toml"
    plan.write_text(plan.read_text(encoding="utf-8") + "\n# changed\n", encoding="utf-8")
    assert copies.find(served) is first
    with pytest.raises(PackChanged):
        worker.PackCopies().find(served)
    second = copies.find(Pack(tiny))
    assert second is not first
    assert list(copies._copies.values()) == [second]


# Files that threads make


def file_of(pool: RenderPool, key: str, make: Callable[[], bytes]) -> bytes:
    return asyncio.run(pool.make_here(key, make, "a", here))


def test_six_at_once_make_one(pool: RenderPool) -> None:
    made: list[int] = []

    def slow() -> bytes:
        made.append(threading.get_ident())
        until(lambda: who_wait(pool.files, "key") == 6)
        return b"x"

    async def six() -> list[bytes]:
        return await asyncio.gather(*(pool.make_here("key", slow, "a", here) for _ in range(6)))

    assert asyncio.run(six()) == [b"x"] * 6
    assert len(made) == 1


def test_a_file_that_is_finished_at_once_holds_nobody_up(pool: RenderPool) -> None:
    """As when the thread that makes it is quicker than the one that asked."""

    async def many() -> None:
        for number in range(300):
            await asyncio.wait_for(pool.make_here(str(number), bytes, "a", here), WAITED)

    asyncio.run(many())


def test_what_is_small_is_made_again_and_takes_no_room(pool: RenderPool) -> None:
    for size in (MIN_CACHED_BYTES - 1, MIN_CACHED_BYTES):
        body = bytes(size)
        assert file_of(pool, str(size), lambda body=body: body) == body  # type: ignore[misc]
    assert len(list(pool.cache.folder.iterdir())) == 1


def test_trouble_is_told_to_all_and_not_kept(pool: RenderPool) -> None:
    def broken() -> bytes:
        raise RuntimeError("no paper")

    with pytest.raises(RuntimeError, match="no paper"):
        file_of(pool, "key", broken)
    assert file_of(pool, "key", lambda: b"x") == b"x"


def test_who_leaves_does_not_take_the_file_along(pool: RenderPool) -> None:
    has_left = threading.Event()

    def slow() -> bytes:
        until(has_left.is_set)
        return b"x"

    async def scene() -> bytes:
        first = asyncio.create_task(pool.make_here("key", slow, "a", here))
        second = asyncio.create_task(pool.make_here("key", slow, "a", here))
        await asyncio.to_thread(until, lambda: who_wait(pool.files, "key") == 2)
        first.cancel()
        await asyncio.wait([first])
        has_left.set()
        return await second

    assert asyncio.run(scene()) == b"x"
