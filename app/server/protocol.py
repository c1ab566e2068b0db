"""uvicorn's HTTP/1.1 protocol with strict parsing and limits, one request at a time.

uvicorn hands all that arrives to its parser. Here a request's head is collected first, checked
(`heads`), and only then given to the parser, when the answer before it is complete: so each
request has its answer in order, and after one that is refused nothing else is read. A request with
a body is the last of its connection, whatever follows it.
"""

import asyncio
import enum
import math
from typing import Any
from urllib.parse import quote, unquote

import httptools
from uvicorn.config import Config
from uvicorn.protocols.http.httptools_impl import (
    STATUS_LINE,
    HttpToolsProtocol,
    RequestResponseCycle,
)
from uvicorn.server import ServerState

from app.request_id import new_id
from app.server.guard import Guard
from app.server.heads import Refusal, check_fields, check_head, end_of_head, large_body, malformed
from app.server.known_heads import READ, ReadHead
from app.server.outlet import Outlet
from app.server.refusals import answer_to, note_refusal

LINGER_SECONDS = 2.0
"""After the last answer a client may finish what it sends: a reset would take the answer away."""
LINGER_BYTES = 4_000_000
AT_ONCE = 8
"""Requests of one connection that are answered in a row."""
COPIED_MOST = 32_000
"""Bytes of a body that are copied behind its head, so that both are written at once."""
LAST = b"connection: close\r\n\r\n"
HALF_CLOSED_SECONDS = 1.0
"""A client that has said its last word still gets the answers that are ready by then."""


class Phase(enum.Enum):
    """What a connection waits for."""

    IDLE = "the next request"
    HEAD = "the rest of a head"
    BODY = "the rest of a body"
    WORK = "the answer"
    LINGER = "the client's end"


class GuardedProtocol(HttpToolsProtocol):
    """A connection with limits: of size in `heads`, of time and number in `guard`."""

    def __init__(
        self,
        config: Config,
        server_state: ServerState,
        app_state: dict[str, Any],
        _loop: asyncio.AbstractEventLoop | None = None,
        *,
        guard: Guard,
    ) -> None:
        super().__init__(config, server_state, app_state, _loop)
        self.guard = guard
        self.outlet: Outlet = None  # type: ignore[assignment]
        self.phase, self.until = Phase.HEAD, math.inf
        self._ready = getattr(self.app, "answer_now", None)
        self._pending = bytearray()
        self._known = 0
        """Bytes of it that were searched for the end of a head."""
        self._deaf = False
        """Whether what arrives is thrown away."""
        self._gone_at = 0.0
        self._discarded = 0
        self._body_bytes = 0
        self._read: tuple[str, str, bool] = ("", "", False)
        """Method, version and keep-alive of the request just read."""
        self._complete = True

    def connection_made(self, transport: asyncio.Transport) -> None:  # type: ignore[override]
        super().connection_made(transport)
        self.outlet = Outlet(transport, self.end)
        self.transport = self.outlet  # type: ignore[assignment]
        self.wait(Phase.HEAD)
        try:
            self.guard.admit(self)
        except Refusal as refusal:
            self.refuse(refusal)

    def connection_lost(self, exc: Exception | None) -> None:
        self.guard.release(self)
        super().connection_lost(exc)
        self._pending.clear()

    def wait(self, phase: Phase) -> None:
        """Wait for something, as long as that is waited for."""
        self.phase = phase
        self.until = self.loop.time() + self.guard.seconds.get(phase._name_, math.inf)

    def data_received(self, data: bytes) -> None:
        if self._deaf:
            self._discarded += len(data)
            if self._discarded > LINGER_BYTES:
                self.abort()
        elif self.phase is Phase.BODY:
            self._receive_body(data)
        else:
            self._pending += data
            if self.phase is Phase.WORK:
                self._hold_back()
            else:
                self._next()

    def _hold_back(self) -> None:
        """Bound what a client sends ahead of its answers."""
        if len(self._pending) > 2 * self.guard.sizes.head:
            self._stop_reading()
            self.cycle.keep_alive = False
        elif len(self._pending) > self.guard.sizes.head:
            self.flow.pause_reading()

    def _stop_reading(self) -> None:
        self._deaf = True
        self._pending.clear()

    def _next(self) -> None:
        """Start the next request, if its head is here. What is ready is answered at once.

        Of many that came together the last one takes the way of the others: in between it is other
        connections' turn.
        """
        try:
            for left in reversed(range(AT_ONCE)):
                head = self._take_head()
                if head:
                    self._read_head(head, at_once=left > 0)
                if not head or self.phase is not Phase.IDLE or not self._pending:
                    return
        except Refusal as refusal:
            self.refuse(refusal)

    def _take_head(self) -> bytes:
        """The first head of what is pending, or nothing yet."""
        if not self._known:  # empty lines before a request are skipped (RFC 9112 §2.2)
            while self._pending.startswith(b"\r\n"):
                del self._pending[:2]
        if not self._pending:
            return b""
        was, self.phase = self.phase, Phase.HEAD
        end = end_of_head(self._pending, self._known, self.guard.sizes)
        if end < 0:
            if was is not Phase.HEAD:
                self.wait(Phase.HEAD)
            self._known = len(self._pending)
            return b""
        head = bytes(self._pending[:end])
        del self._pending[:end]
        self._known = 0
        return head

    def _read_head(self, head: bytes, at_once: bool) -> None:
        """Answer a head, or start what it asks for."""
        known = self.guard.heads.get(head)
        keep_alive = self._take_known(known) if known else self._parse(head)
        if at_once and self._complete and self._answer_now(keep_alive):
            if not known and self.guard.heads.is_sent_again(head):
                scope: Any = self.scope
                said = {name: scope[name] for name in READ}
                self.guard.heads.keep(head, ReadHead(said, self.headers, keep_alive))
            return
        self._begin(keep_alive and self._complete)
        if self._complete:
            self.wait(Phase.WORK)
            self._hold_back()
        else:
            self._body_bytes = 0
            self.wait(Phase.BODY)
            if self._pending:
                rest = bytes(self._pending)
                self._pending.clear()
                self._receive_body(rest)

    def _take_known(self, read: ReadHead) -> bool:
        """Take what a head that was parsed before says; whether the connection stays open."""
        super().on_message_begin()
        self.headers = read.headers.copy()
        scope: Any = self.scope
        scope.update(read.scope, headers=self.headers)
        self._complete = True
        return read.keep_alive

    def _parse(self, head: bytes) -> bool:
        """Let the parser read a head; whether the connection stays open behind its answer."""
        check_head(head)
        self._complete = False
        self._feed(head)
        method, version, keep_alive = self._read
        target = check_fields(method, version, self.url, self.headers, self.guard.sizes)
        self._fill_scope(method, version, target)
        return keep_alive

    def _answer_now(self, keep_alive: bool) -> bool:
        """Write the answer, where the app has it ready and the client takes what is written."""
        if self._ready is None or self.flow.write_paused:
            return False
        ready = self._ready(self.scope)
        if ready is None:
            return False
        status, lines, body = ready
        every = self.guard.lines_of(self.server_state.default_headers)
        head = b"".join((STATUS_LINE[status], every, lines, b"\r\n" if keep_alive else LAST))
        if len(body) <= COPIED_MOST:
            self.outlet.write(head + body)
        else:
            self.outlet.write(head)
            self.outlet.write(body)
        self.server_state.total_requests += 1
        if keep_alive:
            self.wait(Phase.IDLE)
        else:
            self.end()
        return True

    def _feed(self, data: bytes) -> None:
        """Raises Refusal where the parser finds fault; an upgrade is not taken up."""
        try:
            self.parser.feed_data(data)
        except httptools.HttpParserUpgrade:
            self.parser = httptools.HttpRequestParser(self)
            self._complete = True
        except httptools.HttpParserInvalidMethodError:
            raise Refusal(501, "method", "没有这种方法。", "There is no such method.") from None
        except httptools.HttpParserError:
            if not self._complete:
                raise malformed("请求不是合法的 HTTP。", "This is not valid HTTP.") from None

    def _fill_scope(self, method: str, version: str, target: bytes) -> None:
        path, _, query = target.partition(b"#")[0].partition(b"?")
        read = unquote(path.decode("ascii")) if b"%" in path else path.decode("ascii")
        if self.root_path and not is_under(self.root_path, read):
            read = self.root_path + read
            path = quote(self.root_path).encode() + path
        self.scope["method"], self.scope["http_version"] = method, version
        self.scope["path"], self.scope["raw_path"] = read, path
        self.scope["query_string"] = query

    def _begin(self, keep_alive: bool) -> None:
        """Hand the request to the app."""
        self.cycle = RequestResponseCycle(
            scope=self.scope,
            transport=self.transport,
            flow=self.flow,
            logger=self.logger,
            access_logger=self.access_logger,
            access_log=False,
            default_headers=self.server_state.default_headers,
            message_event=asyncio.Event(),
            expect_100_continue=self.expect_100_continue,
            keep_alive=keep_alive,
            on_response=self.on_response_complete,
        )
        if self._complete:
            self.cycle.more_body = False
            self.cycle.message_event.set()
        self._start_asgi_task(self.cycle, self.app)

    def _receive_body(self, data: bytes) -> None:
        self._body_bytes += len(data)
        try:
            if self._body_bytes > self.guard.sizes.body:
                raise large_body(self.guard.sizes)
            self._feed(data)
        except Refusal as refusal:
            self.refuse(refusal)
            return
        if self._complete:
            self._stop_reading()
            self.cycle.more_body = False
            self.cycle.message_event.set()
            self.wait(Phase.WORK)

    # What the parser calls.

    def on_message_begin(self) -> None:
        if self._complete:
            raise ValueError("nothing is read after a body")
        super().on_message_begin()

    def on_header(self, name: bytes, value: bytes) -> None:
        if self.phase is not Phase.BODY:  # a trailer is no header
            name = name.lower()
            if name == b"expect" and value.lower() == b"100-continue":
                self.expect_100_continue = True
            self.headers.append((name, value))

    def on_headers_complete(self) -> None:
        version = self.parser.get_http_version()
        keep_alive = version == "1.1" and self.parser.should_keep_alive()
        self._read = self.parser.get_method().decode("ascii"), version, keep_alive

    def on_message_complete(self) -> None:
        self._complete = True

    # How a request and a connection end.

    def on_response_complete(self) -> None:
        self.server_state.total_requests += 1
        if self.transport.is_closing():
            return
        self.flow.resume_reading()
        self.wait(Phase.IDLE)
        if self._pending:
            self._next()
        if self._gone_at and self.phase is not Phase.WORK:
            self.end()

    def eof_received(self) -> bool | None:  # type: ignore[override]
        if self.phase is Phase.WORK and not self._gone_at:
            self._gone_at = self.loop.time() + HALF_CLOSED_SECONDS
            return True
        return None

    def refuse(self, refusal: Refusal) -> None:
        """Answer a request that the app does not see, and end the connection."""
        self.guard.metrics.refuse(refusal.reason)
        started = False
        if self.phase is Phase.BODY and self.cycle is not None:
            started = self.cycle.response_started
            self.cycle.disconnected = True
            self.cycle.message_event.set()
        if not started:
            self._answer(refusal)
        self._stop_reading()
        self.end()

    def _answer(self, refusal: Refusal) -> None:
        request_id = new_id()
        answer = answer_to(refusal, self.server_state.default_headers, request_id)
        self.outlet.write(answer)
        client = self.client[0] if self.client else ""
        note_refusal(refusal, client, len(answer), request_id)

    def end(self) -> None:
        """Close, when the client has had its answers and has sent what it wanted to send."""
        if self.outlet.is_closing():
            return
        self.outlet.closing = True
        real = self.outlet.transport
        unread = self._deaf or self.phase is Phase.BODY or self.flow.read_paused
        if unread and real.can_write_eof():
            self._stop_reading()
            self.phase, self.until = Phase.LINGER, self.loop.time() + LINGER_SECONDS
            self.flow.resume_reading()
            real.write_eof()
        else:
            real.close()

    def abort(self) -> None:
        """Close at once, whatever is unsent."""
        self.outlet.closing = True
        self.outlet.transport.abort()

    def check_time(self, now: float) -> None:
        """Called every second: end what has lasted too long."""
        if self._gone_at and now > self._gone_at and self.phase is Phase.WORK:
            self.outlet.transport.close()
        elif now <= self.until or self.outlet.transport.is_closing():
            return
        elif self.phase is Phase.LINGER:
            if not self.outlet.unsent:
                self.abort()
        elif self.phase is Phase.IDLE:
            self.end()
        else:
            what = self.phase.name.lower()
            self.refuse(
                Refusal(
                    408, f"slow-{what}", "请求没有在限定时间内发完。",
                    "The request was not sent in the time that is given for it.",
                )
            )  # fmt: skip


def is_under(prefix: str, path: str) -> bool:
    """Whether the proxy has kept the prefix; most take it off.

    >>> [is_under("/map", path) for path in ("/map", "/map/data", "/data", "/mapping")]
    [True, True, False, False]
    """
    return bool(prefix) and f"{path}/".startswith(f"{prefix}/")
