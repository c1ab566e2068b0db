"""Under which names the service believes to be asked: links are made of the name that is.

A name that nobody listed would go into links, redirects and previews, and from there into caches
and other people's pages.
"""

from starlette.types import ASGIApp, Receive, Scope, Send

from app.addresses import PORT, HostNames
from app.plan.errors import clip
from app.web.errors import Problem, problem_document


class WrongHost(Exception):
    """A request for a name that is not ours."""


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
