"""The client of a request, for long work: whose turn it is, and whether the client has
disconnected.
"""

import contextlib
from collections.abc import Iterator, Mapping

from starlette.types import ASGIApp, Receive, Scope, Send

from app.network import client_key
from app.work.ambient import CALLER, Caller
from app.work.pool import Pool


class Callers:
    """An ASGI app that names the caller to the app within: his address, and when he leaves."""

    def __init__(self, app: ASGIApp, pools: Mapping[str, Pool]) -> None:
        self._app, self._pools = app, pools

    async def __call__(self, scope: Scope, receive: Receive, send: Send) -> None:
        if scope["type"] != "http":
            await self._app(scope, receive, send)
            return
        with calling(scope, receive, self._pools):
            await self._app(scope, receive, send)


@contextlib.contextmanager
def calling(scope: Scope, receive: Receive, pools: Mapping[str, Pool]) -> Iterator[None]:
    """Whoever sent the request is the caller."""
    token = CALLER.set(Caller(client_of(scope), Presence(receive).ended, pools))
    try:
        yield
    finally:
        CALLER.reset(token)


def client_of(scope: Scope) -> str:
    """Whose turn it is: all addresses that are one client's (an IPv6 /64) stand in one line."""
    address = str((scope.get("client") or ("",))[0])
    return client_key(address) or address


class Presence:
    """Whether the client of a request is still there. Requests have no body worth reading."""

    def __init__(self, receive: Receive) -> None:
        self._receive = receive
        self._left = False

    async def ended(self) -> None:
        """Wait until the client has left."""
        while not self._left:
            message = await self._receive()
            self._left = message["type"] == "http.disconnect"
