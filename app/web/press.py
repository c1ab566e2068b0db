"""The press: pictures made off the event loop, once for all who ask, in bounded time, and kept."""

import asyncio
import hashlib
import queue
import subprocess
import sys
import threading
import weakref
from collections.abc import Awaitable, Callable, Iterator
from concurrent.futures import Future, ThreadPoolExecutor
from contextlib import contextmanager
from dataclasses import dataclass, field
from functools import cache
from pathlib import Path
from typing import Annotated, Any, BinaryIO, cast

from fastapi import Depends, Request

import app.faces
from app.faces import Face, Selection
from app.faces.worker import receive, send
from app.plan.errors import Overloaded, PackChanged
from app.settings import Settings
from app.web.shelf import Shelf

WAITING_MOST = 40
"""Pictures in the making, over all; whoever comes then is told to come back."""
START_SECONDS = 120.0
"""For the drawing process to load what it needs, on a busy machine."""
LOOK_AROUND_SECONDS = 0.5
"""How often it is looked whether anybody still waits."""
Gone = Callable[[], Awaitable[bool]]


class Worker:
    """One drawing process; started when first needed, and again after it was stopped."""

    def __init__(self) -> None:
        self._process: subprocess.Popen[bytes] | None = None

    def draw(self, ext: str, selection: Selection, seconds: float) -> bytes:
        """The bytes of a face. Raises Overloaded when it takes too long or is stopped, PackChanged
        when the pack on disk is another by now and this process has not read the old one.
        """
        process = self._running()
        with deadline(process, seconds):
            try:
                send(cast(BinaryIO, process.stdin), (ext, selection))
                body, trouble = receive(cast(BinaryIO, process.stdout))
            except (EOFError, BrokenPipeError):
                self.stop()
                why = f"not ready within {seconds:g} s; ask for fewer items or a smaller picture"
                raise Overloaded(f"view.{ext}", why) from None
        if isinstance(trouble, PackChanged):
            raise trouble
        if trouble:
            raise RuntimeError(trouble)
        return bytes(body)

    def _running(self) -> subprocess.Popen[bytes]:
        """The process, ready to draw. Its start is not a picture's time."""
        if self._process is None or self._process.poll() is not None:
            command = [sys.executable, "-m", "app.faces.worker"]
            self._process = subprocess.Popen(
                command, stdin=subprocess.PIPE, stdout=subprocess.PIPE,
                cwd=Path(app.faces.__file__).parents[2],
            )  # fmt: skip
            with deadline(self._process, START_SECONDS):
                try:
                    receive(cast(BinaryIO, self._process.stdout))
                except EOFError:
                    self.stop()
                    raise Overloaded("the drawing process", "did not start") from None
        return self._process

    def interrupt(self) -> None:
        """Kill the process under the hands of whoever waits for it, who will clear up."""
        if self._process is not None:
            self._process.kill()

    def stop(self) -> None:
        """End the process and close its pipes."""
        process, self._process = self._process, None
        if process is not None:
            process.kill()
            process.communicate()


@contextmanager
def deadline(process: subprocess.Popen[bytes], seconds: float) -> Iterator[None]:
    """Kill the process when it takes longer; whoever reads from it then finds the end."""
    timer = threading.Timer(seconds, process.kill)
    timer.daemon = True
    timer.start()
    try:
        yield
    finally:
        timer.cancel()


@dataclass(slots=True)
class Flight:
    """A picture in the making, and how many wait for it."""

    future: Future[bytes]
    waiting: int = 0
    worker: list[Worker] = field(default_factory=list)
    """The one that draws it at present."""

    def abandon(self) -> None:
        """Nobody waits: take it out of the queue, or stop the drawing."""
        if not self.future.cancel():
            for worker in self.worker:
                worker.interrupt()


class Press:
    """Makes pictures. Nothing is started before the first one."""

    def __init__(self, shelf: Shelf, seconds: float, workers: int) -> None:
        self.shelf, self.seconds = shelf, seconds
        self._pool = ThreadPoolExecutor(workers, thread_name_prefix="press")
        self._workers = [Worker() for _ in range(workers)]
        self._idle: queue.SimpleQueue[Worker] = queue.SimpleQueue()
        for worker in self._workers:
            self._idle.put(worker)
        self._flights: dict[str, Flight] = {}
        self._lock = threading.Lock()
        self.close = weakref.finalize(self, stop_all, self._workers)

    async def make(self, face: Face, selection: Selection, gone: Gone) -> bytes:
        """The bytes of a picture: kept, being made for somebody else, or made now.

        Raises Overloaded when too many wait, it takes too long, or nobody waits any more.
        """
        key = key_of(face, selection)
        kept = await asyncio.to_thread(self.shelf.get, key)
        if kept is not None:
            return kept
        flight = self._board(key, face, selection)
        try:
            return await wait_for(flight, gone)
        finally:
            self._leave(key, flight)

    def _board(self, key: str, face: Face, selection: Selection) -> Flight:
        """Join the flight of the same picture, or start one."""
        with self._lock:
            flight = self._flights.get(key)
            if flight is None:
                if len(self._flights) >= WAITING_MOST:
                    raise Overloaded(f"view.{face.ext}", f"{WAITING_MOST} pictures already wait")
                flight = Flight(Future())
                self._flights[key] = flight
                self._pool.submit(self._fly, flight, key, face.ext, selection)
            flight.waiting += 1
            return flight

    def _leave(self, key: str, flight: Flight) -> None:
        with self._lock:
            flight.waiting -= 1
            if flight.waiting == 0 and self._flights.get(key) is flight:
                del self._flights[key]
                if not flight.future.done():
                    flight.abandon()

    def _fly(self, flight: Flight, key: str, ext: str, selection: Selection) -> None:
        """In a thread of the pool: draw, keep, tell."""
        if not flight.future.set_running_or_notify_cancel():
            return
        worker = self._idle.get()
        flight.worker.append(worker)
        try:
            body = worker.draw(ext, selection, self.seconds)
        except Exception as error:
            flight.future.set_exception(error)
        else:
            self.shelf.put(key, body)
            flight.future.set_result(body)
        finally:
            flight.worker.clear()
            self._idle.put(worker)


async def wait_for(flight: Flight, gone: Gone) -> bytes:
    """The picture, as long as the one who asked is there."""
    future = asyncio.wrap_future(flight.future)
    future.add_done_callback(lambda done: done.cancelled() or done.exception())
    while True:
        done, _ = await asyncio.wait({future}, timeout=LOOK_AROUND_SECONDS)
        if done:
            return future.result()
        if await gone():
            raise Overloaded("picture", "nobody waits for it any more")


def stop_all(workers: list[Worker]) -> None:
    for worker in workers:
        worker.stop()


def key_of(face: Face, selection: Selection) -> str:
    """The same for the same picture: what is shown, of which data, drawn by which code."""
    files = selection.files
    parts = (
        drawn_by(selection.pack.data, files.static if files else None), face.ext,
        selection.pack.info.id, selection.version, selection.view.query_string(), selection.lang,
        selection.url, selection.options.key(),
    )  # fmt: skip
    return hashlib.sha256("\0".join(parts).encode()).hexdigest()[:40]


@cache
def drawn_by(data: Path, static: Path | None) -> str:
    """Changes with our code, the front end (an offline page is made of it) and the pack's files."""
    root = Path(app.faces.__file__).parents[1]
    folders = (data, static) if static else (data,)
    files = [*root.rglob("*.py"), *(path for folder in folders for path in folder.rglob("*"))]
    digest = hashlib.sha256()
    for path in sorted(path for path in files if path.is_file()):
        digest.update(path.read_bytes())
    return digest.hexdigest()


def press_for(settings: Settings) -> Press:
    shelf = Shelf(settings.cache, settings.cache_bytes)
    return Press(shelf, settings.picture_seconds, settings.picture_workers)


def get_press(request: Request) -> Any:
    return request.app.state.press


PressDep = Annotated[Press, Depends(get_press)]
