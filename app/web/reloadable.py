"""The service while its data is replaced: each request is answered from one data version."""

import asyncio
import logging
from collections.abc import Callable
from pathlib import Path
from typing import Generic, Protocol, TypeVar

from starlette.types import ASGIApp, Receive, Scope, Send

from app.domain.errors import PlanmapError
from app.pack.version import files_of_pack, version_of
from app.server.heap import settle
from app.web.http.headers import GuardedApp
from app.web.runtime import Runtime

log = logging.getLogger(__name__)

WATCH_SECONDS = 1.0
"""How often the files are looked at; they are taken in once they rest so long."""

Reloaded = Callable[[str, str], None]
"""Told the version served after each reload, and why newer data was refused."""


class Versioned(Protocol):
    """What is made of one state of the data."""

    @property
    def version(self) -> str: ...


State = TypeVar("State", bound=Versioned)


class Reloadable(Generic[State]):
    """What `make` makes of the pack at `root`, made anew when that changes."""

    def __init__(self, make: Callable[[], State], root: Path) -> None:
        self.current = make()
        self.refused = ""
        """Why newer data is not served."""
        self.on_reload: list[Reloaded] = []
        self._make, self._root = make, root
        self._reloading = asyncio.Lock()

    @property
    def version(self) -> str:
        """The version of the data being served."""
        return self.current.version

    async def reload(self) -> None:
        """Take in the data as it now is; where that cannot be served, all stays as it was."""
        async with self._reloading:
            try:
                reloaded = await asyncio.to_thread(self._newer)
            except Exception as error:
                self.refused = reason_of(error).replace(f"{self._root}/", "")
                log.warning("data refused, version %s stays: %s", self.version, error)
            else:
                self.refused = ""
                self.current = reloaded or self.current
            for tell in self.on_reload:
                tell(self.version, self.refused)
            await asyncio.to_thread(settle)  # an app holds itself

    async def watch(self) -> None:
        """Reload whenever files of the pack have changed and rest."""
        taken = before = await asyncio.to_thread(marks_of, self._root)
        while True:
            await asyncio.sleep(WATCH_SECONDS)
            now = await asyncio.to_thread(marks_of, self._root)
            if now != taken and now == before:
                taken = now
                await self.reload()
            before = now

    def _newer(self) -> State | None:
        """What serves the data as it now is; None where that is what is being served."""
        return None if version_of(self._root) == self.version else self._make()


class ReloadableApp(Reloadable[GuardedApp]):
    """An ASGI app that hands each request to the app of the data at that moment.

    A request that has begun is answered by the app it began with, which goes when its last request
    ends.
    """

    def __init__(self, make: Callable[[], GuardedApp], root: Path, runtime: Runtime) -> None:
        super().__init__(make, root)
        self.runtime = runtime
        self.on_reload.append(self._note)

    async def __call__(self, scope: Scope, receive: Receive, send: Send) -> None:
        app: ASGIApp = self.current if scope["type"] != "lifespan" else self._live
        await app(scope, receive, send)

    def answer_now(self, scope: Scope) -> tuple[int, bytes, bytes] | None:
        """An answer that is ready."""
        return self.current.answer_now(scope)

    def _note(self, version: str, refused: str) -> None:
        self.runtime.refused = refused

    async def _live(self, scope: Scope, receive: Receive, send: Send) -> None:
        """When the service ends, so does its work."""
        await receive()
        await send({"type": "lifespan.startup.complete"})
        await receive()
        self.runtime.clear()
        await send({"type": "lifespan.shutdown.complete"})


def reason_of(error: Exception) -> str:
    """What is said of an error; of one that nobody foresaw, its kind too."""
    kind = "" if isinstance(error, PlanmapError) else f"{type(error).__name__}: "
    return f"{kind}{error}"


def marks_of(root: Path) -> tuple[tuple[str, int, int], ...]:
    """What changes when a file of the pack is written; nothing while one is on the move."""
    marks = []
    for path in files_of_pack(root):
        try:
            stat = path.stat()
        except OSError:
            return ()
        marks.append((path.as_posix(), stat.st_mtime_ns, stat.st_size))
    return tuple(marks)
