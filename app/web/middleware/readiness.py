"""Whether the service is ready: each thing it offers has a check, and all of them answer."""

import asyncio
import logging
import time
from collections.abc import Awaitable, Callable
from urllib.parse import unquote

from starlette.types import ASGIApp, Message, Scope

errors = logging.getLogger("planmap.errors")

Check = Callable[[], Awaitable[None]]
"""Returns when the thing answers; raises with the reason where it does not."""

FRESH_SECONDS = 10.0
"""A good result is believed so long; a bad one is looked into again after a second."""
BAD_SECONDS = 1.0
WAIT_SECONDS = 5.0
OK = "ok"
NO_ANSWER = "no answer yet"


class NotReady(Exception):
    """A check that did not pass; says why."""


class Readiness:
    """Named checks, made together, once for all who ask."""

    def __init__(self) -> None:
        self._checks: dict[str, Check] = {}
        self._found: dict[str, str] = {}
        self._checked = 0.0
        self._round: asyncio.Task[None] | None = None

    def add(self, name: str, check: Check) -> None:
        self._checks[name] = check

    async def state(self) -> dict[str, str]:
        """Each thing's name, and `ok` or what is wrong with it."""
        if self._round is None and self._stale():
            self._found = dict.fromkeys(self._checks, NO_ANSWER)
            self._round = asyncio.create_task(self._check_all())
        if self._round is not None:
            await asyncio.wait({self._round}, timeout=WAIT_SECONDS)
        return dict(self._found)

    def _stale(self) -> bool:
        good = bool(self._found) and all(state == OK for state in self._found.values())
        return time.monotonic() - self._checked > (FRESH_SECONDS if good else BAD_SECONDS)

    async def _check_all(self) -> None:
        try:
            await asyncio.gather(*(self._check(name) for name in self._checks))
        finally:
            self._checked = time.monotonic()
            self._round = None

    async def _check(self, name: str) -> None:
        try:
            await self._checks[name]()
            self._found[name] = OK
        except Exception as error:
            # Of a worker's traceback anybody may read the last line; the rest is for the log.
            errors.warning("%s: not ready", name, exc_info=error)
            self._found[name] = (str(error).strip() or type(error).__name__).splitlines()[-1]


def answers(app: ASGIApp, path: str, root: str) -> Check:
    """A check that asks the app for an address, as a client would."""

    async def check() -> None:
        status = await status_of(app, path, root)
        if status not in (200, 204):
            raise NotReady(f"{path}: HTTP {status}")

    return check


async def status_of(app: ASGIApp, path: str, root: str) -> int:
    """The status of an answer that nobody reads."""
    statuses: list[int] = []
    waiting = asyncio.Event()
    received = False

    async def receive() -> Message:
        nonlocal received
        if received:
            await waiting.wait()  # this client never leaves
        received = True
        return {"type": "http.request", "body": b"", "more_body": False}

    async def send(message: Message) -> None:
        if message["type"] == "http.response.start":
            statuses.append(message["status"])

    await app(scope_for(path, root), receive, send)
    return statuses[0]


def scope_for(path: str, root: str) -> Scope:
    step, _, query = path.partition("?")
    return {
        "type": "http",
        "asgi": {"version": "3.0"},
        "http_version": "1.1",
        "method": "GET",
        "scheme": "http",
        "path": root + unquote(step),
        "raw_path": (root + step).encode(),
        "root_path": root,
        "query_string": query.encode(),
        "headers": [(b"host", b"localhost"), (b"user-agent", b"planmap-readiness")],
        "client": ("127.0.0.1", 0),
        "server": ("localhost", 80),
    }
