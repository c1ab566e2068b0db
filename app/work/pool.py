"""Threads for long work, with a fair queue before them.

The threads are daemons and nobody joins them: work that is still running never holds up the end of
the process.
"""

import threading
import weakref
from collections.abc import Callable

from app.domain.errors import Overloaded
from app.work.fair_queue import FairQueue
from app.work.job import Job


class Pool:
    """Some threads and what waits for them. Nothing is started before the first job."""

    def __init__(self, name: str, workers: int, waiting: int, seconds: float) -> None:
        self.name, self.workers, self.seconds = name, workers, seconds
        self._state = State(FairQueue(waiting, name))
        self._threads: list[threading.Thread] = []
        weakref.finalize(self, self._state.close)

    def submit(self, client: str, call: Callable[[], object]) -> Job:
        """Queue a call for a client. Raises Overloaded where the queue is full."""
        job = Job(call, self.seconds)
        with self._state.ready:
            displaced = self._state.queue.put(client, job)
            self._start_one()
            self._state.ready.notify()
        if displaced is not None:
            displaced.refuse(Overloaded(self.name, "gave way to others who wait for less"))
        return job

    def withdraw(self, client: str, job: Job) -> None:
        """The client is gone: out of the queue with it, or stop it."""
        with self._state.ready:
            self._state.queue.discard(client, job)
        job.stop()

    @property
    def waiting(self) -> int:
        return len(self._state.queue)

    @property
    def running(self) -> int:
        return len(self._state.running)

    def clear(self) -> None:
        """Stop what runs at its next step, and refuse what waits: the service ends."""
        self._state.clear()

    def _start_one(self) -> None:
        """Another thread while there are fewer than allowed and somebody would wait."""
        if len(self._threads) < self.workers and self._state.idle < len(self._state.queue):
            thread = threading.Thread(
                target=self._state.work, name=f"{self.name}-{len(self._threads)}", daemon=True
            )
            self._threads.append(thread)
            thread.start()


class State:
    """What the threads share. It does not know its pool: one that nobody holds is released."""

    def __init__(self, queue: FairQueue[Job]) -> None:
        self.queue = queue
        self.ready = threading.Condition()
        self.running: set[Job] = set()
        self.idle = 0
        self._closed = False

    def work(self) -> None:
        """A thread: the next job, until the pool is closed."""
        while (job := self._next()) is not None:
            job.run()
            with self.ready:
                self.running.discard(job)
            del job  # a thread that waits holds nothing

    def _next(self) -> Job | None:
        with self.ready:
            self.idle += 1
            try:
                while not self._closed:
                    job = self.queue.take()
                    if job is not None:
                        self.running.add(job)
                        return job
                    self.ready.wait()
            finally:
                self.idle -= 1
        return None

    def clear(self) -> None:
        with self.ready:
            waiting = list(iter(self.queue.take, None))
            running = list(self.running)
        for job in waiting:
            job.refuse(Overloaded(self.queue.name, "the service is shutting down"))
        for job in running:
            job.stop()

    def close(self) -> None:
        """End the threads."""
        with self.ready:
            self._closed = True
            self.ready.notify_all()
        self.clear()
