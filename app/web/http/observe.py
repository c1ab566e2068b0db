"""Every request is named, counted, and said in the access log: outermost, so that none is missed.

The name goes out as X-Request-ID, into the log and into every problem, so that they meet.
"""

import asyncio
import logging
import time
from collections import Counter, defaultdict
from collections.abc import Iterable
from dataclasses import dataclass

from fastapi import Request
from starlette.types import ASGIApp, Message, Receive, Scope, Send

from app.metrics import Durations, Family, Histogram, gauge
from app.plan.errors import Overloaded
from app.request_id import HEADER, id_of
from app.web.errors import Problem, error_response
from app.web.http.route_class import route_class

access = logging.getLogger("planmap.access")
errors = logging.getLogger("planmap.errors")

RETRY = {"Retry-After": "10"}
GONE = 499
"""The status in log and counters where the client left before the answer (as nginx has it)."""


class RequestCounts:
    """What is counted of requests."""

    def __init__(self) -> None:
        self.requests: Counter[tuple[str, str, int]] = Counter()
        self.bytes = 0
        self.in_flight = 0
        self.durations: defaultdict[str, Durations] = defaultdict(Durations)

    def families(self) -> Iterable[Family | Histogram]:
        yield Family(
            "planmap_requests_total", "counter", "Requests answered",
            {
                (("class", kind), ("method", method), ("status", str(status))): count
                for (kind, method, status), count in self.requests.items()
            },
        )  # fmt: skip
        yield Histogram(
            "planmap_request_seconds", "Time from a request to the end of its answer",
            {(("class", kind),): found for kind, found in self.durations.items()},
        )  # fmt: skip
        yield Family(
            "planmap_response_bytes_total", "counter", "Bytes of bodies sent", {(): self.bytes}
        )
        yield gauge("planmap_requests_in_flight", "Requests being answered", self.in_flight)


@dataclass(slots=True)
class Answered:
    """What is known of an answer when it is over."""

    status: int = 0
    bytes: int = 0


class Observe:
    """An ASGI app that watches the one within."""

    def __init__(self, app: ASGIApp, counts: RequestCounts) -> None:
        self._app, self._counts = app, counts

    async def __call__(self, scope: Scope, receive: Receive, send: Send) -> None:
        if scope["type"] != "http":
            await self._app(scope, receive, send)
            return
        request_id = id_of(scope["headers"])
        scope.setdefault("state", {})["request_id"] = request_id
        method, sent_path = scope["method"], path_of(scope)
        answered, start = Answered(), time.perf_counter()
        named = watched(send, answered, request_id)
        self._counts.in_flight += 1
        try:
            await self._app(scope, receive, named)
        except asyncio.CancelledError:
            if not answered.status:
                await stopped(scope)(scope, receive, named)
        except Exception as error:
            errors.error("request %s failed: %s %s", request_id, method, sent_path)
            if not answered.status:
                await failed(scope, error)(scope, receive, named)
            raise
        finally:
            self._counts.in_flight -= 1
            self._note(scope, method, answered, time.perf_counter() - start)

    def _note(self, scope: Scope, method: str, answered: Answered, seconds: float) -> None:
        """Count an answer, and log it."""
        kind = route_class(scope["path"].removeprefix(scope.get("root_path", "")))
        status = answered.status or GONE
        self._counts.requests[kind, known_method(method), status] += 1
        self._counts.bytes += answered.bytes
        self._counts.durations[kind].add(seconds)
        if access.isEnabledFor(logging.INFO):
            access.info("", extra={"request": line_of(scope, method, answered, seconds)})


def failed(scope: Scope, error: Exception) -> ASGIApp:
    """The answer where nobody foresaw what went wrong; it says no more than where to look."""
    detail = "the service failed to answer; its log says more under this request_id"
    return error_response(Request(scope), Problem(error, 500, "Internal error", detail))


def stopped(scope: Scope) -> ASGIApp:
    """The answer where the service ends before it is made; its successor will make it."""
    why = "the service is shutting down; come back in a while"
    problem = Problem(Overloaded("request", why), 503, "Too much at once", why, RETRY)
    return error_response(Request(scope), problem)


def watched(send: Send, answered: Answered, request_id: str) -> Send:
    """Sends, and keeps in mind what was sent."""
    name = (HEADER, request_id.encode("ascii"))

    async def send_named(message: Message) -> None:
        if message["type"] == "http.response.start":
            answered.status = message["status"]
            message["headers"] = [*message.get("headers", ()), name]
        elif message["type"] == "http.response.body":
            answered.bytes += len(message.get("body", b""))
        await send(message)

    return send_named


METHODS = frozenset(("GET", "HEAD", "OPTIONS", "POST", "PUT", "PATCH", "DELETE"))


def known_method(method: str) -> str:
    """A method, where it is one: what clients make up is not counted apart."""
    return method if method in METHODS else "other"


def path_of(scope: Scope) -> str:
    """Path and query as they were sent."""
    path = (scope.get("raw_path") or scope["path"].encode()).decode("latin-1").partition("?")[0]
    query = scope["query_string"].decode("latin-1")
    return f"{path}?{query}" if query else path


def line_of(
    scope: Scope, method: str, answered: Answered, seconds: float
) -> dict[str, object]:  # fmt: skip
    """What the log says of a request."""
    headers = dict(scope["headers"])
    return {
        "request_id": scope["state"]["request_id"],
        "client": (scope.get("client") or ("",))[0],
        "method": method,
        "host": headers.get(b"host", b"").decode("latin-1"),
        "path": path_of(scope),
        "status": answered.status or GONE,
        "bytes": answered.bytes,
        "seconds": round(seconds, 6),
        "referer": headers.get(b"referer", b"").decode("latin-1"),
        "agent": headers.get(b"user-agent", b"").decode("latin-1"),
    }
