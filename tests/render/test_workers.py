"""Worker processes: what they draw, how they are stopped, lost and replaced."""

import asyncio
import os
import signal
import subprocess
import sys
from dataclasses import replace
from pathlib import Path

import pytest

import app
from app.domain.errors import Overloaded, TookTooLong
from app.render import pool as pool_module
from app.render import slot as slot_module
from app.render.job import RenderJob
from app.render.pool import RenderPool
from app.render.slot import WorkerLimits
from app.settings import ROOT
from tests.render.pools import (
    PNG,
    WAITED,
    alive,
    here,
    is_drawing,
    make,
    other,
    parent_of,
    pool_on,
    until,
    workers,
)


def test_a_picture_of_another_process_is_the_same_picture(pool: RenderPool, job: RenderJob) -> None:
    features = [
        one for one in job.selection.catalog.features if one["properties"]["layer"] == "sites"
    ]
    assert make(pool, job) == PNG.render(replace(job.selection, features=features))


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


def test_trouble_while_drawing_is_told_with_its_traceback(pool: RenderPool, job: RenderJob) -> None:
    with pytest.raises(RuntimeError, match="KeyError"):
        make(pool, replace(job, key="broken", ext="no such format"))
    assert make(pool, job).startswith(b"\x89PNG")


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


def test_workers_are_forked_off_one_process_that_has_loaded_what_they_need(
    pool: RenderPool, job: RenderJob
) -> None:
    make(pool, job)
    (pid,) = workers()
    parent = parent_of(pid)
    assert parent != os.getpid()
    os.kill(pid, signal.SIGKILL)
    until(lambda: not alive(pid))
    make(pool, other(job, 1))
    assert [parent_of(one) for one in workers()] == [parent]


def test_a_worker_starts_by_itself_where_there_is_no_room_for_a_socket(
    tmp_path: Path, job: RenderJob, monkeypatch: pytest.MonkeyPatch
) -> None:
    def no_room() -> None:
        raise OSError("AF_UNIX path too long")

    monkeypatch.setattr(slot_module, "ensure_running", no_room)
    pool = pool_on(tmp_path)
    assert make(pool, job).startswith(b"\x89PNG")
    assert [parent_of(one) for one in workers()] == [os.getpid()]
    pool.clear()


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
from tests.render.pools import *
from app.formats import Selection
from app.selection.picture_options import PictureOptions
from app.catalog.catalog import Catalog
from app.pack.pack import Pack
from app.render.fingerprint import code_digest
from app.render.job import job_of
from app.settings import ROOT, Settings
from app.view.view import View
from app.web.routes.view import files_of

def main():
    pack = Pack(ROOT)
    chosen = Selection(catalog=Catalog(pack), version="v", view=View(), features=(), lang="zh",
                       url="", files=files_of(Settings()), options=PictureOptions(size="3840x2160"))
    job = job_of(PNG, chosen, code_digest(Settings().static))
    pool = pool_on(Path(sys.argv[1]))
    async def scene():
        asked = asyncio.create_task(pool.make(job, "a", here))
        await asyncio.to_thread(until, lambda: is_drawing(pool))
        print(*workers(), flush=True)
        await asked
        await asyncio.sleep(60)
    asyncio.run(scene())

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


FOUND = """
import multiprocessing
from app.render.slot import start_method

if __name__ == "__main__":
    with multiprocessing.get_context(start_method()).Pool(1) as workers:
        print(workers.apply(eval, ("__import__('app').__file__",)))
"""


def test_a_service_started_beside_another_app_has_its_own_workers(tmp_path: Path) -> None:
    (tmp_path / "app").mkdir()
    (tmp_path / "app" / "__init__.py").touch()
    elsewhere = tmp_path / "elsewhere"
    elsewhere.mkdir()
    program = elsewhere / "program.py"
    program.write_text(FOUND, encoding="utf-8")
    run = subprocess.run(
        [sys.executable, str(program)], cwd=tmp_path, capture_output=True, text=True, check=True
    )
    assert run.stdout.strip() == app.__file__
