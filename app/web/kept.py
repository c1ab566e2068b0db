"""Files of data: made once for all who ask, off the event loop, and kept beside the pictures."""

import asyncio
import threading
from collections.abc import Callable
from concurrent.futures import Future, ThreadPoolExecutor
from typing import Annotated, Any

from fastapi import Depends, Request

from app.web.shelf import Shelf

WORKERS = 4
"""Files made at the same time. They are threads: more would only wait for each other."""
LEAST_KEPT = 16_000
"""Bytes. What is smaller is quickly made again, and a crowd of such files would fill the folder."""


class Kept:
    """Finished files under a key that names all they depend on, and those in the making."""

    def __init__(self, shelf: Shelf) -> None:
        self._shelf = shelf
        self._pool = ThreadPoolExecutor(WORKERS, thread_name_prefix="kept")
        self._flights: dict[str, Future[bytes]] = {}
        self._lock = threading.Lock()

    async def find(self, key: str) -> bytes | None:
        """The file of a key, if it is kept."""
        return await asyncio.to_thread(self._shelf.get, key)

    async def make(self, key: str, make: Callable[[], bytes]) -> bytes:
        """The file of a key: being made for somebody else, or made now.

        Shielded, since others may wait for the same one when a reader leaves.
        """
        return await asyncio.shield(asyncio.wrap_future(self._flight(key, make)))

    def _flight(self, key: str, make: Callable[[], bytes]) -> Future[bytes]:
        with self._lock:
            flight = self._flights.get(key)
            if flight is not None:
                return flight
            flight = self._flights[key] = self._pool.submit(self._fly, key, make)
        # Not under the lock: of a file that is finished by now it is called at once.
        flight.add_done_callback(lambda _: self._land(key))
        return flight

    def _fly(self, key: str, make: Callable[[], bytes]) -> bytes:
        """In a thread of the pool. Somebody may have kept it while this one waited."""
        body = self._shelf.get(key)
        if body is None:
            body = make()
            if len(body) >= LEAST_KEPT:
                self._shelf.put(key, body)
        return body

    def _land(self, key: str) -> None:
        with self._lock:
            self._flights.pop(key, None)


def get_kept(request: Request) -> Any:
    return request.app.state.kept


KeptDep = Annotated[Kept, Depends(get_kept)]
