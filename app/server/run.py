"""Runs the app on a port until it is told to stop, and then stops in bounded time.

The event loop runs in a thread of its own and the main thread only waits for signals: so SIGTERM
is heard however busy the loop is, and what does not end by itself is left behind.
"""

import asyncio
import atexit
import logging
import os
import resource
import signal
import socket
import sys
import threading
from collections.abc import Awaitable, Callable, Iterable
from functools import partial
from types import FrameType
from typing import NoReturn, cast

import uvicorn
from starlette.types import ASGIApp

from app.server.guard import OVERFLOW, Guard
from app.server.heap import settle
from app.server.protocol import GuardedProtocol
from app.server.signals import Terminal, release_hangup
from app.settings import Settings

FILES_BESIDES = 200
"""Open files beside connections: data, caches, fonts, pipes to workers."""
LAST_SECONDS = 1.0
"""For exit handlers: temporary files, worker processes."""
SWITCH_SECONDS = 0.0005
"""For how long a thread that computes keeps the event loop from its turn."""
SIGNALS = (signal.SIGTERM, signal.SIGINT)

Task = Callable[[], Awaitable[None]]


def config_for(app: ASGIApp, settings: Settings, guard: Guard) -> uvicorn.Config:
    """Uvicorn's configuration, with our connection."""
    return uvicorn.Config(
        app,
        http=cast(type[asyncio.Protocol], partial(GuardedProtocol, guard=guard)),
        ws="none",
        log_level="warning",
        access_log=False,
        proxy_headers=False,  # app.web.middleware.forwarded does it, hosts included
        server_header=False,
        root_path=settings.base_path,
        timeout_graceful_shutdown=cast(int, settings.drain_seconds),
        backlog=min(2048, settings.connections),
    )


class Background:
    """Tasks of the server's event loop: `reload` at SIGHUP, and others all the time."""

    def __init__(self, reload: Task | None = None, others: Iterable[Task] = ()) -> None:
        self._reload, self._others = reload, others
        self._loop: asyncio.AbstractEventLoop | None = None

    async def start(self) -> None:
        """Start them; data that has changed while the service was starting is taken in."""
        self._loop = asyncio.get_running_loop()
        for task in self._others:
            self.run(task)
        self.reload()

    def reload(self) -> None:
        if self._reload is not None and self._loop is not None:
            self.run(self._reload)

    def run(self, task: Task) -> None:
        async def run() -> None:
            await task()

        if self._loop is not None:
            asyncio.run_coroutine_threadsafe(run(), self._loop)


def serve(
    app: ASGIApp,
    settings: Settings,
    guard: Guard,
    background: Background,
    sockets: list[socket.socket],
) -> int:
    """Serve until SIGTERM or SIGINT; the exit code."""
    sys.setswitchinterval(SWITCH_SECONDS)
    settle(anew=False)
    allow_files(settings.connections + OVERFLOW + FILES_BESIDES)
    server = uvicorn.Server(config_for(app, settings, guard))
    over, stop_requested, terminal = threading.Event(), threading.Event(), Terminal()
    thread = threading.Thread(
        target=run_loop, args=(server, background, over, sockets), name="server", daemon=True
    )

    def stop(number: int, frame: FrameType | None) -> None:
        server.force_exit = stop_requested.is_set()  # told twice: at once
        server.should_exit = True
        stop_requested.set()

    def hang_up(number: int, frame: FrameType | None) -> None:
        if terminal.is_lost():
            stop(number, frame)
        else:
            background.reload()

    for number in SIGNALS:
        signal.signal(number, stop)
    signal.signal(signal.SIGHUP, hang_up)
    release_hangup()
    thread.start()
    while not over.wait(1) and not stop_requested.is_set():
        pass
    if not over.wait(settings.drain_seconds + LAST_SECONDS):
        logging.getLogger(__name__).warning("stopped with work unfinished: it took too long")
    return 0 if stop_requested.is_set() and server.started else 1


def run_loop(
    server: uvicorn.Server,
    background: Background,
    over: threading.Event,
    sockets: list[socket.socket],
) -> None:
    """Run the server to its end, which does not wait for threads that still compute."""

    async def serve_until_stopped() -> None:
        try:
            await background.start()
            await server.serve(sockets=sockets)
        finally:
            over.set()

    with asyncio.Runner(loop_factory=server.config.get_loop_factory()) as runner:
        runner.run(serve_until_stopped())


def exit_process(code: int) -> NoReturn:
    """End the process, after its exit handlers, not after its threads."""
    last = threading.Thread(target=atexit._run_exitfuncs, daemon=True)
    last.start()
    last.join(LAST_SECONDS)
    sys.stdout.flush()
    sys.stderr.flush()
    os._exit(code)


def bound_sockets(host: str, port: int) -> list[socket.socket]:
    """A socket for each address of a name; several processes may take connections from them."""
    known = socket.getaddrinfo(host, port, type=socket.SOCK_STREAM, flags=socket.AI_PASSIVE)
    sockets = []
    for family, kind, protocol, _, address in dict.fromkeys(known):
        listener = socket.socket(family, kind, protocol)
        listener.setsockopt(socket.SOL_SOCKET, socket.SO_REUSEADDR, 1)
        if family == socket.AF_INET6:
            listener.setsockopt(socket.IPPROTO_IPV6, socket.IPV6_V6ONLY, 1)
        listener.bind(address)
        listener.set_inheritable(False)
        sockets.append(listener)
    return sockets


def allow_files(wanted: int) -> None:
    """Raise the limit of open files to what the connections need, where that is allowed."""
    soft, hard = resource.getrlimit(resource.RLIMIT_NOFILE)
    if soft != resource.RLIM_INFINITY and soft < wanted:
        most = wanted if hard == resource.RLIM_INFINITY else min(wanted, hard)
        resource.setrlimit(resource.RLIMIT_NOFILE, (most, hard))
