"""A file that several wait for is made once, and not at all when none waits any more."""

from collections.abc import Callable
from concurrent.futures import Future
from dataclasses import dataclass, field
from threading import Event
from typing import Generic, TypeVar

from app.render.growing_file import GrowingFile

Work = TypeVar("Work")


@dataclass(eq=False, slots=True)
class PendingRender(Generic[Work]):
    """A file that is being made or waits to be, and how many wait for it."""

    key: str
    client: str
    """Whose place in the queue it takes: of whoever asked first."""
    work: Work
    future: Future[bytes] = field(default_factory=Future)
    waiting: int = 0
    readers: int = 0
    """Those of them who take it while it is written."""
    file: GrowingFile | None = None
    """Where it is written meanwhile, if it is."""
    unwanted: Event = field(default_factory=Event)
    """Set when nobody waits any more."""
    interrupt: Callable[[], None] | None = None
    """Ends the work under way; None while it waits in the queue."""

    def stop(self) -> None:
        """Nobody waits: it ends, or never begins."""
        self.unwanted.set()
        if self.interrupt is not None:
            self.interrupt()

    def finish(self, body: bytes) -> None:
        if not self.future.done():
            self.future.set_result(body)

    def fail(self, error: BaseException) -> None:
        if not self.future.done():
            self.future.set_exception(error)


class SingleFlight(Generic[Work]):
    """The files that are being made, by key. Not locked: its owner holds a lock anyway."""

    def __init__(self) -> None:
        self._pending: dict[str, PendingRender[Work]] = {}

    def __len__(self) -> int:
        return len(self._pending)

    def find(self, key: str) -> PendingRender[Work] | None:
        return self._pending.get(key)

    def add(self, pending: PendingRender[Work]) -> None:
        self._pending[pending.key] = pending

    def remove(self, pending: PendingRender[Work]) -> None:
        """It is finished, or nobody waits: who asks now starts another."""
        if self._pending.get(pending.key) is pending:
            del self._pending[pending.key]

    def all(self) -> list[PendingRender[Work]]:
        return list(self._pending.values())
