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
import sys
import threading
from functools import partial
from types import FrameType
from typing import Any, NoReturn, cast

import uvicorn
from starlette.types import ASGIApp

from app.server.guard import OVERFLOW, Guard
from app.server.protocol import GuardedProtocol
from app.settings import Settings

FILES_BESIDES = 200
"""Open files beside connections: data, caches, fonts, pipes to workers."""
LAST_SECONDS = 1.0
"""For exit handlers: temporary files, worker processes."""
SIGNALS = (signal.SIGTERM, signal.SIGINT)


def config_for(app: ASGIApp, settings: Settings, guard: Guard, **listening: Any) -> uvicorn.Config:
    """Uvicorn's configuration, with our connection; `listening`: host, port or nothing."""
    return uvicorn.Config(
        app,
        **listening,
        http=cast(type[asyncio.Protocol], partial(GuardedProtocol, guard=guard)),
        ws="none",
        log_level="warning",
        access_log=False,
        proxy_headers=False,  # app.web.http.forwarded does it, hosts included
        server_header=False,
        root_path=settings.base_path,
        timeout_graceful_shutdown=cast(int, settings.drain_seconds),
        backlog=min(2048, settings.connections),
    )


def serve(app: ASGIApp, settings: Settings, guard: Guard, **listening: Any) -> int:
    """Serve until SIGTERM or SIGINT; the exit code."""
    allow_files(settings.connections + OVERFLOW + FILES_BESIDES)
    server = uvicorn.Server(config_for(app, settings, guard, **listening))
    over, told = threading.Event(), threading.Event()
    thread = threading.Thread(target=run_loop, args=(server, over), name="server", daemon=True)

    def stop(number: int, frame: FrameType | None) -> None:
        server.force_exit = told.is_set()  # told twice: at once
        server.should_exit = True
        told.set()

    for number in SIGNALS:
        signal.signal(number, stop)
    thread.start()
    while not over.wait(1) and not told.is_set():
        pass
    if not over.wait(settings.drain_seconds + LAST_SECONDS):
        logging.getLogger(__name__).warning("stopped with work unfinished: it took too long")
    return 0 if told.is_set() and server.started else 1


def run_loop(server: uvicorn.Server, over: threading.Event) -> None:
    """Run the server to its end, which does not wait for threads that still compute."""

    async def serve_until_told() -> None:
        try:
            await server.serve()
        finally:
            over.set()

    with asyncio.Runner(loop_factory=server.config.get_loop_factory()) as runner:
        runner.run(serve_until_told())


def leave(code: int) -> NoReturn:
    """End the process, after its exit handlers, not after its threads."""
    last = threading.Thread(target=atexit._run_exitfuncs, daemon=True)
    last.start()
    last.join(LAST_SECONDS)
    sys.stdout.flush()
    sys.stderr.flush()
    os._exit(code)


def allow_files(wanted: int) -> None:
    """Raise the limit of open files to what the connections need, where that is allowed."""
    soft, hard = resource.getrlimit(resource.RLIMIT_NOFILE)
    if soft != resource.RLIM_INFINITY and soft < wanted:
        most = wanted if hard == resource.RLIM_INFINITY else min(wanted, hard)
        resource.setrlimit(resource.RLIMIT_NOFILE, (most, hard))
