"""Puts the middleware before the app, in order."""

import asyncio
from collections.abc import Callable
from dataclasses import dataclass
from functools import partial

from starlette.types import ASGIApp, Receive, Scope, Send

from app.network import LOOPBACK, HostNames, TrustedProxies
from app.selection.picture_options import SIDE_LEAST
from app.settings import Settings
from app.web.api.tilesets import GRID
from app.web.dependencies import Service
from app.web.direct import DirectAnswers
from app.web.http.headers import GuardedApp, guarded
from app.web.middleware.callers import calling
from app.web.middleware.forwarded import believe_proxy
from app.web.middleware.hosts import unlisted_host, wrong_host
from app.web.middleware.observe import (
    Visit,
    errors,
    id_header,
    note,
    path_of,
    stopped,
    visit_of,
    watched,
)  # fmt: skip
from app.web.middleware.rate import seconds_to_wait, too_often
from app.web.middleware.readiness import Readiness, answers
from app.web.middleware.ready_answers import ReadyAnswers, has_no_copy, own_path
from app.web.middleware.ready_store import Key, ReadyAnswer
from app.web.runtime import Runtime

ENTRY = "entry"
START = "http.response.start"
Answer = tuple[int, bytes, bytes]
Headers = tuple[tuple[bytes, bytes], ...]


class Gate:
    """The outermost ASGI app. It names a request, lets it in or not, and answers it where it can.

    `answer_now` is for a server that asks before it starts a task: what is ready needs none.
    """

    def __init__(
        self, app: ASGIApp, settings: Settings, runtime: Runtime, ready: ReadyAnswers,
        direct: DirectAnswers,
    ) -> None:  # fmt: skip
        self._app, self._counts = app, runtime.counts
        self._ready, self._direct, self._render = ready, direct, runtime.render
        self._proxies = TrustedProxies(settings.trusted_proxies)
        self._names = HostNames(settings.hosts or LOOPBACK)
        self._buckets, self._pools = runtime.buckets, runtime.pools

    def answer_now(self, scope: Scope) -> Answer | None:
        """Status, header lines and body of an answer that is ready."""
        entry = scope["state"][ENTRY] = self._enter(scope)
        answer = entry.ready
        if answer is None:
            return None
        visit = entry.visit
        body = b"" if visit.method == "HEAD" else answer.body
        visit.status, visit.bytes = answer.status, len(body)
        note(visit, scope, self._counts)
        return answer.status, answer.lines + b"%s: %s\r\n" % id_header(visit), body

    async def __call__(self, scope: Scope, receive: Receive, send: Send) -> None:
        if scope["type"] != "http":
            await self._app(scope, receive, send)
            return
        entry = scope.setdefault("state", {}).pop(ENTRY, None) or self._enter(scope)
        visit, send = entry.visit, watched(send, entry.visit)
        self._counts.in_flight += 1
        try:
            await self._answer(entry, scope, receive, send)
        except asyncio.CancelledError:
            if not visit.status:
                await guarded(stopped(scope))(scope, receive, send)
        except Exception:
            errors.error("request %s failed: %s %s", visit.id, visit.method, path_of(scope))
            raise
        finally:
            self._counts.in_flight -= 1
            note(visit, scope, self._counts)

    async def _answer(self, entry: "Entry", scope: Scope, receive: Receive, send: Send) -> None:
        if entry.refusal:
            await guarded(entry.refusal())(scope, receive, send)
            return
        if answer := entry.ready or await self._made(entry, scope, receive):
            await self._send(entry, answer.status, answer.headers, answer.body, send)
            return
        send = self._ready.recorded(entry.key, scope, send)
        kept = self._ready.file_of(entry.key, scope)
        body = await self._render.find(kept.file) if kept else None
        if kept and body is not None:
            await self._send(entry, 200, kept.headers, body, send)
        else:
            await self._app(scope, receive, send)

    async def _made(self, entry: "Entry", scope: Scope, receive: Receive) -> ReadyAnswer | None:
        """What is made here, off the event loop, in the turn of its client."""
        if entry.key is None or not has_no_copy(scope):
            return None
        with calling(scope, receive, self._pools):
            answer = await self._direct.make(scope, own_path(scope), entry.key)
        if answer:
            self._ready.note(entry.key, scope, answer)
        return answer

    async def _send(
        self, entry: "Entry", status: int, headers: Headers, body: bytes, send: Send
    ) -> None:
        body = b"" if entry.visit.method == "HEAD" else body
        await send({"type": START, "status": status, "headers": list(headers)})
        await send({"type": "http.response.body", "body": body})

    def _enter(self, scope: Scope) -> "Entry":
        """What can be said of a request before anything is done for it."""
        visit = visit_of(scope)
        believe_proxy(scope, self._proxies)
        if host := unlisted_host(scope, self._names):
            return Entry(visit, partial(wrong_host, scope, host))
        if seconds := seconds_to_wait(scope, self._proxies, self._buckets):
            return Entry(visit, partial(too_often, scope, seconds))
        key, ready = self._ready.look(scope)
        if key and ready is None and has_no_copy(scope):
            ready = self._direct.look(scope, own_path(scope), key)
            if ready:
                self._ready.note(key, scope, ready)
        return Entry(visit, None, key, ready)


@dataclass(slots=True)
class Entry:
    """A request at the gate."""

    visit: Visit
    refusal: Callable[[], ASGIApp] | None = None
    key: Key | None = None
    ready: ReadyAnswer | None = None


def add_gate(app: GuardedApp, service: Service, runtime: Runtime) -> None:
    """Put the gate before the app."""
    ready = ReadyAnswers(runtime.ready, service)
    direct = DirectAnswers(service, app.state.modified, runtime.encoded)
    app.gate = Gate(app.answer_anew, service.settings, runtime, ready, direct)


def readiness_of(app: GuardedApp, service: Service) -> Readiness:
    """The checks of what is offered: a tile, a file and a picture, asked for as a client does."""
    root = service.settings.base_path
    layer = service.catalog.layers[0].id
    side = f"{SIDE_LEAST}x{SIDE_LEAST}"
    readiness = Readiness()
    for name, path in (
        ("tiles", f"/api/tiles/{GRID}/0/0/0"),
        ("files", f"/view.csv?layer={layer}"),
        ("pictures", f"/view.png?layer={layer}&size={side}"),
    ):
        readiness.add(name, answers(app.answer_anew, path, root))
    return readiness
