"""Who takes a large file while it is being written."""

import asyncio
from collections.abc import AsyncIterator, Awaitable, Callable
from concurrent.futures import Future

from app.domain.errors import Overloaded
from app.render.growing_file import GrowingFile

GROWTH_SECONDS = 0.1
"""How often it is looked whether there is more, and whether anybody still waits."""
LEAST_STREAMED = 1_000_000
"""Bytes that are there before the first is sent: what is smaller is sent with its length."""
READ_AT_ONCE = 1 << 20


class Follower:
    """One who waits for a file; `release` tells that he waits no more."""

    def __init__(
        self, future: Future[bytes], find: Callable[[], GrowingFile | None],
        gone: Callable[[], Awaitable[bool]], release: Callable[[], None],
    ) -> None:  # fmt: skip
        self._future = asyncio.wrap_future(future)
        self._find, self._gone, self._release = find, gone, release

    async def follow(self, name: str) -> bytes | AsyncIterator[bytes]:
        """The file, or its pieces as they come where it is large."""
        try:
            while (file := self._find()) is None or file.size < LEAST_STREAMED:
                if await self._is_done():
                    body = self._future.result()
                    file = self._find()
                    self._release()
                    return body or (await asyncio.to_thread(file.whole) if file else b"")
                if await self._gone():
                    raise Overloaded(name, "nobody waits for it any more")
        except BaseException:
            self._release()
            raise
        return self._pieces(file)

    async def _pieces(self, file: GrowingFile) -> AsyncIterator[bytes]:
        """What has been written since; raises what went wrong, so that no half looks whole."""
        at = 0
        try:
            while not await self._gone():
                is_all = self._future.done()
                piece = await asyncio.to_thread(file.read, at, READ_AT_ONCE)
                if not piece and is_all:
                    piece = self._future.result()[at:]  # where it was handed over in the end
                    if not piece:
                        return
                if piece:
                    at += len(piece)
                    yield piece
                else:
                    await self._is_done()
        finally:
            self._release()

    async def _is_done(self) -> bool:
        done, _ = await asyncio.wait({self._future}, timeout=GROWTH_SECONDS)
        return bool(done)
