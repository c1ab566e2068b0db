"""The methods every address answers: GET by its route, HEAD and OPTIONS here for all of them."""

from starlette.responses import Response
from starlette.types import ASGIApp, Message, Receive, Scope, Send

ALLOWED = "GET, HEAD, OPTIONS"

EXPOSED = (
    "ETag", "Last-Modified", "Link", "Content-Crs", "Content-Language", "Content-Range",
    "Content-Disposition", "Accept-Ranges", "OGC-NumberMatched", "OGC-NumberReturned",
    "Retry-After", "X-Request-ID",
)  # fmt: skip
"""Headers that a page of another site may read."""


class Methods:
    """An ASGI app that says what is allowed, and answers HEAD as the app within answers GET."""

    def __init__(self, app: ASGIApp) -> None:
        self._app = app

    async def __call__(self, scope: Scope, receive: Receive, send: Send) -> None:
        method = scope["method"] if scope["type"] == "http" else ""
        if method == "OPTIONS":
            await Response(status_code=204, headers={"Allow": ALLOWED})(scope, receive, send)
        elif method == "HEAD":
            await self._app(as_get(scope), receive, without_body(send))
        else:
            await self._app(scope, receive, send)


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
