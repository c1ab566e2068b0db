"""Files that threads of the service make."""

import asyncio
import threading
from collections.abc import Callable

import pytest

from app.render.pool import MIN_CACHED_BYTES, RenderPool
from tests.render.pools import WAITED, here, until, who_wait


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
