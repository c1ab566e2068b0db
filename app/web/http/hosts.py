"""Under which names the service believes to be asked: links are made of the name that is.

A name that nobody listed would go into links, redirects and previews, and from there into caches
and other people's pages.
"""

import ipaddress
import re
from collections.abc import Iterable

from starlette.types import ASGIApp, Receive, Scope, Send

from app.plan.errors import clip
from app.web.errors import Problem, problem_document

LOOPBACK = ("localhost", "*.localhost", "127.0.0.0/8", "[::1]")
ANY = "*"
PORT = re.compile(r":\d{1,5}$")


class WrongHost(Exception):
    """A request for a name that is not ours."""


class HostNames:
    """A list of names: `example.org`, `example.org:8443`, `*.example.org`, `10.0.0.0/8`, `*`."""

    def __init__(self, listed: Iterable[str]) -> None:
        names = {ascii_name(one) for one in listed}
        self._any = ANY in names
        self._networks = [ipaddress.ip_network(one, strict=False) for one in names if "/" in one]
        self._below = tuple(one[1:] for one in names if one.startswith("*."))
        self._names = names

    def __contains__(self, host: str) -> bool:
        """Whether a Host is in the list, with its port or without."""
        host = host.lower()
        name = PORT.sub("", host)
        if self._any or host in self._names or name in self._names:
            return True
        return bool(self._below and name.endswith(self._below)) or self._in_network(name)

    def _in_network(self, name: str) -> bool:
        try:
            address = ipaddress.ip_address(name.strip("[]"))
        except ValueError:
            return False
        return any(address in network for network in self._networks)


def ascii_name(name: str) -> str:
    """A name as it stands in a Host field: letters beyond ASCII by IDNA, IPv6 in brackets."""
    if name.count(":") > 1 and not name.startswith("[") and "/" not in name:
        name = f"[{name}]"
    return (name if name.isascii() else name.encode("idna").decode("ascii")).lower()


class Hosts:
    """An ASGI app that answers 421 for names that are not listed."""

    def __init__(self, app: ASGIApp, names: HostNames) -> None:
        self._app, self._names = app, names

    async def __call__(self, scope: Scope, receive: Receive, send: Send) -> None:
        if scope["type"] == "http":
            host = next((value for name, value in scope["headers"] if name == b"host"), b"")
            text = host.decode("latin-1")
            if text and text not in self._names and not is_own_address(text, scope):
                await wrong_host(scope, text)(scope, receive, send)
                return
        await self._app(scope, receive, send)


def is_own_address(host: str, scope: Scope) -> bool:
    """Whether it is the address at which the connection came in: that one cannot be made up."""
    server = scope.get("server") or ("",)
    return PORT.sub("", host).strip("[]").lower() == str(server[0]).lower()


def wrong_host(scope: Scope, host: str) -> ASGIApp:
    detail = (
        f"主机名 {clip(host)!r} 不在 PLANMAP_HOSTS 之列；由本服务的运营者加入。"
        f" The host name {clip(host)!r} is not in PLANMAP_HOSTS, where the operator of this "
        "service may add it."
    )
    problem = Problem(WrongHost(host), 421, "Misdirected request", detail)
    return problem_document(scope, problem)
