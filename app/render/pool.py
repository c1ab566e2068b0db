"""The render pool: pictures and files made off the event loop, once for all who ask, in bounded
time, in fair turns, and kept.
"""

import asyncio
import threading
import weakref
from collections.abc import AsyncIterator, Awaitable, Callable, Sequence
from concurrent.futures import Future
from contextlib import nullcontext
from dataclasses import dataclass, replace
from functools import partial
from pathlib import Path
from typing import Any, Generic, Protocol, TypeVar

from app.domain.errors import Overloaded
from app.render.disk_cache import DiskCache
from app.render.follower import Follower
from app.render.growing_file import GrowingFile
from app.render.job import RenderJob
from app.render.single_flight import PendingRender, SingleFlight
from app.render.slot import ThreadSlot, WorkerLimits, WorkerSlot, discard_all
from app.work.fair_queue import FairQueue

PRESENCE_SECONDS = 0.5
"""How often it is looked whether anybody still waits."""
MIN_CACHED_BYTES = 16_000
"""Of a file of data. What is smaller is quickly made again, and would crowd the folder."""

Gone = Callable[[], Awaitable[bool]]
"""Whether the one who asked has left."""
Work = TypeVar("Work")
Work_contra = TypeVar("Work_contra", contravariant=True)


class Slot(Protocol[Work_contra]):
    """Where one job after another runs."""

    restarted: int
    problem: str

    def run(self, job: Work_contra, unwanted: threading.Event) -> bytes: ...
    def interrupt(self) -> None: ...
    def discard(self) -> None: ...


@dataclass(frozen=True, slots=True)
class RenderStats:
    """Counters, for whoever watches."""

    waiting: int
    running: int
    restarted: int
    hits: int
    misses: int
    dropped: int
    """Damaged entries of the cache."""
    bytes: int
    """What the cache takes on disk."""


class Lane(Generic[Work]):
    """Some slots and the queue before them. A thread a slot lives as long as anything waits."""

    def __init__(
        self, name: str, slots: Sequence[Slot[Work]], waiting: int, cache: DiskCache,
        min_bytes: int, *, into: Callable[[Work, Path], Work],
    ) -> None:  # fmt: skip
        self.queue: FairQueue[PendingRender[Work]] = FairQueue(waiting, name)
        self.flights: SingleFlight[Work] = SingleFlight()
        self.slots, self._idle = slots, list(slots)
        self._cache, self._min_bytes, self._into = cache, min_bytes, into
        self._lock = threading.Lock()

    @property
    def name(self) -> str:
        return self.queue.name

    @property
    def waiting(self) -> int:
        return len(self.queue)

    @property
    def running(self) -> int:
        return len(self.slots) - len(self._idle)

    def join(
        self, key: str, client: str, work: Work, *, reads: bool = False
    ) -> PendingRender[Work]:
        """Wait for a file with others who do, or first; who `reads` takes it while it is written.
        Raises Overloaded where all is full.
        """
        with self._lock:
            pending = self.flights.find(key)
            displaced = None
            if pending is None:
                pending = PendingRender(key, client, work)
                displaced = self.queue.put(client, pending)
                self.flights.add(pending)
                if displaced is not None:
                    self.flights.remove(displaced)
                if self._idle:
                    slot = self._idle.pop()
                    threading.Thread(
                        target=self._run, args=(slot,), name=self.queue.name, daemon=True
                    ).start()
            pending.waiting += 1
            pending.readers += reads
        if displaced is not None:
            displaced.fail(Overloaded(self.queue.name, "gave way to others who wait for less"))
        return pending

    def release(self, pending: PendingRender[Work], *, reads: bool = False) -> None:
        """One waits no more. With the last the file is taken out of the queue, or stopped."""
        with self._lock:
            pending.waiting -= 1
            pending.readers -= reads
            if pending.waiting or pending.future.done():
                return
            self.flights.remove(pending)
            self.queue.discard(pending.client, pending)
            pending.stop()  # under the lock, so that it cannot hit the next one

    def clear(self) -> None:
        """Refuse what waits, stop what runs, let go of the workers."""
        with self._lock:
            pending = self.flights.all()
            while self.queue.take() is not None:
                pass
            for one in pending:
                self.flights.remove(one)
                one.stop()
        for one in pending:
            one.fail(Overloaded(self.queue.name, "the service is shutting down"))
        for slot in self.slots:
            slot.discard()

    def _run(self, slot: Slot[Work]) -> None:
        """In a thread of its own: one file after another, until nothing waits."""
        while (pending := self._next(slot)) is not None:
            try:
                body = self._made(slot, pending)
            except BaseException as error:
                self._done(pending)
                pending.fail(error)
            else:
                self._done(pending)
                if pending.file and pending.waiting > pending.readers:
                    body = body or pending.file.whole()
                pending.finish(body)

    def _made(self, slot: Slot[Work], pending: PendingRender[Work]) -> bytes:
        """The bytes; none where they are in the pending file. Somebody may have kept them while
        this one waited.
        """
        body = self._cache.get(pending.key, counted=False)
        if body is not None:
            return body
        work = pending.work
        with self._cache.begun(pending.key) if pending.readers else nullcontext() as file:
            if file:
                pending.file = GrowingFile(file)
                work = self._into(work, pending.file.path)
            body = slot.run(work, pending.unwanted)
        if body and len(body) >= self._min_bytes:
            self._cache.put(pending.key, body)
        return body

    def _next(self, slot: Slot[Work]) -> PendingRender[Work] | None:
        with self._lock:
            pending = self.queue.take()
            if pending is None:
                self._idle.append(slot)
            else:
                pending.interrupt = slot.interrupt
            return pending

    def _done(self, pending: PendingRender[Work]) -> None:
        with self._lock:
            pending.interrupt = None
            self.flights.remove(pending)


class RenderPool:
    """Makes pictures and files. Nothing is started before the first one."""

    def __init__(
        self, cache: DiskCache, limits: WorkerLimits, workers: int, threads: int, waiting: int
    ) -> None:
        self.cache = cache
        slots = [WorkerSlot(limits, cache.folder) for _ in range(workers)]
        self.pictures: Lane[RenderJob] = Lane(
            "pictures", slots, waiting, cache, 0, into=lambda job, path: replace(job, into=path)
        )
        self.files: Lane[Callable[[], bytes]] = Lane(
            "files",
            [ThreadSlot() for _ in range(threads)],
            waiting,
            cache,
            MIN_CACHED_BYTES,
            into=lambda make, path: make,
        )
        self._discard = weakref.finalize(self, discard_all, slots)

    async def find(self, key: str) -> bytes | None:
        """The file of a key, where it is kept."""
        return await asyncio.to_thread(self.cache.get, key)

    async def make(self, job: RenderJob, client: str, gone: Gone) -> bytes:
        """A file by a worker process: being made for somebody else, or made now.

        Raises Overloaded when too many wait, it takes too long, or nobody waits any more.
        """
        return await waited(self.pictures, job.key, client, job, gone)

    async def stream(self, job: RenderJob, client: str, gone: Gone) -> bytes | AsyncIterator[bytes]:
        """The same of a format that is written piece by piece: a large file comes while it is
        made, and breaks off where that fails.
        """
        lane = self.pictures
        pending = lane.join(job.key, client, job, reads=True)
        release = partial(lane.release, pending, reads=True)
        return await Follower(shared(pending.future), lambda: pending.file, gone, release).follow(
            lane.name
        )

    async def make_here(
        self, key: str, make: Callable[[], bytes], client: str, gone: Gone
    ) -> bytes:
        """A file by a thread of this process: for what is quickly made."""
        return await waited(self.files, key, client, make, gone)

    def stats(self) -> RenderStats:
        return RenderStats(
            waiting=sum(lane.waiting for lane in self.lanes),
            running=sum(lane.running for lane in self.lanes),
            restarted=sum(slot.restarted for slot in self.pictures.slots),
            hits=self.cache.hits,
            misses=self.cache.misses,
            dropped=self.cache.dropped,
            bytes=self.cache.held,
        )

    @property
    def lanes(self) -> tuple[Lane[Any], ...]:
        return self.pictures, self.files

    def ready(self) -> str:
        """Why pictures or files are not served as they should be; empty where they are."""
        if self.cache.problem:
            return f"cache folder {self.cache.folder} cannot be written: {self.cache.problem}"
        return next((slot.problem for slot in self.pictures.slots if slot.problem), "")

    def clear(self) -> None:
        """The service ends: stop all work. What is asked for later starts anew."""
        self.pictures.clear()
        self.files.clear()


async def waited(lane: Lane[Work], key: str, client: str, work: Work, gone: Gone) -> bytes:
    """The file of a key, as long as the one who asked is there."""
    pending = lane.join(key, client, work)
    try:
        future = asyncio.wrap_future(shared(pending.future))
        while True:
            done, _ = await asyncio.wait({future}, timeout=PRESENCE_SECONDS)
            if done:
                return future.result()
            if await gone():
                raise Overloaded(lane.queue.name, "nobody waits for it any more")
    finally:
        lane.release(pending)


def shared(future: Future[bytes]) -> Future[bytes]:
    """A copy for one of those who wait: that he is cancelled does not reach the others."""
    own: Future[bytes] = Future()

    def tell(done: Future[bytes]) -> None:
        if not own.set_running_or_notify_cancel():
            return
        error = done.exception()
        if error is not None:
            own.set_exception(error)
        else:
            own.set_result(done.result())

    future.add_done_callback(tell)
    return own
