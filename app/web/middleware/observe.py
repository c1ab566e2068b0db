"""Request ids, counters and the access log of every request; outermost, so that none is missed.

The name goes out as X-Request-ID, into the log and into every problem, so that they meet.
"""

import logging
import re
import time
from collections import Counter, defaultdict
from collections.abc import Iterable
from dataclasses import dataclass
from functools import lru_cache

from fastapi import Request
from starlette.types import ASGIApp, Message, Scope, Send

from app.domain.errors import Overloaded
from app.metrics import Durations, Histogram, MetricFamily, gauge
from app.request_id import HEADER, id_of
from app.web.http.errors import RequestProblem, error_response

access = logging.getLogger("planmap.access")
errors = logging.getLogger("planmap.errors")

RETRY = {"Retry-After": "10"}
GONE = 499
"""The status in log and counters where the client left before the answer (as nginx has it)."""

CLASSES = (
    ("watch", r"/(healthz|readyz|metrics)$"),
    ("tiles", r"/api/(.+/)?tiles(/|$)"),
    ("items", r"/api/collections/[^/]+/items"),
    ("api", r"/(api(/|$)|openapi\.json)"),
    ("pictures", r"/view\.(png|svg|pdf|pptx)$"),
    ("files", r"/view\."),
    ("static", r"/(static|vendor|base)/"),
    ("snapshots", r"/v/"),
    ("documents", r"/\w+\.json$"),
)
"""Classes of addresses, few enough to be counted separately; the first that fits."""
CLASS = re.compile("|".join(f"(?P<{name}>{pattern})" for name, pattern in CLASSES))
OTHER = "pages"
LONGEST = 200
"""The beginning of a path is enough."""


class RequestCounts:
    """What is counted of requests."""

    def __init__(self) -> None:
        self.requests: Counter[tuple[str, str, int]] = Counter()
        self.bytes = 0
        self.in_flight = 0
        self.durations: defaultdict[str, Durations] = defaultdict(Durations)

    def families(self) -> Iterable[MetricFamily | Histogram]:
        yield MetricFamily(
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
        yield MetricFamily(
            "planmap_response_bytes_total", "counter", "Bytes of bodies sent", {(): self.bytes}
        )
        yield gauge("planmap_requests_in_flight", "Requests being answered", self.in_flight)


@dataclass(slots=True)
class Visit:
    """A request, and what is known of its answer when it is over."""

    id: str
    method: str
    begun: float
    status: int = 0
    bytes: int = 0


def visit_of(scope: Scope) -> Visit:
    """Name a request."""
    visit = Visit(id_of(scope["headers"]), scope["method"], time.perf_counter())
    scope.setdefault("state", {})["request_id"] = visit.id
    return visit


def note(visit: Visit, scope: Scope, counts: RequestCounts) -> None:
    """Count an answer, and log it."""
    seconds = time.perf_counter() - visit.begun
    kind = route_class(scope["path"].removeprefix(scope.get("root_path", "")))
    counts.requests[kind, known_method(visit.method), visit.status or GONE] += 1
    counts.bytes += visit.bytes
    counts.durations[kind].add(seconds)
    if access.isEnabledFor(logging.INFO):
        access.info("", extra={"request": line_of(scope, visit, seconds)})


def stopped(scope: Scope) -> ASGIApp:
    """The answer where the service ends before it is made; its successor will make it."""
    why = "the service is shutting down; come back in a while"
    problem = RequestProblem(Overloaded("request", why), 503, "Too much at once", why, RETRY)
    return error_response(Request(scope), problem)


def id_header(visit: Visit) -> tuple[bytes, bytes]:
    return HEADER, visit.id.encode("ascii")


def watched(send: Send, visit: Visit) -> Send:
    """Sends, and keeps in mind what was sent."""

    async def send_named(message: Message) -> None:
        if message["type"] == "http.response.start":
            visit.status = message["status"]
            message["headers"] = [*message.get("headers", ()), id_header(visit)]
        elif message["type"] == "http.response.body":
            visit.bytes += len(message.get("body", b""))
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


def line_of(scope: Scope, visit: Visit, seconds: float) -> dict[str, object]:
    """What the log says of a request."""
    headers = dict(scope["headers"])
    return {
        "request_id": visit.id,
        "client": (scope.get("client") or ("",))[0],
        "method": visit.method,
        "host": headers.get(b"host", b"").decode("latin-1"),
        "path": path_of(scope),
        "status": visit.status or GONE,
        "bytes": visit.bytes,
        "seconds": round(seconds, 6),
        "referer": headers.get(b"referer", b"").decode("latin-1"),
        "agent": headers.get(b"user-agent", b"").decode("latin-1"),
    }


def route_class(path: str) -> str:
    """The kind of a path."""
    return class_of(path[:LONGEST])


@lru_cache(maxsize=2000)
def class_of(path: str) -> str:
    found = CLASS.match(path)
    return str(found.lastgroup) if found else OTHER
