"""What a proxy says of the request it brings: believed of those that the settings name."""

from starlette.types import ASGIApp, Receive, Scope, Send

from app.addresses import TrustedProxies

SCHEMES = frozenset((b"http", b"https"))
FOR, PROTO, HOST = b"x-forwarded-for", b"x-forwarded-proto", b"x-forwarded-host"


class Forwarded:
    """An ASGI app that puts client, scheme and host right for the one within.

    Of anybody else these headers are not looked at, here or elsewhere.
    """

    def __init__(self, app: ASGIApp, proxies: TrustedProxies) -> None:
        self._app, self._proxies = app, proxies

    async def __call__(self, scope: Scope, receive: Receive, send: Send) -> None:
        client = scope.get("client")
        if scope["type"] == "http" and client and client[0] in self._proxies:
            self._believe(scope)
        await self._app(scope, receive, send)

    def _believe(self, scope: Scope) -> None:
        found: dict[bytes, bytes] = {}
        for name, value in scope["headers"]:
            if name == FOR and FOR in found:
                found[FOR] += b"," + value
            elif name in (FOR, PROTO, HOST):
                found[name] = value.strip()
        if found.get(FOR):
            peer = scope["client"][0]
            client = self._proxies.client(found[FOR].decode("latin-1"), peer)
            scope["client"] = (client, 0) if client != peer else scope["client"]
        if found.get(PROTO) in SCHEMES:
            scope["scheme"] = found[PROTO].decode("ascii")
        if found.get(HOST):
            host = found[HOST].partition(b",")[0].strip()
            others = [pair for pair in scope["headers"] if pair[0] != b"host"]
            scope["headers"] = [(b"host", host), *others]
