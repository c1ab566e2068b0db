"""The methods every address answers: GET by its route, HEAD and OPTIONS here for all of them."""

from starlette.responses import Response
from starlette.routing import Match, Mount
from starlette.types import ASGIApp, Message, Receive, Scope, Send

WANTED_METHOD, WANTED_HEADERS = b"access-control-request-method", b"access-control-request-headers"


class Methods:
    """An ASGI app that says what is allowed, and answers HEAD as the app within answers GET."""

    def __init__(self, app: ASGIApp) -> None:
        self._app = app

    async def __call__(self, scope: Scope, receive: Receive, send: Send) -> None:
        method = scope["method"] if scope["type"] == "http" else ""
        if method == "OPTIONS" and not is_mounted(scope):
            await options(scope)(scope, receive, send)
        elif method == "HEAD":
            await self._app(as_get(scope), receive, without_body(send))
        else:
            await self._app(scope, receive, send)


def options(scope: Scope) -> Response:
    """What is allowed; a page of another site asks before it sends headers of its own (CORS)."""
    asked = dict(scope["headers"])
    if WANTED_METHOD not in asked:
        return Response(status_code=204, headers={"Allow": allowed(scope)})
    headers = {"Access-Control-Allow-Methods": asked_by(scope), "Access-Control-Max-Age": "86400"}
    if wanted := asked.get(WANTED_HEADERS):
        headers["Access-Control-Allow-Headers"] = wanted.decode("latin-1")
    return Response(status_code=200, headers=headers)


def allowed(scope: Scope) -> str:
    return f"{asked_by(scope)}, OPTIONS"


def asked_by(scope: Scope) -> str:
    """The methods by which this address gives what it has: some take a form too."""
    posted = {**scope, "method": "POST"}
    takes_form = any(route.matches(posted)[0] is Match.FULL for route in scope["app"].routes)
    return "GET, HEAD, POST" if takes_form else "GET, HEAD"


def is_mounted(scope: Scope) -> bool:
    """Whether an app of its own answers this address, and for what it allows."""
    return any(
        route.matches(scope)[0] is Match.FULL
        for route in scope["app"].routes
        if isinstance(route, Mount)
    )


def as_get(scope: Scope) -> Scope:
    """The same request by GET, for the whole: ranges are defined for GET only (RFC 9110 §14.2)."""
    headers = [pair for pair in scope["headers"] if pair[0] != b"range"]
    return {**scope, "method": "GET", "headers": headers}


def without_body(send: Send) -> Send:
    """Sends all but the body (RFC 9110 §9.3.2)."""

    async def send_head(message: Message) -> None:
        if message["type"] == "http.response.body":
            message = {**message, "body": b""}
        await send(message)

    return send_head
