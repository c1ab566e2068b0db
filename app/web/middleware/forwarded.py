"""X-Forwarded-* headers, trusted only from the proxies that the settings name.

Of anybody else these headers are not looked at, here or elsewhere.
"""

from starlette.types import Scope

from app.network import TrustedProxies

SCHEMES = frozenset((b"http", b"https"))
FOR, PROTO, HOST = b"x-forwarded-for", b"x-forwarded-proto", b"x-forwarded-host"
ALL = frozenset((FOR, PROTO, HOST))


def believe_proxy(scope: Scope, proxies: TrustedProxies) -> None:
    """Put client, scheme and host right, where a trusted proxy brings the request."""
    client = scope.get("client")
    if not client or client[0] not in proxies:
        return
    headers: dict[bytes, bytes] = {}
    for name, value in scope["headers"]:
        if name in ALL:
            together = name == FOR and FOR in headers
            headers[name] = headers[FOR] + b"," + value if together else value.strip()
    if headers:
        correct(scope, headers, proxies)


def correct(scope: Scope, found: dict[bytes, bytes], proxies: TrustedProxies) -> None:
    if found.get(FOR):
        peer = scope["client"][0]
        client = proxies.client(found[FOR].decode("latin-1"), peer)
        scope["client"] = (client, 0) if client != peer else scope["client"]
    if found.get(PROTO) in SCHEMES:
        scope["scheme"] = found[PROTO].decode("ascii")
    if found.get(HOST):
        host = found[HOST].partition(b",")[0].strip()
        others = [pair for pair in scope["headers"] if pair[0] != b"host"]
        scope["headers"] = [(b"host", host), *others]
