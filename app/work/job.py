"""One job of long work, from the request to its result, refusal or cancellation."""

import time
from collections.abc import Callable
from concurrent.futures import Future
from contextvars import ContextVar
from typing import Any

from app.domain.errors import Overloaded, TookTooLong

CURRENT: ContextVar["Job | None"] = ContextVar("job", default=None)
"""The job this thread works at."""


class Job:
    """A call, the time it may take once it runs, and whether anybody still wants it.

    `clock` counts seconds; tests give their own.
    """

    def __init__(
        self,
        call: Callable[[], Any],
        seconds: float,
        clock: Callable[[], float] = time.monotonic,
    ) -> None:
        self.future: Future[Any] = Future()
        self.steps = 0
        """How often it has been looked whether to go on."""
        self._call, self._seconds, self._clock = call, seconds, clock
        self._until = float("inf")
        self._stopped = False

    def run(self) -> None:
        """Do it, in this thread, unless it was stopped while it waited."""
        if not self.future.set_running_or_notify_cancel():
            return
        self._until = self._clock() + self._seconds
        token = CURRENT.set(self)
        try:
            result = self._call()
        except BaseException as error:
            self.future.set_exception(error)
        else:
            self.future.set_result(result)
        finally:
            CURRENT.reset(token)
            del self._call  # and all it holds: the future outlives it

    def check(self) -> None:
        """Raises TookTooLong past the deadline, Overloaded where nobody waits any more."""
        self.steps += 1
        if self._stopped:
            raise Overloaded("request", "nobody waits for it any more")
        if self._clock() > self._until:
            raise TookTooLong(self._seconds)

    def stop(self) -> None:
        """Nobody wants it any more: it ends at its next step, or never begins."""
        self._stopped = True
        self.future.cancel()

    def refuse(self, error: Exception) -> None:
        """It gives way to another before it began."""
        if self.future.set_running_or_notify_cancel():
            self.future.set_exception(error)
