"""Pools, what is done with them, and the processes they keep."""

import asyncio
import multiprocessing
import threading
import time
from collections.abc import Callable
from dataclasses import replace
from pathlib import Path
from typing import Any

import pytest

from app.domain.errors import Overloaded
from app.formats import BY_EXT
from app.render.disk_cache import DiskCache
from app.render.job import RenderJob
from app.render.pool import Lane, RenderPool
from app.render.slot import WorkerLimits, WorkerSlot

PNG = BY_EXT["png"]
WAITED = 300.0
"""Seconds after which a state that never comes fails a test."""
OTHERS: set[int] = set()
"""Worker processes that were there before a test."""


def pool_on(folder: Path, limits: WorkerLimits | None = None, waiting: int = 40) -> RenderPool:
    return RenderPool(DiskCache(folder, 50_000_000), limits or WorkerLimits(WAITED), 1, 1, waiting)


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


def workers() -> list[int]:
    """The worker processes that this test has started."""
    return [pid for pid in all_workers() if pid not in OTHERS]


def is_drawing(pool: RenderPool) -> bool:
    """Whether the worker has begun with what it was given."""
    (slot,) = pool.pictures.slots
    future = slot._future  # type: ignore[attr-defined]
    return future is not None and future.running()


def parent_of(pid: int) -> int:
    return int(Path(f"/proc/{pid}/stat").read_text().rpartition(")")[2].split()[1])


def alive(pid: int) -> bool:
    try:
        text = Path(f"/proc/{pid}/stat").read_text()
    except OSError:
        return False
    return text.rpartition(")")[2].split()[0] != "Z"
