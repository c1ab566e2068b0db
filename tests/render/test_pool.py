"""The render pool: once for all who ask, in fair turns, not for those who left."""

import asyncio
import threading
from pathlib import Path

import pytest

from app.domain.errors import Overloaded
from app.render import pool as pool_module
from app.render.job import RenderJob
from app.render.pool import RenderPool
from tests.render.pools import (
    count_refused,
    counting,
    here,
    left,
    make,
    other,
    pool_on,
    until,
    who_wait,
)


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
