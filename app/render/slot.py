"""Where a job runs: in a worker process of its own slot, or in the thread that asks."""

import contextlib
import logging
import multiprocessing
import os
import threading
from collections.abc import Callable, Iterator
from concurrent.futures import CancelledError, Future
from concurrent.futures.process import BrokenProcessPool
from dataclasses import dataclass
from multiprocessing.forkserver import ensure_running
from pathlib import Path

from pebble import ProcessExpired, ProcessPool

from app.domain.errors import Overloaded, TookTooLong
from app.render import worker
from app.render.job import RenderJob
from app.render.sent_features import sent

log = logging.getLogger(__name__)

START_SECONDS = 120.0
"""For a worker to load what it needs, on a busy machine."""
PATIENCE_SECONDS = 5.0
"""For a worker to end when it is told to."""
LOADED = ["__main__", "app.render.worker", "app.picture.formats"]
"""What a worker has from its start: one process loads it, once, and forks the workers."""
multiprocessing.set_forkserver_preload(LOADED)
ATTEMPTS = 2
"""A worker may be killed from outside, for want of memory: then another one tries once more."""


@dataclass(frozen=True, slots=True)
class WorkerLimits:
    """How long a file may take, and when a worker is replaced so that it does not grow."""

    seconds: float = 30
    tasks: int = 200
    memory: int = 600_000_000


class WorkerSlot:
    """One worker process; started when first needed, and again after it was lost or used up.

    A slot has a process pool of one. All that workers share, a pipe and its locks, is then thrown
    away with a worker that was killed, in whatever state it left them.
    """

    def __init__(self, limits: WorkerLimits, folder: Path) -> None:
        self.limits, self.folder = limits, folder
        self.restarted = 0
        """How often a worker was lost and replaced."""
        self._pool: ProcessPool | None = None
        self._future: Future[worker.Outcome] | None = None
        self.problem = ""
        """Why the last file could not be made; empty where one could."""
        self._lock = threading.Lock()

    def run(self, job: RenderJob, unwanted: threading.Event) -> bytes:
        """The bytes of a file. Raises TookTooLong, or Overloaded when it is stopped or lost."""
        with sent(job, self.folder) as given:
            return self._made(given, unwanted)

    def _made(self, job: RenderJob, unwanted: threading.Event) -> bytes:
        for _ in range(ATTEMPTS):
            try:
                body = self._result(job, self._schedule(job, unwanted))
            except (ProcessExpired, BrokenProcessPool):
                self.discard()
                if unwanted.is_set():
                    raise Overloaded(job.name, "nobody waits for it any more") from None
                self.restarted += 1
                log.warning("a worker was lost while it made %s; another one is started", job.name)
            else:
                self.problem = ""
                return body
        self.problem = f"{ATTEMPTS} workers were lost over {job.name}"
        raise Overloaded(job.name, f"{ATTEMPTS} workers were lost over it; ask for fewer items")

    def interrupt(self) -> None:
        """End the job under way; the worker goes with it."""
        future = self._future
        if future is not None:
            future.cancel()

    def discard(self, patience: float = PATIENCE_SECONDS) -> None:
        """Let go of the worker, whatever it is doing; wait so long for its end."""
        with self._lock:
            pool, self._pool = self._pool, None
        if pool is not None:
            pool.stop()  # type: ignore[no-untyped-call]
            ending = threading.Thread(target=pool.join, name="render-end", daemon=True)
            ending.start()
            ending.join(patience)

    def _schedule(self, job: RenderJob, unwanted: threading.Event) -> "Future[worker.Outcome]":
        if self._pool is not None and not self._pool.active:  # it was killed while idle
            self.discard()
            self.restarted += 1
        with self._lock:
            if self._pool is None:
                self._pool = self._started()
            future: Future[worker.Outcome] = self._pool.schedule(
                worker.render, args=(job,), timeout=self.limits.seconds * job.patience
            )
            self._future = future
        if unwanted.is_set():  # as the last one left before there was anything to interrupt
            future.cancel()
        return future

    def _started(self) -> ProcessPool:
        return ProcessPool(
            max_workers=1, max_tasks=self.limits.tasks, initializer=worker.start,
            context=multiprocessing.get_context(start_method()),
        )  # fmt: skip

    def _result(self, job: RenderJob, future: "Future[worker.Outcome]") -> bytes:
        seconds = self.limits.seconds * job.patience
        try:
            outcome = future.result(START_SECONDS + seconds)
        except CancelledError:
            raise Overloaded(job.name, "nobody waits for it any more") from None
        except TimeoutError:
            if not future.done():  # not the file took too long: the worker did not start
                self.discard()
            raise TookTooLong(
                seconds, job.name, "ask for fewer items or a smaller picture"
            ) from None
        finally:
            self._future = None
        if outcome.memory > self.limits.memory:
            self.discard()
        if outcome.error is not None:
            raise outcome.error
        if outcome.trouble:
            raise RuntimeError(outcome.trouble)
        return outcome.body


class ThreadSlot:
    """For what is quickly made: the thread that asks makes it, and cannot be stopped."""

    restarted = 0
    problem = ""

    def run(self, job: Callable[[], bytes], unwanted: threading.Event) -> bytes:
        if unwanted.is_set():
            raise Overloaded("file", "nobody waits for it any more")
        return job()

    def interrupt(self) -> None:
        """What has begun is finished."""

    def discard(self, patience: float = 0) -> None:
        """There is nothing to let go of."""


def start_method() -> str:
    """How a worker starts: by itself where the forking process finds no room for its socket."""
    try:
        with safe_path():
            ensure_running()
    except OSError:  # no folder for temporary files, or a path too long for a socket
        return "spawn"
    return "forkserver"


@contextlib.contextmanager
def safe_path() -> Iterator[None]:
    """While a Python is started that does not look for modules in the folder it is started in.

    There may be an `app` of somebody else's.
    """
    before = os.environ.get("PYTHONSAFEPATH")
    os.environ["PYTHONSAFEPATH"] = "1"
    try:
        yield
    finally:
        os.environ.pop("PYTHONSAFEPATH")
        if before is not None:
            os.environ["PYTHONSAFEPATH"] = before


def discard_all(slots: list[WorkerSlot]) -> None:
    for slot in slots:
        with contextlib.suppress(Exception):  # whoever cleans up cannot help it
            slot.discard(0)
