"""The limits of all connections together: how many, how slow, how much unsent."""

import asyncio
from collections import Counter
from collections.abc import Iterable
from dataclasses import dataclass, field
from typing import Protocol

from app.metrics import MetricFamily, by_label, gauge
from app.network import TrustedProxies, client_key
from app.server.heads import Refusal, Sizes
from app.server.known_heads import KnownHeads
from app.server.outlet import Outlet
from app.settings import Settings

SWEEP_SECONDS = 0.5
RETRY_SECONDS = 5
OVERFLOW = 100
"""So many connections beyond the limit are still told why; more are cut without a word."""


class Connection(Protocol):
    """What the guard has to know of a connection."""

    outlet: Outlet
    client: tuple[str, int] | None
    loop: asyncio.AbstractEventLoop

    def check_time(self, now: float) -> None: ...
    def abort(self) -> None: ...


@dataclass(slots=True)
class Progress:
    """How much of what waits a client had taken when it was last looked at."""

    since: float
    taken: int


@dataclass(slots=True)
class ServerCounts:
    """What is counted here and shown at /metrics."""

    refused: Counter[str] = field(default_factory=Counter)
    dropped: Counter[str] = field(default_factory=Counter)

    def refuse(self, reason: str) -> None:
        self.refused[reason] += 1


class Guard:
    """Admits connections and looks after them every so often, as long as there are any."""

    def __init__(self, settings: Settings) -> None:
        self.settings = settings
        self.sizes = Sizes(
            settings.request_line_bytes, settings.head_bytes, settings.head_fields,
            settings.body_bytes,
        )  # fmt: skip
        self.seconds = {
            "IDLE": settings.keep_alive_seconds,
            "HEAD": settings.head_seconds,
            "BODY": settings.body_seconds,
        }
        self.heads = KnownHeads()
        self.metrics = ServerCounts()
        self.connections: dict[Connection, Progress | None] = {}
        self.unsent = 0
        self._lines: tuple[list[tuple[bytes, bytes]], bytes] = ([], b"")
        self._proxies = TrustedProxies(settings.trusted_proxies)
        self._by_client: Counter[str] = Counter()
        self._sweeping = False

    def lines_of(self, headers: list[tuple[bytes, bytes]]) -> bytes:
        """The headers that every answer has, as they are sent; they are other ones each second."""
        known, lines = self._lines
        if known is not headers:
            lines = b"".join([b"%s: %s\r\n" % pair for pair in headers])
            self._lines = headers, lines
        return lines

    def admit(self, connection: Connection) -> None:
        """Count a connection. Raises Refusal when there are too many."""
        self.connections[connection] = None
        key = self._key(connection)
        self._by_client[key] += 1
        if not self._sweeping:
            self._sweeping = True
            connection.loop.call_later(SWEEP_SECONDS, self._sweep, connection.loop)
        most = self.settings.connections
        if len(self.connections) > most + OVERFLOW:
            self.metrics.dropped["connections"] += 1
            connection.abort()
        elif len(self.connections) > most:
            raise too_many(503, "connections", most)
        elif key and self._by_client[key] > self.settings.connections_per_address:
            raise too_many(429, "address-connections", self.settings.connections_per_address)

    def release(self, connection: Connection) -> None:
        if connection in self.connections:
            del self.connections[connection]
            key = self._key(connection)
            self._by_client[key] -= 1
            if not self._by_client[key]:
                del self._by_client[key]

    def families(self) -> Iterable[MetricFamily]:
        """What is shown at /metrics of connections."""
        yield gauge("planmap_connections", "Open connections", len(self.connections))
        yield gauge("planmap_unsent_bytes", "Bytes that wait for their clients", self.unsent)
        yield by_label(
            "planmap_connections_dropped_total", "counter", "Connections cut", "reason",
            self.metrics.dropped,
        )  # fmt: skip
        yield by_label(
            "planmap_requests_refused_total", "counter", "Requests that reached no route", "reason",
            self.metrics.refused,
        )  # fmt: skip

    def _key(self, connection: Connection) -> str:
        """Whose connection it is; nobody's where a proxy brings many people's requests."""
        address = connection.client[0] if connection.client else ""
        return "" if address in self._proxies else client_key(address)

    def _sweep(self, loop: asyncio.AbstractEventLoop) -> None:
        now = loop.time()
        unsent = 0
        for connection in list(self.connections):
            connection.check_time(now)
            unsent += self._check_progress(connection, now)
        self.unsent = unsent
        if unsent > self.settings.unsent_bytes:
            self._make_room(now)
        self._sweeping = bool(self.connections)
        if self._sweeping:
            loop.call_later(SWEEP_SECONDS, self._sweep, loop)

    def _check_progress(self, connection: Connection, now: float) -> int:
        """The bytes a client has still to take; who takes next to none is dropped."""
        unsent = connection.outlet.unsent
        if connection not in self.connections:
            return 0
        if not unsent:
            self.connections[connection] = None
            return 0
        taken = connection.outlet.written - unsent
        progress = self.connections[connection]
        seconds = self.settings.answer_seconds
        if progress is None:
            self.connections[connection] = Progress(now, taken)
        elif now - progress.since >= seconds:
            if taken - progress.taken < seconds * self.settings.answer_bytes_per_second:
                self._drop(connection, "slow-reader")
                return 0
            self.connections[connection] = Progress(now, taken)
        return unsent

    def _make_room(self, now: float) -> None:
        """Drop those who take least, until what waits is within its bound."""
        waiting = [
            (connection.outlet.written - connection.outlet.unsent - progress.taken, index)
            for index, (connection, progress) in enumerate(self.connections.items())
            if progress and now - progress.since >= SWEEP_SECONDS
        ]
        connections = list(self.connections)
        for _, index in sorted(waiting):
            if self.unsent <= self.settings.unsent_bytes:
                return
            self.unsent -= connections[index].outlet.unsent
            self._drop(connections[index], "unsent-bytes")

    def _drop(self, connection: Connection, reason: str) -> None:
        self.metrics.dropped[reason] += 1
        connection.abort()


def too_many(status: int, reason: str, most: int) -> Refusal:
    return Refusal(
        status, reason, f"连接太多（最多 {most} 个），请稍后再试。",
        f"There are too many connections ({most} at most); try again in a while.",
        retry_after=RETRY_SECONDS,
    )  # fmt: skip
