"""HEAD answered as GET is, without the body (RFC 9110 §9.3.2), for every route."""

from starlette.types import ASGIApp, Message, Receive, Scope, Send


class HeadRequests:
    """An ASGI app that asks the app within for GET and keeps the body to itself."""

    def __init__(self, app: ASGIApp) -> None:
        self._app = app

    async def __call__(self, scope: Scope, receive: Receive, send: Send) -> None:
        if scope["type"] != "http" or scope["method"] != "HEAD":
            await self._app(scope, receive, send)
            return

        async def send_head(message: Message) -> None:
            if message["type"] == "http.response.body":
                message = {**message, "body": b""}
            await send(message)

        await self._app({**scope, "method": "GET"}, receive, send_head)
