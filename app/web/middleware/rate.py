"""Limits how often one client may ask: a token bucket for each, filled at a steady rate."""

import math
import time
from collections import OrderedDict
from collections.abc import Callable, Iterable

from fastapi import Request
from starlette.types import ASGIApp, Scope

from app.domain.errors import Overloaded
from app.metrics import MetricFamily
from app.network import TrustedProxies, client_key
from app.web.http.errors import RequestProblem, error_response

MOST_CLIENTS = 20_000
"""Remembered at the same time; who has not asked for longest is forgotten first."""


class Buckets:
    """The tokens each client has left."""

    def __init__(
        self, rate: float, burst: int, clock: Callable[[], float] = time.monotonic
    ) -> None:
        self._rate, self._burst, self._clock = rate, burst, clock
        self._left: OrderedDict[str, tuple[float, float]] = OrderedDict()
        self.refused = 0

    def take(self, client: str) -> float:
        """Take a token: 0, or the seconds until there is one."""
        now = self._clock()
        tokens, since = self._left.pop(client, (float(self._burst), now))
        tokens = min(self._burst, tokens + (now - since) * self._rate)
        wait = 0.0 if tokens >= 1 else (1 - tokens) / self._rate
        self._left[client] = (tokens if wait else tokens - 1, now)
        self.refused += wait > 0
        if len(self._left) > MOST_CLIENTS:
            self._left.popitem(last=False)
        return wait

    def families(self) -> Iterable[MetricFamily]:
        yield MetricFamily(
            "planmap_requests_limited_total", "counter", "Requests of clients who ask too often",
            {(): self.refused},
        )  # fmt: skip


def seconds_to_wait(scope: Scope, proxies: TrustedProxies, buckets: Buckets) -> int:
    """How long who asks too often has to wait. Trusted proxies have no limit."""
    client = str((scope.get("client") or ("",))[0])
    key = "" if client in proxies else client_key(client)
    return math.ceil(buckets.take(key)) if key else 0


def too_often(scope: Scope, seconds: int) -> ASGIApp:
    """429."""
    why = f"too many requests from this address; come back in {seconds} s"
    problem = RequestProblem(
        Overloaded("request", why), 429, "Too many requests", why, {"Retry-After": str(seconds)}
    )
    return error_response(Request(scope), problem)
