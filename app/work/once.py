"""What is made once for all who ask, and takes longer than some of them have time."""

import threading
from collections.abc import Callable
from concurrent.futures import Future
from typing import Generic, TypeVar

R = TypeVar("R")


class Once(Generic[R]):
    """The result of a call, made in a thread of its own when first asked for.

    Whoever gives up waiting does not end it: who asks later finds it. What fails is tried again.
    """

    def __init__(self, make: Callable[[], R], name: str = "search") -> None:
        self.name = name
        """What is being made, for who has to wait too long."""
        self._make = make
        self._starting = threading.Lock()
        self._future: Future[R] | None = None

    @property
    def is_made(self) -> bool:
        return self._future is not None and self._future.done()

    def get(self) -> R:
        """Wait for it, however long that takes."""
        return self.future().result()

    def future(self) -> Future[R]:
        with self._starting:
            found = self._future
            if found is None or (found.done() and found.exception()):
                self._future = found = Future()
                threading.Thread(target=self._run, args=(found,), daemon=True).start()
            return found

    def _run(self, future: Future[R]) -> None:
        try:
            future.set_result(self._make())
        except BaseException as error:
            future.set_exception(error)
